"""Kin whom a list only counts ("3 kids"): never twice, and never beside those whom the same group names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safepassage.core.intake.build import Draft
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.facts import PersonFacts
from safepassage.core.intake.lexicon.cells import read_relation, read_sex
from safepassage.core.intake.members import counts_kin
from safepassage.core.intake.nameless import is_no_name
from safepassage.core.people import Relation, Sex

_NAMES = (Field.NAME, Field.GIVEN, Field.FAMILY)
_OF_MEMBERS = (*_NAMES, Field.RELATION, Field.SEX, Field.AGE)


def without_repeats(columns: Sequence[list[PersonFacts]]) -> list[PersonFacts]:
    """The kin whom several cells of one row count: "children 5" beside "sons 2, daughters 3" is five.

    Args:
        columns: For each column of the row those whom it counts.
    """
    kept: list[PersonFacts] = []
    told = [(relation, list(people)) for people in columns for relation, people in _by_relation(people)]
    for relation in dict.fromkeys(relation for relation, _ in told):
        cells = [people for one, people in told if one is relation]
        fullest = max(cells, key=len)
        men = max((cell for cell in cells if _all_of(cell, Sex.MALE)), key=len, default=[])
        women = max((cell for cell in cells if _all_of(cell, Sex.FEMALE)), key=len, default=[])
        kept += [*men, *women] if len(men) + len(women) >= len(fullest) and men and women else fullest
    return kept


def cells_that_count(cells: Sequence[str], column_map: ColumnMap) -> tuple[tuple[str, str], ...]:
    """The cells of a row that tell of kin without naming them, as written, with their headers.

    Args:
        cells: The row, verbatim.
        column_map: How its table was read.
    """
    said = [(column, cells[column.index].strip()) for column in column_map.columns if column.index < len(cells)]
    named = {column.member for column, text in said if column.field in _NAMES and not is_no_name(text)}
    return tuple(
        (column.header, text)
        for column, text in said
        if text
        and (
            column.field is Field.MEMBERS
            or (column.field is Field.NOTES and counts_kin(text))
            or (column.member and column.member not in named and column.field in _OF_MEMBERS)
        )
    )


def drop_named(rows: Iterable[Sequence[Draft]]) -> set[int]:
    """The counted kin (by `id`) whom their list group names elsewhere, so that nobody takes two seats.

    A named member stands for one counted kin of the same relation, the one of the same age if there is one; where
    either relation is not told, any will do. Whom the same cell names is held against its count already.
    """
    groups: dict[str, list[Draft]] = {}
    for row in rows:
        for draft in row:
            groups.setdefault(draft.group or f"row {draft.row.number}", []).append(draft)
    gone: set[int] = set()
    for drafts in groups.values():
        counted = [draft for draft in drafts if draft.facts.is_counted]
        for named in drafts if counted else ():
            if named.facts.is_counted or named.relation is Relation.HEAD or not named.has_ground:
                continue
            fits = [one for one in counted if id(one) not in gone and _can_be(one, named)]
            if fits:
                age = named.facts.first(Field.AGE)
                gone.add(id(max(fits, key=lambda one: (_fitness(one, named, age), one.ordinal))))
    return gone


def _fitness(one: Draft, named: Draft, age: str) -> tuple[bool, bool]:
    return one.relation is named.relation, bool(age) and one.facts.first(Field.AGE) == age


def _can_be(counted: Draft, named: Draft) -> bool:
    sexes = {sex for sex in (_sex(counted.facts), _sex(named.facts)) if sex is not Sex.UNKNOWN}
    is_same_row = named.row.row == counted.row.row
    is_told_apart = is_same_row and (named.facts.member == 0 or named.facts.cell == counted.facts.cell)
    relations = (counted.relation, named.relation)
    return not is_told_apart and len(sexes) < 2 and (relations[0] is relations[1] or Relation.UNKNOWN in relations)


def _sex(facts: PersonFacts) -> Sex:
    return read_sex(facts.first(Field.SEX)) or Sex.UNKNOWN


def _all_of(people: Sequence[PersonFacts], sex: Sex) -> bool:
    return bool(people) and all(_sex(person) is sex for person in people)


def _by_relation(people: Iterable[PersonFacts]) -> list[tuple[Relation, list[PersonFacts]]]:
    found: dict[Relation, list[PersonFacts]] = {}
    for person in people:
        relation = read_relation(person.first(Field.RELATION)) or person.relation
        found.setdefault(relation, []).append(person)
    return list(found.items())
