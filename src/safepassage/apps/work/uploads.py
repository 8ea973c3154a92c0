"""A file between upload and intake: kept in the operation's own folder under a random name, for an hour at most."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from pydantic import TypeAdapter

from safepassage import vault
from safepassage.core.errors import NotFoundError
from safepassage.core.intake import ColumnMap

KEPT_SECONDS = 3600
_READING: TypeAdapter[tuple[str, dict[str, ColumnMap]]] = TypeAdapter(tuple[str, dict[str, ColumnMap]])
_KEY = re.compile(r"[0-9a-f]{32}")


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def upload_keep(upload: UploadedFile[Any]) -> str:
    """Writes an upload to the folder, readable by its owner only; older ones go. Returns its key."""
    folder = _folder()
    uploads_clear()
    key = secrets.token_hex(16)
    descriptor = os.open(folder / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return key


def uploads_clear() -> None:
    """Removes what nobody took in within the hour."""
    for old in _folder().iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)


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
    return _READING.validate_json(vault.secret_read(upload_path(key)))


def upload_path(key: str) -> Path:
    """Where the upload lies.

    Raises:
        NotFoundError: it was taken in, or its hour is over.
    """
    path = _folder() / key
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotFoundError("That upload is no longer here.", advice="Upload the list again.")
    return path


def upload_drop(key: str) -> None:
    """Removes an upload."""
    upload_path(key).unlink(missing_ok=True)
