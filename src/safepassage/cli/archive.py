"""The operation's folder as one sealed file, and back.

The store and the small keys lie in the archive as they lie in the folder, sealed under the store key; the open store
key lies beside them, so that the archive's passphrase alone brings everything back, also after a burning.
"""

from __future__ import annotations

import io
import json
import secrets
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from safepassage import vault
from safepassage.core.errors import ConflictError, NotFoundError, UnreadableError
from safepassage.core.exchange.sealing import open_archive, seal_archive
from safepassage.vault.files import overwrite_and_remove
from safepassage.vault.keyfile import key_operation

STORE = vault.STORE
STORE_KEY = "store-key.json"
"""In the archive only, never on disk: the open store key, and the operation's code."""
DUMP = "store.json"
SEALED = ".sealed"
LEFT_OUT = (STORE, f"{STORE}-wal", f"{STORE}-shm", "store.key", "keeper.word")


def archive_seal(home: Path, target: Path, passphrase: str) -> int:
    """Seals store, keys and files of an operation into `target`; a running console does not disturb it.

    Returns:
        The size of the sealed file in bytes.

    Raises:
        ForbiddenError: too short a passphrase, or too large a store.
    """
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        store = _store_copy(Path(scratch))
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            archive.add(store, arcname=store.name)
            _add_key(archive, home)
            for path in sorted(home.rglob("*")):
                inside = path.relative_to(home)
                if path.is_file() and not path.is_relative_to(scratch) and not _is_left_out(path, target):
                    archive.add(path, arcname=str(inside))
        if store.name == DUMP:
            overwrite_and_remove(store)
    sealed = seal_archive(buffer.getvalue(), passphrase, randomness=secrets.token_bytes(28))
    partial = target.with_name(target.name + ".part")
    partial.write_bytes(sealed)
    partial.replace(target)
    return len(sealed)


def _add_key(archive: tarfile.TarFile, home: Path) -> None:
    key = vault.held()
    if key is None or not vault.is_sealed(home):
        return
    content = json.dumps({"operation": key_operation(home), "key": key.hex()}).encode()
    member = tarfile.TarInfo(STORE_KEY)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _is_left_out(path: Path, target: Path) -> bool:
    """The store is copied by itself, its key goes open; a backup in the folder is no part of the operation."""
    return path.name in LEFT_OUT or path.suffix == SEALED or path.resolve().parent / path.stem == target.resolve()


def _store_copy(scratch: Path) -> Path:
    """A consistent copy of the store: SQLite's own copy, or a dump of the rows of another database."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        path = scratch / STORE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return path
    path = scratch / DUMP
    left_out = ["contenttypes", "sessions", "auth.permission"]
    with path.open("w", encoding="utf-8") as file:
        call_command("dumpdata", exclude=left_out, stdout=file, verbosity=0)
    return path


def archive_restore(source: Path, home: Path, passphrase: str, *, store_passphrase: str = "") -> Path:
    """Restores a sealed archive into an empty folder, encrypted and unlocked.

    Args:
        source: The sealed file.
        home: The folder.
        passphrase: Opens the file.
        store_passphrase: Opens the store from now on; the file's, if not given.

    Raises:
        NotFoundError: there is no such file.
        ConflictError: the folder is not empty; nothing is overwritten.
        UnreadableError: wrong passphrase, or the file was changed.
    """
    if not source.is_file():
        raise NotFoundError("There is no such backup.", where=source.name, advice="Name the sealed file itself.")
    if home.exists() and any(home.iterdir()):
        raise ConflictError("That folder is not empty.", where=home.name, advice="Name a new folder with --home.")
    content = open_archive(source.read_bytes(), passphrase)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        members = archive.getmembers()
        key = next((one for one in members if one.name == STORE_KEY), None)
        if key is not None:
            _take_key(archive, key, home, store_passphrase or passphrase)
        for member in members:
            if member is not key:
                _unpack(archive, member, home)
    for path in (home, *home.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    if key is None:
        for _ in vault.encrypt_in_place(home, store_passphrase or passphrase, operation=operation_of(home)):
            pass
    return home


def _take_key(archive: tarfile.TarFile, member: tarfile.TarInfo, home: Path, passphrase: str) -> None:
    content = archive.extractfile(member)
    try:
        fields = json.loads(content.read() if content else b"")
        key, operation = bytes.fromhex(fields["key"]), str(fields["operation"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError("The backup's store key can't be read.", advice="Try the other copy.") from error
    vault.hold(vault.key_make(home, passphrase, operation=operation, key=key))


def operation_of(home: Path) -> str:
    """The operation's code, out of an unencrypted store; empty where there is none."""
    path = home / STORE
    if not path.exists():
        return ""
    try:
        with closing(sqlite3.connect(path)) as store:
            row = store.execute("SELECT code FROM accounts_operation").fetchone()
    except sqlite3.DatabaseError:
        return ""
    return str(row[0]) if row else ""


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, home: Path) -> None:
    """One file of the archive into the folder; whatever is no plain file, or leads out of it, is refused.

    `TarFile.extractall(filter="data")` would do it, and Python 3.11.2 does not have it.
    """
    target = (home / member.name).resolve()
    content = archive.extractfile(member) if member.isfile() else None
    if content is None or not target.is_relative_to(home.resolve()):
        raise UnreadableError(
            "The backup holds something that is no file of an operation.", advice="Do not trust it."
        )
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)


def dump_load(home: Path) -> None:
    """Loads the rows of a restored dump into the store that is open, which must be empty; nothing if there is none.

    Raises:
        ConflictError: the store holds an operation, or the backup holds a SQLite store and another one is open.
    """
    from django.core.management import call_command
    from django.db import connection

    from safepassage.apps.ledger.selectors import events_after

    dump = home / DUMP
    if not dump.exists():
        if connection.vendor != "sqlite":
            raise ConflictError(
                "This backup holds a store of its own, and DATABASE_URL names another.",
                advice="Unset DATABASE_URL and work on the restored folder.",
            )
        return
    if next(events_after(), None):
        raise ConflictError(
            "The database already holds an operation; nothing is overwritten.",
            advice="Give DATABASE_URL an empty database.",
        )
    call_command("loaddata", str(dump), verbosity=0)
    overwrite_and_remove(dump)
