"""Work that takes longer than a page may: asked for, done beside the web one after the other, with its progress."""
