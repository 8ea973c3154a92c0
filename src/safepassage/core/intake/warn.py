"""Warnings about column maps and dates: what a person should look at before relying on a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from safepassage.core.intake.coded import UnknownValues
from safepassage.core.intake.codes import WarningCode
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.columns.propose import PEOPLE
from safepassage.core.intake.left_blank import STRANGERS
from safepassage.core.intake.people_rows import RowDrafts
from safepassage.core.intake.values import FileWarning
from safepassage.core.people import Listing

UNSURE = 0.6
"""Below this confidence somebody should look at a column."""
_ROWS_SHOWN = 12


def warn_of_maps(maps: Iterable[ColumnMap], *, households: Collection[str] = ()) -> tuple[FileWarning, ...]:
    """Sheets that name nobody (one column of text is an explanation), columns understood by half."""
    found = []
    for column_map in maps:
        is_prose = len(column_map.columns) <= 1 and not column_map.of(*PEOPLE)
        if column_map.sheet in households or is_prose:
            continue
        if not column_map.of(*PEOPLE):
            message = "No column of names or documents is found in this sheet; it gives no people of its own."
            found.append(FileWarning(WarningCode.SHEET_UNKNOWN, message, column_map.sheet))
            continue
        unsure = [
            column.header
            for column in column_map.columns
            if column.field not in (Field.EXTRA, Field.IGNORE, Field.TEXT) and column.confidence < UNSURE
        ]
        if unsure:
            listed = ", ".join(unsure[:8])
            message = f"Look at {len(unsure)} columns that are understood by half: {listed}."
            values = ("count", str(len(unsure))), ("columns", listed)
            found.append(FileWarning(WarningCode.COLUMN_UNSURE, message, column_map.sheet, values))
    return tuple(found)


def warn_of_values(unknown: Iterable[UnknownValues]) -> tuple[FileWarning, ...]:
    """How many cells of each column of closed words hold none that we know; which they are is told apart."""
    found = []
    for one in unknown:
        values = ("count", str(one.total)), ("different", str(len(one.values))), ("columns", one.column)
        message = (
            f"{one.total} cells of column {one.column} hold words that we don't know ({len(one.values)} different)."
        )
        found.append(FileWarning(WarningCode.VALUES_UNKNOWN, message, one.sheet, values))
    return tuple(found)


def warn_of_kin_elsewhere(listings: Sequence[Listing]) -> tuple[FileWarning, ...]:
    """How many kin are told to be abroad or out already: they count nowhere else."""
    number = sum(one.kin_elsewhere for one in listings)
    if not number:
        return ()
    message = f"Kin told to be abroad or out already: {number}; they are no listings and have no seat."
    return (FileWarning(WarningCode.KIN_ELSEWHERE, message, values=(("count", str(number)),)),)


def warn_of_births(listings: Sequence[Listing], maps: Iterable[ColumnMap]) -> tuple[FileWarning, ...]:
    """How many birth dates can be read in two ways, where the column does not tell which way is meant."""
    unsure = {column_map.sheet for column_map in maps if column_map.day_order is None}
    twofold = sum(bool(one.birth and len(one.birth.readings) > 1 and one.row.sheet in unsure) for one in listings)
    if not twofold:
        return ()
    message = f"{twofold} birth dates can be read with the day or the month first; both readings are kept."
    return (FileWarning(WarningCode.DAY_ORDER_UNKNOWN, message, values=(("count", str(twofold)),)),)


def warn_of_groups(
    drafted: Mapping[str, Sequence[RowDrafts]], maps: Mapping[str, ColumnMap]
) -> tuple[FileWarning, ...]:
    """Rows of each sheet taken into the family above, whose number stands once, and those whom nothing ties to it."""
    found = []
    for sheet, rows in drafted.items():
        filled = sum(any(draft.is_filled_down for draft in row.drafts) for row in rows)
        if filled:
            column = next((column.header for column in maps[sheet].of(Field.GROUP)), "")
            message = (
                f"{filled} rows without a family number were taken into the family above them (column {column})."
            )
            values = ("count", str(filled)), ("columns", column)
            found.append(FileWarning(WarningCode.GROUP_FILLED_DOWN, message, sheet, values))
        doubted = [draft.row.number for row in rows for draft in row.drafts if draft.is_doubted]
        if doubted:
            values = ("count", str(len(doubted))), ("rows", _shown(doubted))
            message = (
                f"{len(doubted)} rows without a family number fit nobody of the family above them by surname, father "
                f"or phone (row {_shown(doubted)}): whose are they? Who differs in all three stands apart."
            )
            found.append(FileWarning(WarningCode.GROUP_DOUBTED, message, sheet, values))
    return tuple(found)


def _shown(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_ROWS_SHOWN])) + (", …" if len(rows) > _ROWS_SHOWN else "")


def warn_of_lone_kin(drafted: Mapping[str, Sequence[RowDrafts]]) -> tuple[FileWarning, ...]:
    """The rows of each sheet whose person is said to be somebody's kin and stands in no family: a child alone."""
    found = []
    for sheet, rows in drafted.items():
        alone = [
            draft.row.number
            for row in rows
            for draft in row.drafts
            if draft.has_ground and not draft.group and draft.relation not in STRANGERS
        ]
        if alone:
            shown = _shown(alone)
            message = (
                f"{len(alone)} people are said to be a wife, a child or other kin, and the list doesn't tell whose: "
                f"each stands alone (row {shown}). Write their family's number on their rows, take it in again."
            )
            values = ("count", str(len(alone))), ("rows", shown)
            found.append(FileWarning(WarningCode.KIN_ALONE, message, sheet, values))
    return tuple(found)
