"""Which cells of a row tell of a specific need, and in which words: whoever has no seat for it is told why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.lexicon.cells import read_flag, read_needs, read_needs_of_remark
from safepassage.core.intake.lexicon.kin_needs import read_kin_needs
from safepassage.core.people import Need


@dataclass(frozen=True, slots=True)
class ToldNeed:
    """A need as a cell tells it: the column's header and the cell as it is written."""

    need: Need
    header: str
    text: str


def cells_of_needs(cells: Sequence[str], column_map: ColumnMap, *, of_kin: bool = False) -> tuple[ToldNeed, ...]:
    """The needs that a row's cells tell of, as the intake read them.

    Args:
        cells: The row, verbatim.
        column_map: How its table was read.
        of_kin: The needs of relatives that its remarks tell of ("his mother uses a wheelchair"), and no others.
    """
    told = []
    for column in column_map.columns:
        text = cells[column.index].strip() if column.index < len(cells) else ""
        if text:
            needs = _of_kin(column.field, text) if of_kin else _own(column.field, column.code, text)
            told += [ToldNeed(need, column.header, text) for need in needs]
    return tuple(told)


def _own(field: Field, code: str, text: str) -> Sequence[Need]:
    if field is Field.NOTES:
        return read_needs_of_remark(text)
    if field is not Field.NEED:
        return ()
    flag = read_flag(text)
    if code:
        return (Need(code),) if flag is True or (flag is None and read_needs(text)) else ()
    return read_needs(text)


def _of_kin(field: Field, text: str) -> Sequence[Need]:
    return [need for told in read_kin_needs(text) for need in told.needs] if field is Field.NOTES else ()
