"""All tables of a file to drafts: members joined to households, groups found, other sheets explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safepassage.core.intake.away import leave_out_those_away
from safepassage.core.intake.codes import FileKind, RejectCode, RowReason
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.columns.propose import PEOPLE
from safepassage.core.intake.counted import drop_named
from safepassage.core.intake.groups import group_drafts
from safepassage.core.intake.households import join_members, settle_households
from safepassage.core.intake.join import find_joins
from safepassage.core.intake.noted_kin import note_kin
from safepassage.core.intake.people_rows import Delivery, RowDrafts, draft_lines, draft_table
from safepassage.core.intake.plain_rows import reason_without_people
from safepassage.core.intake.readers.xml_people import NOTE
from safepassage.core.intake.tables import RawFile, RawTable
from safepassage.core.intake.whole_list import say_of_everyone

_TYPED = (Field.BIRTH, Field.AGE, Field.SEX, Field.PHONE, Field.RELATION, Field.NATIONALITY, Field.FATHER)
_LEAST_DATA = 3


def has_people(column_map: ColumnMap) -> bool:
    """Whether a table can name people: a column of names, documents or free lines that is believed."""
    return any(column.confidence >= 0.5 for column in column_map.of(*PEOPLE))


def draft_file(
    raw: RawFile, maps: Mapping[str, ColumnMap], delivery: Delivery, tell: Callable[[float, str], None]
) -> dict[str, list[RowDrafts]]:
    """The rows of every table with their drafts, grouped, or with the reason why there are none."""
    joins = find_joins(raw.tables, maps)
    parents = {join.parent for join in joins}
    any_people = any(has_people(maps[table.sheet]) for table in raw.tables)
    drafted: dict[str, list[RowDrafts]] = {}
    for done, table in enumerate(raw.tables):
        tell(0.4 + 0.2 * done / len(raw.tables), "reading rows")
        column_map = maps[table.sheet]
        if raw.kind is FileKind.CHAT:
            drafted[table.sheet] = draft_lines(table, delivery)
        elif raw.kind is FileKind.PFIF and table.sheet == NOTE:
            drafted[table.sheet] = _explained(table, column_map, delivery, RowReason.NOTE)
        elif has_people(column_map) or table.sheet in parents:
            drafted[table.sheet] = draft_table(table, column_map, delivery)
        else:
            reason = _reason_of_sheet(table, column_map, any_people=any_people)
            drafted[table.sheet] = _explained(table, column_map, delivery, reason)
    for join in joins:
        join_members(join, drafted[join.child])
        settle_households(join, drafted[join.parent], drafted[join.child])
    for sheet, rows in drafted.items():
        blanks = {at for at, row in enumerate(rows) if row.reason is RowReason.BLANK}
        is_said = any(column.is_said for column in maps[sheet].of(Field.GROUP))
        group_drafts([row.drafts for row in rows], blanks if raw.kind is not FileKind.CHAT else (), is_said=is_said)
        leave_out_those_away(rows)
        say_of_everyone([row.drafts for row in rows], dict(maps[sheet].everyone))
    gone = drop_named(row.drafts for rows in drafted.values() for row in rows)
    for rows in drafted.values() if gone else ():
        for row in rows:
            row.drafts = [draft for draft in row.drafts if id(draft) not in gone]
    note_kin(row.drafts for rows in drafted.values() for row in rows)
    return drafted


def _reason_of_sheet(table: RawTable, column_map: ColumnMap, *, any_people: bool) -> RowReason | RejectCode:
    """What the rows of a sheet without names are: data that nobody understood, or no list at all."""
    typed = len({column.field for column in column_map.of(*_TYPED)})
    filled = sum(not row.is_blank for row in table.rows)
    is_data = filled >= _LEAST_DATA and len(column_map.columns) > 1
    if typed >= 2 or (is_data and not any_people):
        return RejectCode.COLUMNS_UNKNOWN
    return RowReason.OTHER_SHEET


def _explained(
    table: RawTable, column_map: ColumnMap, delivery: Delivery, reason: RowReason | RejectCode
) -> list[RowDrafts]:
    """The rows of a table without people, each with its reason."""
    return [
        RowDrafts(
            raw,
            delivery.refer(table.sheet, raw.number),
            reason=raw.reject
            or reason_without_people(raw, column_map, has_header_form=table.header is not None)
            or reason,
        )
        for raw in table.rows
    ]
