"""Options that several verbs share, and who acts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of the operation.", show_default="$SAFEPASSAGE_HOME, else ./operation"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]
Account = Annotated[str, typer.Option("--as", help="Duty name of whoever acts; it is written into the ledger.")]
DESK = "desk"
"""The account that `init` makes for whoever sits at the laptop."""


def now_utc() -> datetime:
    """The clock of the command line: the one place where it is read."""
    return datetime.now(UTC)
