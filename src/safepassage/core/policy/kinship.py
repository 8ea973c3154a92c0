"""What one member is to another, from what each is to the party's proposed principal.

Identity states relations to the principal that it proposes; the policy may find the ground in somebody else
(a citizen child, a wife who worked for an embassy). What can't be told for sure stays unknown and is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from safepassage.core.identity import Member, Party
from safepassage.core.ids import PersonId
from safepassage.core.people import Relation, inverse_of

R = Relation

_ACROSS: Mapping[tuple[Relation, Relation], Relation] = {
    # (what the member is to the head, what the other is to the head): what the member is to the other
    (R.CHILD, R.SPOUSE): R.CHILD,
    (R.PARENT, R.SPOUSE): R.PARENT_IN_LAW,
    (R.SIBLING, R.SPOUSE): R.SIBLING_IN_LAW,
    (R.GRANDCHILD, R.SPOUSE): R.GRANDCHILD,
    (R.CHILD_IN_LAW, R.SPOUSE): R.CHILD_IN_LAW,
    (R.SPOUSE, R.CHILD): R.PARENT,
    (R.CHILD, R.CHILD): R.SIBLING,
    (R.PARENT, R.CHILD): R.GRANDPARENT,
    (R.SIBLING, R.CHILD): R.AUNT_UNCLE,
    (R.PARENT_IN_LAW, R.CHILD): R.GRANDPARENT,
    (R.NIECE_NEPHEW, R.CHILD): R.COUSIN,
    (R.SPOUSE, R.PARENT): R.CHILD_IN_LAW,
    (R.CHILD, R.PARENT): R.GRANDCHILD,
    (R.PARENT, R.PARENT): R.SPOUSE,
    (R.SIBLING, R.PARENT): R.CHILD,
    (R.SPOUSE, R.SIBLING): R.SIBLING_IN_LAW,
    (R.CHILD, R.SIBLING): R.NIECE_NEPHEW,
    (R.PARENT, R.SIBLING): R.PARENT,
    (R.SIBLING, R.SIBLING): R.SIBLING,
    (R.GRANDPARENT, R.SIBLING): R.GRANDPARENT,
    (R.COLLEAGUE, R.SPOUSE): R.NOT_RELATED,
    (R.CHILD, R.COLLEAGUE): R.NOT_RELATED,
    (R.SPOUSE, R.COLLEAGUE): R.NOT_RELATED,
}


def relation_between(party: Party, member: Member, other: Member) -> Relation:
    """What `member` is to `other`: as lists state it, else as it follows from the proposed principal."""
    stated = _stated(party, member.person, other.person)
    if stated is not Relation.UNKNOWN:
        return stated
    if other.is_principal:
        return Relation.UNKNOWN if member.relation is Relation.HEAD else member.relation
    if member.is_principal:
        return inverse_of(other.relation)
    if other.relation is Relation.SPOUSE and _has_two_spouses(party):
        return Relation.UNKNOWN
    return _ACROSS.get((member.relation, other.relation), Relation.UNKNOWN)


def _stated(party: Party, person: PersonId, of: PersonId) -> Relation:
    for kinship in party.kinships:
        if (kinship.person, kinship.of) == (person, of) and inverse_of(kinship.relation) is not Relation.UNKNOWN:
            return kinship.relation
    for kinship in party.kinships:
        if (kinship.person, kinship.of) == (of, person) and inverse_of(kinship.relation) is not Relation.UNKNOWN:
            return inverse_of(kinship.relation)
    return Relation.UNKNOWN


def _has_two_spouses(party: Party) -> bool:
    """Then a child of the head need not be the child of this spouse."""
    return sum(member.relation is Relation.SPOUSE for member in party.members) > 1
