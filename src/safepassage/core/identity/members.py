"""The members of one party: who takes a seat, who is the principal, who looks after whom."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import date

from safepassage.core.dates import age_in_years
from safepassage.core.identity.absent_head import relation_in_household
from safepassage.core.identity.circle import Circle
from safepassage.core.identity.counted import doubled, is_counted, stated_size
from safepassage.core.identity.people import Kinship, Member, Party, PartyFlag, Person
from safepassage.core.ids import ListGroupId, ListingId, PersonId
from safepassage.core.people import Relation, inverse_of

_FULL_AGE = 18
_VERY_LARGE = 20
_YOUNGER = (Relation.CHILD, Relation.GRANDCHILD, Relation.NIECE_NEPHEW)
_THROUGH = {
    (Relation.SPOUSE, Relation.CHILD): Relation.CHILD,
    (Relation.SPOUSE, Relation.SPOUSE): Relation.HEAD,
    (Relation.SPOUSE, Relation.PARENT): Relation.PARENT_IN_LAW,
    (Relation.SPOUSE, Relation.SIBLING): Relation.SIBLING_IN_LAW,
    (Relation.CHILD, Relation.CHILD): Relation.GRANDCHILD,
    (Relation.CHILD, Relation.SPOUSE): Relation.CHILD_IN_LAW,
    (Relation.CHILD, Relation.SIBLING): Relation.CHILD,
    (Relation.PARENT, Relation.CHILD): Relation.SIBLING,
    (Relation.PARENT, Relation.SPOUSE): Relation.PARENT,
    (Relation.SIBLING, Relation.SIBLING): Relation.SIBLING,
    (Relation.SIBLING, Relation.PARENT): Relation.PARENT,
    (Relation.SIBLING, Relation.CHILD): Relation.NIECE_NEPHEW,
    (Relation.SIBLING, Relation.SPOUSE): Relation.SIBLING_IN_LAW,
}
"""What a member is to the principal: by what their list's head is to the principal, and they to that head."""


def build_party(
    circle: Circle,
    by_id: Mapping[PersonId, Person],
    elsewhere: Set[PersonId],
    kept_apart: frozenset[tuple[PersonId, PersonId]],
    apart: frozenset[tuple[ListingId, ListingId]] = frozenset(),
) -> Party:
    """The party that a circle proposes; those in `elsewhere` have their seat in another party.

    `apart` holds pairs of listings, both ways round, that a person judged to be different.
    """
    people = list(circle.people)
    flags: list[PartyFlag] = []
    kept_out = _kept_out(circle, people, kept_apart)
    people = [person for person in people if person not in kept_out]
    principal = _principal(circle, people, by_id)
    members = [_member(circle, person, principal, by_id, elsewhere) for person in people]
    seated = {member.person: member.is_confirmed for member in members}
    twice = doubled(circle, seated, apart)
    members = [replace(member, is_confirmed=False) if member.person in twice else member for member in members]
    members = [_with_adult(member, members, circle) for member in members]
    hidden = tuple(sorted({q for p, q in kept_apart if p in people} | kept_out))
    if kept_out or (kept_apart and hidden):
        flags.append(PartyFlag.KEPT_APART)
    if any(member.is_confirmed and member.is_minor and _adult(member) is None for member in members):
        flags.append(PartyFlag.MINOR_WITHOUT_ADULT)
    if any(not member.is_confirmed for member in members):
        flags.append(PartyFlag.MEMBER_UNCONFIRMED)
    unnamed = sum(not by_id[member.person].name for member in members if member.is_confirmed)
    if unnamed:
        flags.append(PartyFlag.NAME_UNKNOWN)
    stated = stated_size(circle.all_stated)
    # whoever is kept out counts as known: the figure must not tell that there is somebody
    more = max(0, stated - len(circle.people) + len(twice))
    if more:
        flags.append(PartyFlag.MORE_STATED)
    if any(person in elsewhere for person in people):
        flags.append(PartyFlag.SHARED_MEMBER)
    if circle.has_two_heads(people):
        flags.append(PartyFlag.TWO_HEADS)
    if len(people) > _VERY_LARGE:
        flags.append(PartyFlag.VERY_LARGE)
    kinships = _kinships(circle, set(people))
    return Party(
        circle.id,
        tuple(members),
        circle.list_groups,
        kinships,
        tuple(sorted(set(flags))),
        hidden,
        unnamed=unnamed,
        stated_size=stated,
        perhaps_more=more,
    )


def _kept_out(
    circle: Circle, people: list[PersonId], kept_apart: frozenset[tuple[PersonId, PersonId]]
) -> frozenset[PersonId]:
    """Of two who must not meet, the one whom fewer groups state goes out; on a tie the later stated."""
    rank = {person: (-len(circle.attested_by(person)), at) for at, person in enumerate(people)}
    out: set[PersonId] = set()
    for person in sorted(people, key=lambda person: rank[person]):
        if any((person, other) in kept_apart for other in people if other not in out and rank[other] < rank[person]):
            out.add(person)
    return frozenset(out)


def _principal(circle: Circle, people: list[PersonId], by_id: Mapping[PersonId, Person]) -> PersonId:
    """The head of the founding group, else another head, else the oldest known adult, else the first stated."""

    def rank(person: PersonId) -> tuple[bool, bool, bool, bool, int, int]:
        heads = [x.group for x in circle.listings_of(person) if x.relation is Relation.HEAD]
        birth = by_id[person].birth
        born = birth.earliest.toordinal() if birth else date.max.toordinal()
        is_first = bool(heads) and bool(circle.groups) and circle.groups[0] in heads
        return (
            is_counted(circle.listings_of(person)),
            not is_first,
            not heads,
            _is_minor(circle, person, by_id[person]),
            born,
            people.index(person),
        )

    return min(people, key=rank)


def _member(
    circle: Circle, person: PersonId, principal: PersonId, by_id: Mapping[PersonId, Person], elsewhere: Set[PersonId]
) -> Member:
    is_here, facts = person not in elsewhere, by_id[person]
    return Member(
        person=person,
        relation=Relation.HEAD if person == principal else _relation_to(circle, person, principal, by_id),
        is_confirmed=circle.is_confirmed_by_hand(person) or (is_here and circle.is_seated(person)),
        is_principal=person == principal,
        accompanying_adult=circle.adults.get(person),
        is_minor=_is_minor(circle, person, facts),
        attested_by=tuple(group for group in circle.list_groups if person in circle.stated[group]),
    )


def _relation_to(circle: Circle, person: PersonId, principal: PersonId, by_id: Mapping[PersonId, Person]) -> Relation:
    """As somebody said, else as the lists state it of the two, else through the head of another group."""
    if (person, principal) in circle.relations:
        return circle.relations[person, principal]
    if (principal, person) in circle.relations:
        return inverse_of(circle.relations[principal, person])
    direct = _stated_to(circle, person, principal, by_id)
    if direct is not Relation.UNKNOWN:
        return direct
    for group in circle.attested_by(person):
        head = _head(circle, group)
        if head is None or head in {person, principal}:
            continue
        between = circle.relations.get((head, principal), _stated_to(circle, head, principal, by_id))
        through = _THROUGH.get((between, circle.stated[group][person].relation), Relation.UNKNOWN)
        if through is not Relation.UNKNOWN:
            return through
    return Relation.UNKNOWN


def _stated_to(circle: Circle, person: PersonId, principal: PersonId, by_id: Mapping[PersonId, Person]) -> Relation:
    """What the lists say of the two: in a group headed by the principal, or of one household's absent head."""
    for group in circle.attested_by(person):
        if _head(circle, group) == principal:
            return circle.stated[group][person].relation
    if len(circle.parts) > 1:
        return relation_in_household(circle, person, principal, by_id)
    return Relation.UNKNOWN


def _head(circle: Circle, group: ListGroupId) -> PersonId | None:
    heads = [person for person, listing in circle.stated[group].items() if listing.relation is Relation.HEAD]
    return heads[0] if len(heads) == 1 else None


def _is_minor(circle: Circle, person: PersonId, facts: Person) -> bool:
    """Whether the person may be under 18; a child or grandchild of unknown age may be."""
    ages = age_in_years(facts.birth, circle.on) if facts.birth else None
    if ages is None:
        relations = {listing.relation for listing in circle.listings_of(person)}
        return bool(relations & set(_YOUNGER))
    return ages[0] < _FULL_AGE


def _with_adult(member: Member, members: list[Member], circle: Circle) -> Member:
    """Proposes an accompanying adult for a minor: a parent by relation, else the principal, else any adult."""
    if not member.is_minor or member.accompanying_adult is not None:
        return member
    adults = [other for other in members if not other.is_minor and other.is_confirmed]
    if not adults:
        return member
    is_child = member.relation is Relation.CHILD

    def rank(other: Member) -> tuple[bool, bool, int]:
        is_parent = is_child and other.relation in (Relation.HEAD, Relation.SPOUSE)
        return (not is_parent, not other.is_principal, circle.people.index(other.person))

    return replace(member, adult_proposed=min(adults, key=rank).person)


def _adult(member: Member) -> PersonId | None:
    return member.accompanying_adult or member.adult_proposed


def _kinships(circle: Circle, people: Set[PersonId]) -> tuple[Kinship, ...]:
    """What the groups state of each member and their own head, and what somebody said of two: that alone counts."""
    found: dict[tuple[PersonId, Relation, PersonId], list[ListGroupId]] = {}
    for group in circle.groups:
        head = _head(circle, group)
        if head is None or head not in people:
            continue
        for person, listing in circle.stated[group].items():
            is_said = (person, head) in circle.relations or (head, person) in circle.relations
            if person in people and person != head and listing.relation is not Relation.UNKNOWN and not is_said:
                found.setdefault((person, listing.relation, head), []).append(group)
    for (person, other), relation in circle.relations.items():
        if person in people and other in people:
            found.setdefault((person, relation, other), [])
    return tuple(Kinship(*key, tuple(groups)) for key, groups in sorted(found.items()))
