"""Files that a job made for whoever asked: kept for an hour at most, collected once."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from safepassage import vault
from safepassage.apps.work.channel import work_folder
from safepassage.core.errors import NotFoundError

KEPT_SECONDS = 3600
_KEY = re.compile(r"[0-9a-f]{32}")


def _folder() -> Path:
    folder = work_folder() / "printed"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def printed_keep(content: bytes) -> str:
    """Keeps a file, readable by its owner only and sealed where the store is. Returns its key."""
    key = secrets.token_hex(16)
    vault.secret_write(_folder() / key, content)
    return key


def printed_is_there(key: str) -> bool:
    """Whether a file still waits to be collected."""
    return bool(_KEY.fullmatch(key)) and (_folder() / key).is_file()


def printed_take(key: str) -> bytes:
    """The file, and it is gone.

    Raises:
        NotFoundError: it was collected, or its hour is over.
    """
    if not printed_is_there(key):
        raise NotFoundError("That file was collected before, or its hour is over.", advice="Ask for it again.")
    content = vault.secret_read(_folder() / key)
    (_folder() / key).unlink(missing_ok=True)
    return content


def printed_clear() -> None:
    """Removes what nobody collected within the hour."""
    for old in _folder().iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
