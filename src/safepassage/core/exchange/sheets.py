"""Spreadsheets: the call sheet and the manifest. No cell of data is ever a formula, a link or a guessed number."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from safepassage.core.exchange.cells import text_style, write_text
from safepassage.core.exchange.values import CallRow, Manifest, ManifestRow
from safepassage.core.identity import NAME_MARKS
from safepassage.core.ledger.codes import OUTCOMES

BIRTH_MARKS = "Born: ? perhaps the year only; ~ from an age that was stated; a year or month alone: no more is known."
"""What the marks of `core.dates.format_brief` mean, for the foot of a list."""
MARKS = f"{BIRTH_MARKS} {NAME_MARKS}"
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
    ("May come", 9),
    ("Principal", 28),
    ("In Dari or Pashto", 24),
    ("Language", 10),
    ("Phones", 30),
    ("Gather at", 24),
    ("Be there by", 18),
    ("Departs, plate", 22),
    ("Gate, from to", 28),
    ("Mind", 36),
    ("Outcome", 16),
    ("Called at", 14),
    ("Caller", 12),
)
MANIFEST_COLUMNS = (
    ("No.", 6),
    ("Name", 30),
    ("In Dari or Pashto", 26),
    ("Sex", 6),
    ("Born", 16),
    ("Nationality", 12),
    ("Document", 18),
    ("Needs, doubts", 28),
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
    bold = text_style(book, bold=True, bottom=1, text_wrap=True, valign="top")
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        write_text(sheet, row, column, title, bold)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(0, row)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_rows(book: Any, sheet: Any, first: int, rows: Iterable[Sequence[str | int]]) -> int:  # noqa: ANN401
    """Writes text as text and numbers as numbers; the number of rows written."""
    number, style = 0, text_style(book)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(first + number - 1, column, value)
            else:
                write_text(sheet, first + number - 1, column, value, style)
    return number


def write_call_sheet(calls: Iterable[CallRow], *, title: str, is_provisional: bool, about: str = "") -> bytes:
    """An XLSX of parties to call, with a column for the outcome (closed list) and one for who called.

    A provisional list says so in its first line: reviews are open, people on it may yet prove to be one. `about` is
    its second line: of which plan and policy it is, and who may see it.
    """
    buffer = io.BytesIO()
    with open_book(buffer) as book:
        sheet = book.add_worksheet("Calls")
        mark = "PROVISIONAL: reviews are open, the list may change. " if is_provisional else ""
        write_text(sheet, 0, 0, f"{mark}{title}", text_style(book, bold=True, font_size=13))
        write_text(sheet, 1, 0, about, text_style(book))
        write_head(book, sheet, 2, CALL_COLUMNS)
        rows = (
            (
                call.party,
                call.tier,
                call.heads,
                call.may_come,
                call.principal,
                call.principal_arabic,
                call.language,
                ", ".join(call.phones),
                call.gather_at,
                call.be_there_by,
                call.departs,
                call.gate,
                call.remark,
            )
            for call in calls
        )
        written = _write_rows(book, sheet, 3, rows)
        outcome = [name for name, _ in CALL_COLUMNS].index("Outcome")
        sheet.data_validation(
            3,
            outcome,
            max(3, written + 2),
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
    """An XLSX of one leg's manifest, a line between families, with a column to tick who is on board."""
    buffer = io.BytesIO()
    with open_book(buffer) as book:
        sheet = book.add_worksheet("Manifest")
        title = manifest_title(manifest)
        line = f"{manifest.vehicle}   {manifest.start} to {manifest.end}   {manifest.departs}"
        write_text(sheet, 0, 0, title, text_style(book, bold=True, font_size=13))
        plain = text_style(book)
        for number, text in enumerate((line, manifest.about, manifest.audience), 1):
            write_text(sheet, number, 0, text, plain)
        write_head(book, sheet, 4, MANIFEST_COLUMNS)
        party = ""
        for number, row in enumerate(manifest.rows, 5):
            line_above = 1 if row.party != party else 4
            sheet.write_number(number, 0, row.number, book.add_format({"top": line_above}))
            ruled = text_style(book, top=line_above)
            for column, text in enumerate((*manifest_cells(row), row.person, "\u2610"), 1):
                write_text(sheet, number, column, text, ruled)
            party = row.party
        write_text(sheet, len(manifest.rows) + 6, 0, MARKS, plain)
    return buffer.getvalue()


def manifest_title(manifest: Manifest) -> str:
    """The first line of a manifest, on screen, sheet and paper."""
    people = len(manifest.rows)
    noun = "person" if people == 1 else "people"
    return f"Manifest {manifest.leg}, version {manifest.version}: {people} {noun}"


def manifest_cells(row: ManifestRow) -> tuple[str, ...]:
    """The cells of a row between its number and the person's id, in the order of `MANIFEST_COLUMNS`."""
    needs = "; ".join(filter(None, (row.needs, row.remark)))
    return (row.name, row.name_arabic, row.sex, row.birth, row.nationality, row.document, needs, row.party)
