"""Joins a table of households to the table of their members: by nesting, or by a key that both hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.facts import PersonFacts, Said, gather_row
from safepassage.core.intake.tables import RawRow, RawTable

_KEYS = (Field.PARENT_KEY, Field.GROUP, Field.ROW_KEY, Field.EXTRA, Field.DOCUMENT)
_INHERITED = (Field.PLACE, Field.LANGUAGE)
_OF_THE_HEAD = (Field.CLAIM, Field.PHONE, Field.EMAIL, Field.NOTES)
_FITTING = 0.9
"""The share of members that must find their household for two tables to be held to belong together."""


@dataclass(slots=True)
class Join:
    """Households of one table for the members of another: which row is whose."""

    parent: str
    child: str
    parent_of: Mapping[int, int]
    """Row number of the member to row number of the household."""
    households: Mapping[int, PersonFacts] = field(default_factory=dict)

    def inherited(self, number: int) -> tuple[list[Said], list[Said]]:
        """What the household of a member's row says of everyone, and what of its head alone."""
        facts = self.households.get(self.parent_of.get(number, 0))
        if facts is None:
            return [], []
        return facts.all(*_INHERITED), facts.all(*_OF_THE_HEAD)


def find_joins(tables: Sequence[RawTable], maps: Mapping[str, ColumnMap]) -> list[Join]:
    """The joins between tables of a file; each table of members has one table of households at most."""
    joins = []
    for child in tables:
        if not maps[child.sheet].of(Field.NAME, Field.GIVEN, Field.DOCUMENT, Field.FAMILY, Field.RELATION):
            continue
        if child.parent is not None:
            parent_of = {row.number: row.parent for row in child.rows if row.parent}
            joins.append(Join(child.parent, child.sheet, parent_of))
            continue
        found = [
            (rank, join)
            for parent in tables
            if parent is not child and parent.header is None
            for rank, join in (_join_by_key(parent, child, maps),)
            if join
        ]
        if found:
            joins.append(max(found, key=lambda item: item[0])[1])
    return _without_circles(joins, tables, maps)


def _without_circles(joins: list[Join], tables: Sequence[RawTable], maps: Mapping[str, ColumnMap]) -> list[Join]:
    """Keeps joins whose household table is no member table itself, and reads the households."""
    kept = []
    by_sheet = {table.sheet: table for table in tables}
    for join in joins:
        turned = any(other.parent == join.child and other.child == join.parent for other in joins)
        if turned and maps[join.parent].of(Field.RELATION):
            continue
        column_map = maps[join.parent]
        wanted = set(join.parent_of.values())
        join.households = {
            row.number: gather_row(row.cells, column_map)[0]
            for row in by_sheet[join.parent].rows
            if row.number in wanted
        }
        kept.append(join)
    return kept


def _join_by_key(
    parent: RawTable, child: RawTable, maps: Mapping[str, ColumnMap]
) -> tuple[tuple[float, ...], Join | None]:
    best: tuple[tuple[float, ...], Join | None] = ((), None)
    members = _rows(child, maps)
    households = _rows(parent, maps)
    if len(members) < 1 or len(households) < 1:
        return best
    for left in maps[parent.sheet].of(*_KEYS):
        keys = [(_cell(row, left.index), row.number) for row in households]
        stated = {key: number for key, number in keys if key}
        if len(stated) < len([key for key, _ in keys if key]) or len(stated) < 0.9 * len(households):
            continue
        for right in maps[child.sheet].of(*_KEYS):
            is_named = left.header.casefold() == right.header.casefold() or right.field is Field.PARENT_KEY
            if not is_named and (right.field is not Field.GROUP or left.field not in (Field.GROUP, Field.ROW_KEY)):
                continue
            parent_of = {
                row.number: stated[_cell(row, right.index)] for row in members if _cell(row, right.index) in stated
            }
            if len(parent_of) < _FITTING * len(members) or not _is_shared(parent_of, right.field):
                continue
            rank = (
                float(right.field is Field.PARENT_KEY),
                float(right.field is Field.GROUP),
                float(is_named),
                float(len(parent_of)),
            )
            if rank > best[0]:
                best = (rank, Join(parent.sheet, child.sheet, parent_of))
    return best


def _is_shared(parent_of: Mapping[int, int], field_: Field) -> bool:
    """A key that is said to be of a group joins; another does if several members share one."""
    return field_ in (Field.PARENT_KEY, Field.GROUP) or len(set(parent_of.values())) < len(parent_of)


def _rows(table: RawTable, maps: Mapping[str, ColumnMap]) -> list[RawRow]:
    return [row for row in table.rows if row.number > maps[table.sheet].header_row and not row.is_blank]


def _cell(row: RawRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""
