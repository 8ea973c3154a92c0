"""Splink beside the matcher: the same listings, in a process of its own, so that its memory is its own."""
