r"""An unencrypted store made an encrypted one, in place. A kill at any moment leaves the one or the other, whole.

    1. keys/store.key.coming      the new key, sealed                      \
    2. store.sqlite3.coming       the encrypted copy, compared, on disk      | the plain store still holds
    3. keys/*.coming              the small keys, sealed                    /
    4. keys/store.key             the key takes its name: from here on the encrypted store holds
    5. every other file takes its name; the plain ones are overwritten and removed
    6. lists that wait in uploads/ are removed, prints sealed

`encryption_finish` does what is left of 5 after a kill, or clears away what was begun before 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from safepassage.core.errors import ConflictError
from safepassage.vault.burning import STORE
from safepassage.vault.files import overwrite_and_remove, sync_file, sync_folder
from safepassage.vault.held import MAGIC, hold, secret_write
from safepassage.vault.keyfile import is_sealed, key_make, key_path
from safepassage.vault.waiting import waiting_seal

COMING = ".coming"
LEAVING = ".leaving"


def encrypt_in_place(home: Path, passphrase: str, *, operation: str) -> Iterator[str]:
    """Encrypts the store and seals the small keys of a folder; yields the name of each step when it is done.

    Nothing else may have the store open. The open key is held by this process from the first step.

    Raises:
        ConflictError: it is encrypted already, somebody has the store open, or the copy is not the same.
        ForbiddenError: too short a passphrase.
    """
    if is_sealed(home):
        raise ConflictError("This store is encrypted already.")
    encryption_finish(home)
    key = key_make(home, passphrase, operation=operation, under=key_path(home).name + COMING)
    hold(key)
    yield "key made"
    if (home / STORE).exists():
        _copy_encrypted(home / STORE, key)
    yield "store copied and compared"
    for path in small_keys(home):
        secret_write(path.with_name(path.name + COMING), path.read_bytes(), name=path.name)
    yield "keys sealed"
    _take_name(key_path(home))
    yield "key holds"
    encryption_finish(home)
    waiting_seal(home)
    yield "plain files removed"


def encryption_finish(home: Path) -> None:
    """After a kill: completes an encryption whose key holds, else clears away what it had begun. Needs no key."""
    coming = [*home.glob(f"*{COMING}"), *(home / "keys").glob(f"*{COMING}")]
    if not is_sealed(home):
        for path in coming:
            overwrite_and_remove(path)
        return
    for path in coming:
        _take_name(path.with_name(path.name.removesuffix(COMING)))
    for path in [*home.glob(f"*{LEAVING}*"), *(home / "keys").glob(f"*{LEAVING}*")]:
        overwrite_and_remove(path)


def small_keys(home: Path) -> list[Path]:
    """The secret files of a folder that lie there unsealed."""
    found = [path for pattern in ("*.key", "*.secret") for path in (home / "keys").glob(pattern)]
    return sorted(one for one in found if one != key_path(home) and not one.read_bytes().startswith(MAGIC))


def _take_name(path: Path) -> None:
    """`x.coming` becomes `x`; what had that name waits as `x.leaving` to be overwritten."""
    coming = path.with_name(path.name + COMING)
    if not coming.exists():
        return
    if path.exists():
        path.replace(path.with_name(path.name + LEAVING))
    for log in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        overwrite_and_remove(log)
    coming.replace(path)
    sync_folder(path.parent)


def _copy_encrypted(store: Path, key: bytes) -> None:
    from sqlcipher3 import dbapi2

    target = store.with_name(store.name + COMING)
    with closing(dbapi2.connect(str(store), isolation_level=None, timeout=1)) as plain:
        try:
            plain.execute("PRAGMA temp_store = MEMORY")
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            plain.execute("PRAGMA locking_mode = EXCLUSIVE")
            is_alone = plain.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
            plain.execute("BEGIN EXCLUSIVE")
            plain.execute("COMMIT")
        except dbapi2.OperationalError:
            is_alone = False
        if not is_alone:
            raise ConflictError(
                "Somebody has the store open.", advice="End `safepassage serve` and every other command, then again."
            )
        plain.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(target), f"x'{key.hex()}'"))
        plain.execute("SELECT sqlcipher_export('sealed')").fetchall()
        is_same = _figures(plain, "main") == _figures(plain, "sealed")
        is_whole = plain.execute("PRAGMA sealed.integrity_check").fetchall() == [("ok",)]
        plain.execute("DETACH DATABASE sealed")
    if not (is_same and is_whole):
        overwrite_and_remove(target)
        raise ConflictError("The encrypted copy is not the same as the store; nothing was changed.")
    sync_file(target)
    sync_folder(target.parent)


def _figures(connection: Any, database: str) -> list[tuple[str, int]]:  # noqa: ANN401
    """Every table, index and trigger, and how many rows each table has; an index of search is no table of its own."""
    made = connection.execute(
        f"SELECT iif(rootpage, type, 'virtual'), name FROM {database}.sqlite_master ORDER BY name"  # noqa: S608
    ).fetchall()
    return [
        (
            name,
            connection.execute(f'SELECT count(*) FROM {database}."{name}"').fetchone()[0] if kind == "table" else 0,  # noqa: S608
        )
        for kind, name in made
    ]
