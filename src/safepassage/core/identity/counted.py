"""Kin whom one list only counts ("3 kids") beside those whom another names: no seat twice, and a question.

Beside them "family size 6" over four people: no list counts who the two are, so that they take no seat; the party
bears the doubt instead (`doubt_of_size`), until a call says who comes.

The matcher leaves counted kin apart, since nothing is stated that could tell them from others. Inside one proposed
party they are held against the named members of the other lists one to one, for two purposes alone: a counted one
gives up the seat when the named one takes it, and a person is asked whether they are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from safepassage.core.dates import PartialDate
from safepassage.core.identity.phrases import read_name
from safepassage.core.identity.values import TWO_PEOPLE, Judgement, Link, Review, ReviewKind
from safepassage.core.ids import ListGroupId, ListingId, PersonId, derived_id
from safepassage.core.people import Listing, Relation, Sex

if TYPE_CHECKING:
    from safepassage.core.identity.circle import Circle
    from safepassage.core.identity.people import Party

_SLACK_DAYS = 3 * 366
"""Ages of children are told from memory: three years off may still be one child."""
_NEAR_DAYS = 366
"""Of two without a name, births so near may be one."""
_FAR = 10**6
_ONCE = (Relation.HEAD, Relation.SPOUSE, Relation.PARENT)
"""What a family mostly has one of, of either sex."""
_COUNTED = "One list counts members of this family whom another list names. Are they the same people?"
_COUNTED_TWICE = "Two lists count members of this family whom neither names. Are they the same people?"
_NAMELESS = (
    "A list leaves members of this family without a name who may stand in another list. Are they the same people?"
)
Pair = tuple[Listing, Listing]
"""A counted listing and the named one that it may stand for."""


def is_counted(listings: Iterable[Listing]) -> bool:
    """Whether nothing but a number is known of whom these listings state."""
    stated = list(listings)
    return bool(stated) and all(listing.is_counted for listing in stated)


def pair_counted(
    circle: Circle, apart: Set[tuple[ListingId, ListingId]] = frozenset(), taken: Set[ListingId] = frozenset()
) -> tuple[Pair, ...]:
    """The counted kin of each group with the named members of other groups whom they may stand for, one to one.

    Args:
        circle: The groups of one party.
        apart: Pairs of listings, both ways round, that a person holds to be different.
        taken: Listings that are asked about otherwise.
    """
    counted = [person for person in circle.people if is_counted(circle.listings_of(person))]
    named = [person for person in circle.people if person not in set(counted)]
    found: list[Pair] = []
    for group in circle.groups:
        mine = [circle.stated[group][person] for person in counted if person in circle.stated[group]]
        others = [
            listing
            for person in named
            if person not in circle.stated[group]
            for listing in circle.listings_of(person)[:1]
            if listing.id not in taken
        ]
        options = (
            sorted(
                (distance, one.id, other.id, one, other)
                for one in mine
                for other in others
                if (one.id, other.id) not in apart and (distance := _distance(one, other)) is not None
            )
            if mine and others
            else []
        )
        used: set[ListingId] = set()
        for _, left, right, one, other in options:
            if left not in used and right not in used:
                used |= {left, right}
                found.append((one, other))
    return tuple(found)


def doubled(
    circle: Circle, seated: Mapping[PersonId, bool], apart: Set[tuple[ListingId, ListingId]] = frozenset()
) -> frozenset[PersonId]:
    """Counted kin whose seat a named member has taken; whom somebody confirmed by hand keeps it."""
    person_of = {listing.id: person for person in circle.people for listing in circle.listings_of(person)}
    return frozenset(
        person_of[one.id]
        for one, other in pair_counted(circle, apart)
        if seated.get(person_of[other.id]) and not circle.is_confirmed_by_hand(person_of[one.id])
    )


def pair_nameless(
    circle: Circle, known: Set[tuple[ListingId, ListingId]], apart: Set[tuple[ListingId, ListingId]] = frozenset()
) -> tuple[Pair, ...]:
    """Whoever a list states without a name ("FNU", an unnamed baby), with those of other lists whom they may be.

    What the matcher does not hold to be likely by itself, for want of a name, is worth a question inside one family:
    births that can be one day, or one relation that a family has once (wife, mother). Of two of whom neither list
    gives a name, nothing has to be stated: they are asked about unless birth, sex or relation speak against it.

    Args:
        circle: The groups of one party.
        known: Pairs of listings, both ways round, that the matcher asks about or joins by itself.
        apart: Pairs of listings, both ways round, that a person holds to be different.
    """
    stated = {person: circle.listings_of(person) for person in circle.people}
    people = [person for person in circle.people if not is_counted(stated[person])]
    found: list[Pair] = []
    taken: set[PersonId] = set()
    for person in people:
        if person in taken or any(map(_has_own_name, stated[person])):
            continue
        for other in people:
            pairs = [(one, two) for one in stated[person] for two in stated[other]]
            is_told = any((one.id, two.id) in known or (one.id, two.id) in apart for one, two in pairs)
            is_here = bool(set(circle.attested_by(person)) & set(circle.attested_by(other)))
            if other != person and other not in taken and not is_here and not is_told and _may_be(*pairs[0]):
                taken |= {person, other}
                found.append(pairs[0])
                break
    return tuple(found)


def pair_both_counted(
    circle: Circle, apart: Set[tuple[ListingId, ListingId]] = frozenset(), taken: Set[ListingId] = frozenset()
) -> tuple[Pair, ...]:
    """Kin whom two lists count and neither names, one to one: "3 kids" here and "3 kids" there have six seats.

    Args:
        circle: The groups of one party.
        apart: Pairs of listings, both ways round, that a person holds to be different.
        taken: Listings that are asked about otherwise.
    """
    counted = [person for person in circle.people if is_counted(circle.listings_of(person))]
    listings = [one for person in counted for one in circle.listings_of(person)[:1] if one.id not in taken]
    options = sorted(
        (distance, one.id, other.id, one, other)
        for at, one in enumerate(listings)
        for other in listings[at + 1 :]
        if one.group != other.group
        and (one.id, other.id) not in apart
        and (distance := _distance(one, other)) is not None
    )
    found, used = list[Pair](), set[ListingId]()
    for _, left, right, one, other in options:
        if left not in used and right not in used:
            used |= {left, right}
            found.append((one, other))
    return tuple(found)


def ask_of_counted(
    circles: Sequence[Circle],
    apart: Set[tuple[ListingId, ListingId]],
    known: Set[tuple[ListingId, ListingId]] = frozenset(),
) -> tuple[Review, ...]:
    """A question for each party in which one list counts kin whom another names, or leaves them without a name.

    Args:
        circles: The groups of each party.
        apart: Pairs of listings, both ways round, that a person holds to be different.
        known: Pairs of listings, both ways round, that the matcher asks about or joins by itself.
    """
    questions = []
    for circle in circles:
        nameless = pair_nameless(circle, known, apart)
        asked = {one.id for pair in nameless for one in pair}
        named = pair_counted(circle, apart, asked)
        asked |= {one.id for pair in named for one in pair}
        both = pair_both_counted(circle, apart, asked)
        questions += [
            _question(circle, pairs, text)
            for pairs, text in ((named, _COUNTED), (both, _COUNTED_TWICE), (nameless, _NAMELESS))
            if pairs
        ]
    return tuple(questions)


def _question(circle: Circle, pairs: Sequence[Pair], text: str) -> Review:
    links = tuple(Link(min(one.id, other.id), max(one.id, other.id), 0.5) for one, other in pairs)
    listings = tuple(sorted({x for link in links for x in (link.left, link.right)}))
    groups: set[ListGroupId] = {x.group for pair in pairs for x in pair if x.group is not None}
    return Review(
        id=derived_id("Q", ReviewKind.SAME_PERSON, *listings),
        kind=ReviewKind.SAME_PERSON,
        listings=listings,
        links=links,
        harm=round(0.5 * len(circle.people), 6),
        question=text,
        groups=tuple(sorted(groups)),
    )


def stated_size(listings: Iterable[Listing]) -> int:
    """How many a family is by the largest figure of its lists, less kin who are told to be elsewhere; 0: not told."""
    stated = list(listings)
    elsewhere = max((listing.kin_elsewhere for listing in stated), default=0)
    return max(0, max((listing.stated_size for listing in stated), default=0) - elsewhere)


def doubt_of_size(party: Party) -> str:
    """What is not known of how many a party is, in words for a sheet: empty if nothing is in doubt.

    >>> from safepassage.core.identity import Party
    >>> from safepassage.core.ids import PartyId
    >>> doubt_of_size(Party(PartyId("PT-1"), (), unnamed=1, stated_size=6, perhaps_more=2))
    '1 without a name; perhaps 2 more (6 stated, 3 named)'
    """
    named = party.stated_size - party.perhaps_more - party.unnamed
    unnamed = f"{party.unnamed} without a name" if party.unnamed else ""
    more = (
        f"perhaps {party.perhaps_more} more ({party.stated_size} stated, {named} named)" if party.perhaps_more else ""
    )
    return "; ".join(filter(None, (unnamed, more)))


def held_apart(judgements: Iterable[Judgement]) -> frozenset[tuple[ListingId, ListingId]]:
    """Pairs of listings, both ways round, that a person holds to be different people."""
    active = [one for one in judgements if one.is_active and one.verdict in TWO_PEOPLE]
    return frozenset(pair for one in active for pair in ((one.left, one.right), (one.right, one.left)))


def _distance(counted: Listing, named: Listing) -> int | None:
    """Days between their births, far if either is unknown; None if they can't be one person."""
    sexes = {sex for sex in (counted.sex, named.sex) if sex is not Sex.UNKNOWN}
    if len(sexes) > 1 or not _relations_fit(counted.relation, named.relation):
        return None
    if counted.birth is None or named.birth is None:
        return _FAR
    apart = _days_apart(counted.birth, named.birth)
    return apart if apart <= _SLACK_DAYS else None


def _may_be(nameless: Listing, other: Listing) -> bool:
    """Whether who has no name may be this one of another list: enough is stated, and nothing is against it."""
    distance = _distance(nameless, other)
    if distance is None:
        return False
    if not _has_own_name(other):
        return distance <= _NEAR_DAYS or distance == _FAR
    is_once = nameless.relation in _ONCE and nameless.relation is other.relation and nameless.sex is other.sex
    return distance == 0 or (distance == _FAR and is_once)


def _has_own_name(listing: Listing) -> bool:
    """Whether a list gives a name of their own: "baby of Karim" and "wife of Karim" are none."""
    return bool(listing.name) and not read_name(listing.name).kind


def _relations_fit(counted: Relation, named: Relation) -> bool:
    """The head of another list may be the husband whom this one counts; a member told only as one may be anybody."""
    if counted is Relation.UNKNOWN:
        return named is not Relation.HEAD
    return counted is named or named is Relation.UNKNOWN or (counted, named) == (Relation.SPOUSE, Relation.HEAD)


def _days_apart(one: PartialDate, other: PartialDate) -> int:
    """Days between the nearest of their readings; 0 where they can be one day."""
    return min(max((a - d).days, (c - b).days, 0) for a, b in one.readings for c, d in other.readings)
