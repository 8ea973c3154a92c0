"""A file as its reader leaves it: tables of verbatim rows, and what the reader noticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from safepassage.core.intake.codes import FileKind, RejectCode
from safepassage.core.intake.sniff import MOST_BLANKS
from safepassage.core.intake.values import FileWarning

LOST = "\ufffd"
"""Stands for a character that could not be read."""

_UNSTORABLE = {0: LOST, **dict.fromkeys(range(0xD800, 0xE000), LOST)}


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its 1-based number, its cells as text, and the number of the row it is nested in (0: none).

    `reject` is why the reader can make no record of it; its cells are kept as far as there are any.
    """

    number: int
    cells: tuple[str, ...]
    parent: int = 0
    reject: RejectCode | None = None

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell.strip())


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet, or all objects of one kind.

    `header` is given where the form itself names the columns (JSON, PFIF); `parent` is the sheet that rows
    are nested in. `merged` are ranges of merged cells: first row, first column, last row, last column, 0-based.
    """

    sheet: str
    rows: tuple[RawRow, ...]
    header: tuple[str, ...] | None = None
    parent: str | None = None
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RawFile:
    """All tables of a file."""

    kind: FileKind
    tables: tuple[RawTable, ...]
    encoding: str = ""
    delimiter: str = ""
    warnings: tuple[FileWarning, ...] = field(default=())


def keep_text(text: str) -> str:
    """The text as it is, but for NUL and lone surrogates, which no store can keep: they become U+FFFD."""
    return text.translate(_UNSTORABLE) if not text.isascii() or "\0" in text else text


def without_blank_runs(rows: Iterable[RawRow]) -> tuple[RawRow, ...]:
    """The rows but for what follows a hundred blank ones without a break: the end of a sheet that nobody wrote on.

    Rows keep their numbers, so that a row further down is found where it stands.
    """
    kept: list[RawRow] = []
    blanks = 0
    for row in rows:
        blanks = blanks + 1 if row.is_blank else 0
        if blanks <= MOST_BLANKS:
            kept.append(row)
    return tuple(kept)
