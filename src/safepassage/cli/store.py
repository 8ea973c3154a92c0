"""Opening the operation's store from the command line: settings, Django, migrations."""

from __future__ import annotations

import os
from pathlib import Path

from safepassage.core.errors import NotFoundError


def open_store(home: Path | None = None, *, create: bool = False) -> Path:
    """Makes Django ready on the store in `home` (or $SAFEPASSAGE_HOME, or ./operation).

    Returns:
        The folder of the operation.

    Raises:
        NotFoundError: if there is no store there and `create` is false.
    """
    folder = Path(home or os.environ.get("SAFEPASSAGE_HOME", "operation")).resolve()
    if not create and not folder.is_dir() and "DATABASE_URL" not in os.environ:
        raise NotFoundError(
            "There is no operation in this folder yet.",
            where=folder.name,
            advice="Run `safepassage init`, or name the folder with --home.",
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["SAFEPASSAGE_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safepassage.web.settings")
    import django

    django.setup()
    _migrate()
    return folder


def _migrate() -> None:
    """Brings the store's tables up to this version; costs next to nothing where they are."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
