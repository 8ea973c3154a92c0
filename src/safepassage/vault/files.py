"""Small secret files: written whole or not at all, for their owner only, and overwritten before they go."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BLOCK = 1 << 20


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file that only its owner reads: on disk before it takes its name, so no kill leaves half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes renames and removals in a folder last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Makes what was written to a file last."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def overwrite_and_remove(path: Path) -> None:
    """Overwrites a file once with random bytes and removes it; nothing if there is none.

    On flash memory the old blocks may live on until the drive clears them: that is why only sealed keys lie there.
    """
    try:
        left = path.stat().st_size
        with path.open("rb+", buffering=0) as file:
            while left > 0:
                left -= file.write(secrets.token_bytes(min(_BLOCK, left)))
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)
