"""Where the fonts for printing are: built into the package with the other assets."""

from __future__ import annotations

from pathlib import Path

import safepassage


def font_folders() -> tuple[Path, ...]:
    """Folders with fonts for Arabic script; empty if the assets were not built."""
    folder = Path(safepassage.__file__).parent / "web" / "static" / "built" / "fonts"
    return (folder,) if folder.is_dir() else ()
