"""Reads CSV, TSV and their like: finds the delimiter, survives stray quotes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from safepassage.core.intake.sniff import damaged
from safepassage.core.intake.tables import RawRow, RawTable, keep_text, without_blank_runs

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AT = 200
_FIELD_LIMIT = 2**24
_LINES_IN_A_CELL = 60
"""A cell with more lines than this is no cell but an unclosed quote; so is one with a line of a row's delimiters."""


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
        is_stray = _holds_rows(rows, delimiter)
    except csv.Error:
        is_stray = True
    try:
        if is_stray:
            rows = _rows(_lines(text, delimiter))
    except csv.Error as error:
        raise damaged(where) from error
    return RawTable("", rows), is_stray


def _holds_rows(rows: tuple[RawRow, ...], delimiter: str) -> bool:
    """Whether a cell has swallowed the rows after it, as one does whose quote never closes."""
    within = [cell.split("\n")[1:] for row in rows for cell in row.cells if "\n" in cell]
    if not within:
        return False
    widths = Counter(len(row.cells) for row in rows)
    least = max(2, max(widths, key=lambda width: (widths[width], width)) - 1)
    return any(
        len(lines) > _LINES_IN_A_CELL or any(line.count(delimiter) >= least for line in lines) for lines in within
    )


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    """Each line by itself; where its quotes don't close, they are signs like others."""
    for line in text.splitlines():
        quoting = csv.QUOTE_NONE if line.count('"') % 2 else csv.QUOTE_MINIMAL
        yield next(_records(line, delimiter, quoting), [])


def _rows(records: Iterable[list[str]]) -> tuple[RawRow, ...]:
    return without_blank_runs(
        RawRow(number, tuple(keep_text(cell) for cell in record)) for number, record in enumerate(records, 1)
    )


def _records(text: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> csv._reader:  # type: ignore[name-defined]
    csv.field_size_limit(_FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
