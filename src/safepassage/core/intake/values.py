"""What intake gives: rows as they are, listings, rejects, doubts, and a report on a file not yet taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from safepassage.core.ids import BatchId, RowId, SourceId
from safepassage.core.intake.codes import DoubtCode, FileKind, Outcome, RejectCode, RowReason, WarningCode
from safepassage.core.intake.column_map import ColumnMap
from safepassage.core.people import Listing

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done. May raise to interrupt: nothing is caught."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row, verbatim: `cells` are the texts as the file has them, in their order.

    `number` is 1-based, as a spreadsheet or an editor shows it (JSON and PFIF: the n-th object of its table).
    `digest` is the SHA-256 of the cells and `reason` says why a row has no listings.
    """

    id: RowId
    sheet: str
    number: int
    cells: tuple[str, ...]
    digest: str
    outcome: Outcome
    reason: RowReason | RejectCode | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that holds something but of which no person could be made: where, why, and what to do."""

    row: RowId
    file: str
    sheet: str
    number: int
    code: RejectCode
    column: str = ""

    @property
    def reason(self) -> str:
        """The sentence of the code."""
        return self.code.sentence

    @property
    def advice(self) -> str:
        """What to do next."""
        return self.code.advice


@dataclass(frozen=True, slots=True)
class FieldDoubt:
    """A cell that gave no value; its listing goes on without it."""

    row: RowId
    file: str
    sheet: str
    number: int
    column: str
    code: DoubtCode

    @property
    def reason(self) -> str:
        """The sentence of the code."""
        return self.code.sentence

    @property
    def advice(self) -> str:
        """What to do next."""
        return self.code.advice


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something to know of a file before relying on it; `message` is a sentence without anybody's data.

    `values` are the figures and the headers in the sentence, by name, for whoever says it in another language.
    """

    code: WarningCode
    message: str
    sheet: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Everything that one delivery gave. `digest` is the SHA-256 of the file's bytes (hex).

    Every row read is in `rows` once, with its outcome; listings and rejects name their row.
    """

    id: BatchId
    source: SourceId
    file: str
    kind: FileKind
    digest: str
    rows: tuple[SourceRow, ...]
    listings: tuple[Listing, ...]
    rejects: tuple[Reject, ...] = ()
    doubts: tuple[FieldDoubt, ...] = ()
    column_maps: tuple[ColumnMap, ...] = ()
    warnings: tuple[FileWarning, ...] = ()

    def count_rows(self, outcome: Outcome) -> int:
        """The number of rows with an outcome."""
        return sum(row.outcome is outcome for row in self.rows)


@dataclass(frozen=True, slots=True)
class TableReport:
    """What one sheet or table seems to be. `samples` holds the first cells of each column: personal data."""

    sheet: str
    rows: int
    header_row: int
    column_map: ColumnMap
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    has_people: bool = True


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file seems to be, before anything is taken in."""

    file: str
    kind: FileKind
    digest: str
    size: int
    encoding: str = ""
    delimiter: str = ""
    tables: tuple[TableReport, ...] = ()
    warnings: tuple[FileWarning, ...] = ()
