"""Opening the operation's store from the command line: key, settings, Django, migrations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from safepassage import vault
from safepassage.cli.passphrase import may_ask, passphrase_ask
from safepassage.core.errors import NotFoundError


def home_of(home: Path | None = None) -> Path:
    """The operation's folder: as named, else $SAFEPASSAGE_HOME, else ./operation."""
    return Path(home or os.environ.get("SAFEPASSAGE_HOME", "operation")).resolve()


def open_store(home: Path | None = None, *, create: bool = False) -> Path:
    """Makes Django ready on the store in `home` (or $SAFEPASSAGE_HOME, or ./operation), unlocked.

    Returns:
        The folder of the operation.

    Raises:
        NotFoundError: if there is no store there, or no operation in it, and `create` is false.
        ForbiddenError: the store is locked and nobody is there to ask, or the passphrase is wrong.
    """
    folder = home_of(home)
    if not create and not folder.is_dir() and "DATABASE_URL" not in os.environ:
        raise NotFoundError(
            "There is no operation in this folder yet.",
            where=folder.name,
            advice="Run `safepassage init`, or name the folder with --home.",
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["SAFEPASSAGE_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safepassage.web.settings")
    vault.unlock(folder, ask=passphrase_ask if may_ask() else None)
    vault.watch(folder)
    if vault.is_armed():
        vault.follow(folder, is_watching=True)
    for which in vault.WAITING:
        vault.waiting_clear(folder, which)
    import django

    django.setup()
    _migrate()
    if not create:
        from safepassage.apps.accounts.selectors import operation_now

        operation_now()
    return folder


@contextmanager
def new_store(home: Path | None, *, operation: str, passphrase: str) -> Iterator[Path]:
    """A new operation's folder, encrypted from its first byte; as it was before if the founding fails.

    A folder that holds a store already is opened as it is: whoever founds in it is told by the store itself.
    """
    folder = home_of(home)
    is_new = not vault.is_sealed(folder) and not (folder / vault.STORE).exists()
    if is_new:
        vault.hold(vault.key_make(folder, passphrase, operation=operation))
    try:
        yield open_store(folder, create=True)
    except BaseException:
        if is_new:
            _forget(folder)
        raise


def clock(moment: datetime) -> str:
    """A moment as people read it: on the operation's own clock, the zone beside it. The store is open."""
    from safepassage.apps.accounts.selectors import operation_now

    return f"{moment.astimezone(operation_now().zone):%Y-%m-%d %H:%M %Z}"


def _forget(folder: Path) -> None:
    """Removes what a founding that failed has made."""
    from django.db import connections

    vault.disarm()
    connections.close_all()
    for path in (*folder.glob(f"{vault.STORE}*"), *(folder / "keys").glob("*")):
        path.unlink()
    if (folder / "keys").is_dir():
        (folder / "keys").rmdir()
    vault.forget()


def _migrate() -> None:
    """Brings the store's tables up to this version; costs next to nothing where they are."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
