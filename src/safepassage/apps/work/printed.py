"""Files that a job made for whoever asked: kept for an hour at most, collected once."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from django.conf import settings

from safepassage import vault
from safepassage.core.errors import NotFoundError
from safepassage.vault.files import overwrite_and_remove

_KEY = re.compile(r"[0-9a-f]{32}")


def _folder() -> Path:
    folder = Path(settings.HOME) / vault.PRINTED
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
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
    overwrite_and_remove(_folder() / key)
    return content


def printed_clear() -> None:
    """Removes what nobody collected within the hour."""
    vault.waiting_clear(Path(settings.HOME), vault.PRINTED)
