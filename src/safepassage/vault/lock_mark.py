"""The mark that a lock leaves beside the key: it says that somebody locked the store since, and holds no secret."""

from __future__ import annotations

import secrets
from pathlib import Path

from safepassage.vault.files import write_whole

_MARK = "locked"


def mark(home: Path) -> None:
    """Leaves the mark of a lock; the keeper does when its hours are over."""
    write_whole(home / "keys" / _MARK, secrets.token_bytes(16))


def lock_mark(home: Path) -> bytes:
    """The mark of the last lock; another one after each. Empty if nobody ever locked the folder."""
    try:
        return (home / "keys" / _MARK).read_bytes()
    except FileNotFoundError:
        return b""
