"""Spreadsheets: the call sheet and the manifest. No cell of data is ever a formula, a link or a guessed number."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from safepassage.core.exchange.values import CallRow, Manifest
from safepassage.core.ledger.kinds import OUTCOMES

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The same values make the same bytes: a file tells no time by itself."""
CALL_COLUMNS = (
    ("Party", 16),
    ("Tier", 6),
    ("People", 8),
    ("Principal", 28),
    ("Language", 10),
    ("Phones", 30),
    ("Gather at", 24),
    ("Be there by", 18),
    ("Outcome", 16),
    ("Called at", 14),
    ("Caller", 12),
)
MANIFEST_COLUMNS = (
    ("No.", 6),
    ("Name", 32),
    ("Sex", 6),
    ("Born", 12),
    ("Nationality", 12),
    ("Document", 18),
    ("Needs", 20),
    ("Party", 16),
    ("Person", 16),
    ("On board", 10),
)


@contextmanager
def open_book(buffer: io.BytesIO) -> Iterator[Any]:
    """A workbook that takes text as text."""
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _CREATED, "author": "Safe Passage"})
    try:
        yield book
    finally:
        book.close()


def write_head(book: Any, sheet: Any, row: int, columns: Sequence[tuple[str, int]]) -> None:  # noqa: ANN401
    """Column headers in bold with their widths, frozen and repeated on each printed page."""
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, title, bold)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_rows(sheet: Any, first: int, rows: Iterable[Sequence[str | int]]) -> int:  # noqa: ANN401
    """Writes text as text and numbers as numbers; the number of rows written."""
    number = 0
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(first + number - 1, column, value)
            else:
                sheet.write_string(first + number - 1, column, value)
    return number


def write_call_sheet(calls: Iterable[CallRow], *, title: str, is_provisional: bool) -> bytes:
    """An XLSX of parties to call, with a column for the outcome (closed list) and one for who called.

    A provisional list says so in its first line: reviews are open, people on it may yet prove to be one.
    """
    buffer = io.BytesIO()
    with open_book(buffer) as book:
        sheet = book.add_worksheet("Calls")
        mark = "PROVISIONAL: reviews are open, the list may change. " if is_provisional else ""
        sheet.write_string(0, 0, f"{mark}{title}", book.add_format({"bold": True, "font_size": 13}))
        write_head(book, sheet, 1, CALL_COLUMNS)
        rows = (
            (
                call.party,
                call.tier,
                call.heads,
                call.principal,
                call.language,
                ", ".join(call.phones),
                call.gather_at,
                call.be_there_by,
            )
            for call in calls
        )
        written = _write_rows(sheet, 2, rows)
        outcome = [name for name, _ in CALL_COLUMNS].index("Outcome")
        sheet.data_validation(
            2,
            outcome,
            max(2, written + 1),
            outcome,
            {
                "validate": "list",
                "source": list(OUTCOMES),
                "error_title": "Outcome",
                "error_message": "Choose one from the list.",
            },
        )
    return buffer.getvalue()


def write_manifest(manifest: Manifest) -> bytes:
    """An XLSX of one leg's manifest, with a column to tick who is on board."""
    buffer = io.BytesIO()
    with open_book(buffer) as book:
        sheet = book.add_worksheet("Manifest")
        title = f"Manifest {manifest.leg}, version {manifest.version}: {len(manifest.rows)} people"
        line = f"{manifest.vehicle}   {manifest.start} to {manifest.end}   {manifest.departs}"
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
        sheet.write_string(1, 0, line)
        write_head(book, sheet, 2, MANIFEST_COLUMNS)
        rows = (
            (
                row.number,
                row.name,
                row.sex,
                row.birth,
                row.nationality,
                row.document,
                row.needs,
                row.party,
                row.person,
            )
            for row in manifest.rows
        )
        _write_rows(sheet, 3, rows)
    return buffer.getvalue()
