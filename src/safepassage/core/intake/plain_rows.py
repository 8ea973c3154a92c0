# ruff: noqa: E501  (words in Arabic script)
"""Rows that name nobody and are no fault: blanks, titles, headers, totals, remarks."""

from __future__ import annotations

import re

from safepassage.core.intake.codes import RowReason
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.columns.evidence import looks_like_value
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.tables import RawRow

_TOTAL = re.compile(
    r"^(sub ?total|grand total|total|totals|sum|count|مجموع|مجموعه|جمع|جمع کل|حاصل جمع|ټول|ټولټال|المجموع|всього|усього|разом|итого|всего|summe|gesamt|somme)\b"
)
_FEW = 4
_PERSONAL = (Field.NAME, Field.GIVEN, Field.FAMILY, Field.DOCUMENT, Field.TEXT, Field.MEMBERS)


def reason_without_people(  # noqa: PLR0911  (a ladder of looks)
    row: RawRow, column_map: ColumnMap, *, has_header_form: bool
) -> RowReason | None:
    """Why a row names nobody, by its looks alone; None if it may name somebody.

    Args:
        row: The row as read.
        column_map: The map of its table.
        has_header_form: Whether the form itself names the columns, so that no row is a title or a header.
    """
    if row.is_blank:
        return RowReason.BLANK
    if has_header_form:
        return None
    if row.number < column_map.header_row:
        return RowReason.TITLE
    if row.number == column_map.header_row or _repeats_header(row, column_map):
        return RowReason.HEADER
    filled = row.filled
    is_total = len(filled) <= _FEW and bool(_TOTAL.match(fold_phrase(filled[0])))
    if is_total and not any(sign.isalpha() for cell in filled[1:] for sign in cell):
        return RowReason.TOTAL
    if len(filled) == 1 and len(column_map.columns) > 2 and not _has_personal(row, column_map):
        is_words = sum(sign.isalpha() for sign in filled[0]) >= 3 and not looks_like_value(filled[0])
        return RowReason.REMARK if is_words else None
    return None


def _repeats_header(row: RawRow, column_map: ColumnMap) -> bool:
    """A header printed again on a new page, or a row of tags below the headers (HXL)."""
    filled = row.filled
    if len(filled) >= 2 and all(cell.strip().startswith("#") and cell.strip()[1:2].isalpha() for cell in filled):
        return not any(cell.strip().endswith(("!", "?", "N/A")) for cell in filled)
    same = sum(
        column.index < len(row.cells)
        and bool(row.cells[column.index].strip())
        and row.cells[column.index].strip().casefold() == column.header.casefold()
        for column in column_map.columns
    )
    return same >= 2 and same >= 0.6 * len(filled)


def _has_personal(row: RawRow, column_map: ColumnMap) -> bool:
    cells = [row.cells[c.index] for c in column_map.of(*_PERSONAL) if c.index < len(row.cells)]
    return any(cell.strip() for cell in cells)
