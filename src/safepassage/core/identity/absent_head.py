"""What the members of a torn household are to its head, whom their own list doesn't name among them.

One list names Karim alone; another his wife and children, as "wife" and "son" of nobody on it, or with Karim as
husband and father. Once somebody said that they are one household, such words are about him. What no list states
stays unknown and is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from safepassage.core.identity.circle import Circle
from safepassage.core.identity.people import Person
from safepassage.core.identity.spelling import skeleton, words_of
from safepassage.core.ids import PersonId
from safepassage.core.people import Listing, Relation, Sex

_BEFORE_NAMES = frozenset(skeleton(word) for word in ("mohammad", "ghulam", "abdul"))
"""Half the men bear one of them: alone they name nobody beside a further name."""


def relation_in_household(
    circle: Circle, person: PersonId, head: PersonId, by_id: Mapping[PersonId, Person]
) -> Relation:
    """What a person is to the head, as their own lists state it; unknown if these say nothing of it."""
    facts, other = by_id[person], by_id[head]
    for group in circle.attested_by(person):
        listing, stated = circle.stated[group][person], circle.stated[group]
        is_headless = head not in stated and all(x.relation is not Relation.HEAD for x in stated.values())
        if is_headless and len(stated) > 1 and _can_be(listing.relation, facts, other):
            return listing.relation
    for listing in circle.listings_of(person):
        if found := _by_name(listing, facts, other):
            return found
    return _of_their_family(circle, facts, other)


def _of_their_family(circle: Circle, person: Person, head: Person) -> Relation:
    """What the head's own list says of somebody it doesn't list: a spouse by name, or her children's father."""
    for listing in circle.listings_of(head.id):
        if _is_named(listing.spouse, person) and _can_be(Relation.SPOUSE, person, head):
            return Relation.SPOUSE
        if listing.group is None or listing.relation is not Relation.HEAD:
            continue
        family = circle.stated.get(listing.group, {}).values()
        children = [other for other in family if other.relation is Relation.CHILD]
        named = [other for other in children if _is_parent(other, person)]
        if named and not any(_is_parent(other, head) for other in named) and _can_be(Relation.SPOUSE, person, head):
            return Relation.SPOUSE
    return Relation.UNKNOWN


def _by_name(listing: Listing, person: Person, head: Person) -> Relation | None:
    if _is_named(listing.spouse, head) and _can_be(Relation.SPOUSE, person, head):
        return Relation.SPOUSE
    return Relation.CHILD if _is_parent(listing, head) else None


def _is_parent(listing: Listing, person: Person) -> bool:
    if person.sex is not Sex.FEMALE and _is_named(listing.father, person):
        return True
    return person.sex is not Sex.MALE and _is_named(listing.mother, person)


def _can_be(relation: Relation, person: Person, head: Person) -> bool:
    if relation is Relation.UNKNOWN:
        return False
    return relation is not Relation.SPOUSE or person.sex is Sex.UNKNOWN or person.sex is not head.sex


def _is_named(text: str, person: Person) -> bool:
    """Whether a name written of somebody's kin is this person's: each word of the shorter stands in the longer."""
    said = _bones(text)
    known = [_bones(name) for name in (person.name, person.name_latin, person.name_arabic, *person.other_names)]
    return bool(said) and any(name and (said <= name or name <= said) for name in known)


def _bones(name: str) -> frozenset[str]:
    bones = frozenset(skeleton(word) for word in words_of(name))
    return bones - _BEFORE_NAMES or bones
