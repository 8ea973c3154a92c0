"""A file between upload and intake: in the operation's folder, sealed under the store key, for an hour at most.

It is never on a disk in plain where the store is encrypted: uploads are read into memory (`FILE_UPLOAD_HANDLERS`).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from pydantic import TypeAdapter

from safepassage import vault
from safepassage.core.errors import NotFoundError
from safepassage.core.intake import ColumnMap
from safepassage.vault.files import overwrite_and_remove

_READING: TypeAdapter[tuple[str, dict[str, ColumnMap]]] = TypeAdapter(tuple[str, dict[str, ColumnMap]])
_KEY = re.compile(r"[0-9a-f]{32}")


def _folder() -> Path:
    folder = Path(settings.HOME) / vault.UPLOADS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def upload_keep(upload: UploadedFile[Any]) -> str:
    """Keeps an upload, sealed where the store is and readable by its owner only; older ones go. Returns its key."""
    uploads_clear()
    key = secrets.token_hex(16)
    vault.secret_write(_folder() / key, b"".join(upload.chunks()))
    return key


def uploads_clear() -> None:
    """Removes what nobody took in within the hour."""
    vault.waiting_clear(Path(settings.HOME), vault.UPLOADS)


def reading_keep(name: str, maps: Mapping[str, ColumnMap]) -> str:
    """Keeps beside an upload its name and how its columns are to be read: a header can be a person's data."""
    key = secrets.token_hex(16)
    vault.secret_write(_folder() / key, _READING.dump_json((name, dict(maps))))
    return key


def reading_read(key: str) -> tuple[str, dict[str, ColumnMap]]:
    """The name of an upload, and how its columns are to be read.

    Raises:
        NotFoundError: it was taken in, or its hour is over.
    """
    return _READING.validate_json(upload_read(key))


def upload_read(key: str) -> bytes:
    """What was uploaded.

    Raises:
        ForbiddenError: the store is locked.
        NotFoundError: it was taken in, or its hour is over, or the store was locked since.
    """
    return vault.secret_read(_path(key))


def _path(key: str) -> Path:
    """Where the upload lies.

    Raises:
        NotFoundError: it was taken in, or its hour is over.
    """
    path = _folder() / key
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotFoundError("That upload is no longer here.", advice="Upload the list again.")
    return path


def upload_drop(key: str) -> None:
    """Overwrites and removes an upload."""
    overwrite_and_remove(_path(key))
