"""Rows of a table of households: their members stand in another table of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from safepassage.core.intake.build import Draft, start_draft
from safepassage.core.intake.codes import RejectCode, RowReason
from safepassage.core.intake.column_map import ColumnMap, Field
from safepassage.core.intake.join import Join
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.people_rows import RowDrafts
from safepassage.core.people import Relation

_PERSONAL = (Field.NAME, Field.GIVEN, Field.FAMILY)


def join_members(join: Join, members: Sequence[RowDrafts]) -> None:
    """Gives members the group of their household, and what the household says of everyone and of its head."""
    by_household: dict[int, list[Draft]] = {}
    for row in members:
        parent = join.parent_of.get(row.raw.number, 0)
        for draft in row.drafts if parent else ():
            draft.group = f"household {join.parent} {parent}"
            draft.facts.inherited = join.inherited(row.raw.number)[0]
            by_household.setdefault(parent, []).append(draft)
    for drafts in by_household.values():
        head = next((draft for draft in drafts if draft.relation is Relation.HEAD), drafts[0])
        shared = join.inherited(head.row.number)[1]
        head.facts.said = [*head.facts.said, *(one for one in shared if not head.facts.has(one.field))]


def settle_households(join: Join, households: Sequence[RowDrafts], members: Sequence[RowDrafts]) -> None:
    """Decides what each household row is: a description of listed members, a head not listed there, or a reject."""
    listed: dict[int, list[Draft]] = {}
    for row in members:
        parent = join.parent_of.get(row.raw.number)
        if parent:
            listed.setdefault(parent, []).extend(row.drafts)
    for row in households:
        if row.raw.reject or isinstance(row.reason, RowReason):
            continue
        drafts = listed.get(row.raw.number, [])
        own = _own_person(row)
        if own and not _is_listed(own, drafts):
            own.group = f"household {join.parent} {row.raw.number}"
            own.relation = Relation.HEAD if own.relation is Relation.UNKNOWN else own.relation
            row.drafts, row.reason = [own], None
        else:
            row.drafts = []
            row.reason = RowReason.HOUSEHOLD if drafts else RejectCode.HOUSEHOLD_WITHOUT_MEMBERS


def _own_person(row: RowDrafts) -> Draft | None:
    """The person whom a household row names itself, if it does."""
    if not row.drafts or not row.drafts[0].facts.has(*_PERSONAL):
        return None
    own = start_draft(row.drafts[0].facts, row.ref, 1)
    return own if own.name else None


def _is_listed(own: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the members already hold the head: by relation, or by the same name."""
    name = fold_phrase(own.name)
    return any(draft.relation is Relation.HEAD or fold_phrase(draft.name) == name for draft in drafts)


def parents_of(joins: Sequence[Join]) -> Mapping[str, Join]:
    """Sheet of households to its join."""
    return {join.parent: join for join in joins}


def has_heads(column_map: ColumnMap) -> bool:
    """Whether the rows of a household table name a person themselves."""
    return bool(column_map.of(*_PERSONAL))
