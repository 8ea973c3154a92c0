"""Text that is safe to open in a spreadsheet: what comes from data is never read as a formula.

The one place for it: every CSV is written by `csv_text`, every text of an XLSX by `write_text` in a `text_style`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings that spreadsheets take for a formula, full-width forms too (OWASP, "CSV Injection")."""

_UNSEEN = re.compile("^[ \u00a0\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def guard_cell(text: str) -> str:
    """`text` for a CSV cell: an apostrophe goes before a beginning that a spreadsheet would compute.

    A number with a sign stays as it is, for it computes to itself.
    """
    stripped = _UNSEEN.sub("", text)
    if not stripped.startswith(_DANGEROUS):
        return text
    return text if _is_number(stripped) else f"'{text}"


def _is_number(text: str) -> bool:
    body = text[1:]
    return text[0] in "+-" and body.replace(".", "", 1).isdecimal() and body.isascii()


def csv_text(rows: Iterable[Sequence[str | int]], *, line_end: str = "\r\n") -> str:
    """Rows as CSV; numbers as they are, texts guarded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=line_end)
    writer.writerows([guard_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()


def text_style(book: Any, **looks: Any) -> Any:  # noqa: ANN401 - the workbook library has no types
    """A format of text cells: text for good, also after somebody has typed in the cell or saved the sheet as CSV.

    Spreadsheets keep a mark of their own for it (`quotePrefix`), which shows nothing, and compute no such cell.
    """
    return book.add_format({"quote_prefix": True, "num_format": "@", **looks})


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401
    """Writes a text into a cell of an XLSX, in a `text_style`."""
    sheet.write_string(row, column, text, style)
