"""Options that several verbs share, and who acts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from safepassage.core.errors import UnreadableError

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of the operation.", show_default="$SAFEPASSAGE_HOME, else ./operation"),
]
AsJson = Annotated[bool, typer.Option("--json", is_eager=True, help="Print one JSON object, for machines.")]
Account = Annotated[
    str,
    typer.Option(
        "--as",
        help="Duty name of whoever acts; it is written into the ledger. Where no password is asked for it proves "
        "nothing, and the access log says so.",
    ),
]
DESK = "desk"
"""The account that `init` makes for whoever sits at the laptop."""


def text_of(path: Path) -> str:
    """The text of a file that somebody named.

    Raises:
        UnreadableError: it is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("This file is no UTF-8 text.", where=path.name, advice="Save it as UTF-8.") from error


def json_of(path: Path) -> Any:  # noqa: ANN401
    """The JSON in a file that somebody named.

    Raises:
        UnreadableError: it is none.
    """
    try:
        return json.loads(text_of(path))
    except ValueError as error:
        raise UnreadableError(
            "This file holds no JSON.", where=path.name, advice="Write it anew with the verb's own --json."
        ) from error


def now_utc() -> datetime:
    """The clock of the command line: the one place where it is read."""
    return datetime.now(UTC)
