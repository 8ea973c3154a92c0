"""Reads CSV, TSV and their like: finds the delimiter, survives stray quotes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from safepassage.core.intake.sniff import damaged
from safepassage.core.intake.tables import RawRow, RawTable, keep_text, without_blank_runs

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AT = 200
_FIELD_LIMIT = 2**24
_LINES_IN_A_CELL = 60
"""A cell with more lines than this is no cell but an unclosed quote."""


def find_delimiter(text: str) -> tuple[str, float]:
    """The delimiter that gives most lines one and the same number of columns, and the share of such lines.

    The share is 0 if no delimiter gives more than one column.
    """
    head = text[: _LOOK_AT * 2000]
    best = (",", 0.0, 0.0)
    for delimiter in DELIMITERS:
        if delimiter not in head:
            continue
        widths = Counter(len(row) for row in islice(_records(head, delimiter), _LOOK_AT) if row)
        wide = {width: number for width, number in widths.items() if width > 1}
        if not wide:
            continue
        width, number = max(wide.items(), key=lambda item: (item[1], item[0]))
        share = number / sum(widths.values())
        score = share * min(width, 8) ** 0.5
        if score > best[2]:
            best = (delimiter, share, score)
    return best[0], best[1]


def read_delimited(text: str, delimiter: str, *, where: str) -> tuple[RawTable, bool]:
    """The table, and whether stray quotes had to be read as plain signs.

    Raises:
        UnreadableError: `damaged` if a cell never ends.
    """
    try:
        rows = _rows(_records(text, delimiter))
        is_stray = any(cell.count("\n") > _LINES_IN_A_CELL for row in rows for cell in row.cells)
    except csv.Error:
        is_stray = True
    try:
        if is_stray:
            rows = _rows(_records(text, delimiter, csv.QUOTE_NONE))
    except csv.Error as error:
        raise damaged(where) from error
    return RawTable("", rows), is_stray


def _rows(records: csv._reader) -> tuple[RawRow, ...]:  # type: ignore[name-defined]
    return without_blank_runs(
        RawRow(number, tuple(keep_text(cell) for cell in record)) for number, record in enumerate(records, 1)
    )


def _records(text: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> csv._reader:  # type: ignore[name-defined]
    csv.field_size_limit(_FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
