"""The operation's folder as one sealed file, and back.

The store and the small keys lie in the archive as they lie in the folder, sealed under the store key; the open store
key lies beside them, so that the archive's passphrase alone brings everything back, also after a burning.
"""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from safepassage import vault
from safepassage.core.errors import ConflictError, NotFoundError, UnreadableError
from safepassage.core.exchange.sealing import open_archive, seal_archive
from safepassage.core.ledger.rows import next_link
from safepassage.vault.files import overwrite_and_remove
from safepassage.vault.keyfile import key_operation

STORE = vault.STORE
STORE_KEY = "store-key.json"
"""In the archive only, never on disk: the open store key, and the operation's code."""
DUMP = "store.json"
SEALED = ".sealed"
LEFT_OUT = (STORE, f"{STORE}-wal", f"{STORE}-shm", "store.key", "keeper.word")


@dataclass(frozen=True, slots=True)
class SealedArchive:
    """A backup that was written, opened again and compared."""

    size: int
    """Of the sealed file, bytes."""
    digest: str
    """SHA-256 of the sealed file, hex."""
    events: int
    """In the ledger of the store inside, each of which has its digest and its link."""
    problems: tuple[str, ...]
    """What is wrong with the store inside; it was saved as it is."""


def archive_seal(home: Path, target: Path, passphrase: str, *, is_raw: bool = False) -> SealedArchive:
    """Seals store, keys and files of an operation into `target`; a running console does not disturb it.

    The sealed file is opened again and each file in it compared before it takes its name: a backup that was there
    before is never replaced by one that can't be opened.

    Args:
        home: The operation's folder.
        target: The sealed file to write.
        passphrase: Opens it.
        is_raw: The store can't be opened: its files are taken as they lie there.

    Raises:
        ForbiddenError: too short a passphrase, or too large a store.
        UnreadableError: what was written is not what was to be written.
    """
    members: dict[str, bytes] = {}
    problems: list[str] = []
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        members |= _raw_files(home) if is_raw else _store_members(home, Path(scratch), problems)
        for path in sorted(home.rglob("*")):
            inside = path.relative_to(home)
            if path.is_file() and not path.is_relative_to(scratch) and not _is_left_out(inside, path, target):
                members[str(inside)] = path.read_bytes()
        members |= _key_member(home)
        events, faults = _prove_store(members, Path(scratch))
    partial = target.with_name(target.name + ".part")
    partial.write_bytes(seal_archive(_pack(members), passphrase, randomness=secrets.token_bytes(28)))
    sealed = partial.read_bytes()
    if _unpacked(open_archive(sealed, passphrase)) != {name: _digest(one) for name, one in members.items()}:
        partial.unlink()
        raise UnreadableError(
            "The backup was written and does not read back.", where=target.name, advice="Write it to another disk."
        )
    partial.replace(target)
    return SealedArchive(len(sealed), _digest(sealed), events, (*problems, *faults))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _pack(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def _unpacked(content: bytes) -> dict[str, str]:
    """The digest of each file of an archive."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            found[member.name] = _digest(file.read()) if file else ""
    return found


def _key_member(home: Path) -> dict[str, bytes]:
    key = vault.held()
    if key is None or not vault.is_sealed(home):
        return {}
    return {STORE_KEY: json.dumps({"operation": key_operation(home), "key": key.hex()}).encode()}


def _is_left_out(inside: Path, path: Path, target: Path) -> bool:
    """The store is copied by itself, its key goes open; what waits, and a backup, are no part of the operation."""
    is_waiting = any(inside.is_relative_to(folder) for folder in vault.WAITING)
    is_backup = path.suffix == SEALED or path.resolve().parent / path.stem == target.resolve()
    return path.name in LEFT_OUT or is_waiting or is_backup


def _raw_files(home: Path) -> dict[str, bytes]:
    """The files of the store as they lie there: all that can be saved of one that does not open."""
    names = (STORE, f"{STORE}-wal", f"{STORE}-shm")
    return {name: (home / name).read_bytes() for name in names if (home / name).is_file()}


def _store_members(home: Path, scratch: Path, problems: list[str]) -> dict[str, bytes]:
    """A consistent copy of the store: SQLite's own copy, or a dump of the rows of another database, in memory."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite":
        path = scratch / STORE
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
        except DatabaseError:
            problems.append("The store can't be copied row by row: its files are saved as they lie there.")
            return _raw_files(home)
        return {STORE: path.read_bytes()}
    left_out = ["contenttypes", "sessions", "auth.permission"]
    text = io.StringIO()
    call_command("dumpdata", exclude=left_out, stdout=text, verbosity=0)
    return {DUMP: text.getvalue().encode()}


def _prove_store(members: Mapping[str, bytes], scratch: Path) -> tuple[int, list[str]]:
    """Opens the store of an archive by itself and reads its ledger: how many events hold, and what is wrong."""
    if STORE not in members:
        return 0, []
    folder = scratch / "proof"
    folder.mkdir(mode=0o700)
    for name, content in members.items():
        if name.startswith(STORE) and name != STORE_KEY:
            (folder / name).write_bytes(content)
    key = json.loads(members[STORE_KEY])["key"] if STORE_KEY in members else ""
    from sqlcipher3 import dbapi2

    count, before, faults = 0, "", []
    try:
        with closing(dbapi2.connect(str(folder / STORE))) as store:
            if key:
                store.execute(f"PRAGMA key = \"x'{key}'\"")
            store.execute("PRAGMA temp_store = MEMORY")
            rows = "SELECT content, digest, site_digest FROM ledger_eventrecord ORDER BY position"
            for content, digest, link in store.execute(rows):
                count += isinstance(content, bytes) and _digest(content) == digest
                faults += [] if next_link(before, str(digest)) == link else [str(digest)]
                before = str(link)
            whole = store.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except (dbapi2.DatabaseError, sqlite3.DatabaseError):
        return count, ["The store in the backup does not open, or not to its end."]
    told = [] if whole else ["The store in the backup fails the database's own check."]
    return count, told + [f"{len(faults)} links of its ledger do not hold."] * bool(faults)


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
    if member.name == DUMP:
        vault.secret_write(target, content.read())
        return
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
    from safepassage.apps.registry.search_index import index_renew

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
    given, sys.stdin = sys.stdin, io.StringIO(vault.secret_read(dump).decode())
    try:
        call_command("loaddata", "-", format="json", verbosity=0)
        index_renew()
    finally:
        sys.stdin = given
    overwrite_and_remove(dump)
