"""Travelling parties across lists, as a proposal: who is stated to belong together, and what has to be asked.

Two list groups are one family if they share at least half of the smaller one (kin who are only counted aside), or
two people of it. A single shared member of two larger groups (a married daughter, a colleague on an employer's
letter) never joins families: it is a question. Whom nobody lists together is joined where somebody said that they are
one household (`households`). Who is kept apart, confidentially, never shares a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, combinations, count

from safepassage.core.identity.circle import Circle
from safepassage.core.identity.counted import ask_of_counted, held_apart
from safepassage.core.identity.families import Committed, families_of, groups_of, with_lone
from safepassage.core.identity.households import ask_of_households, join_households
from safepassage.core.identity.members import build_party
from safepassage.core.identity.people import Party, PartyFlag, Person
from safepassage.core.identity.tied import ask_of_ties
from safepassage.core.identity.values import Judgement, JudgementVerdict, Link, Review, ReviewKind
from safepassage.core.ids import BatchId, ListGroupId, ListingId, OperationId, PartyId, PersonId, derived_id
from safepassage.core.people import Listing, Relation


def propose_parties(
    persons: Sequence[Person],
    listings: Sequence[Listing],
    *,
    operation: OperationId,
    on: date,
    judgements: Sequence[Judgement] = (),
    confirmed: Sequence[tuple[ListGroupId | PartyId, PersonId]] = (),
    adults: Mapping[PersonId, PersonId] | None = None,
    previous: Mapping[ListGroupId, PartyId] | None = None,
    batch_order: Sequence[BatchId] = (),
    households: Sequence[Link] = (),
    links: Sequence[Link] = (),
    relations: Mapping[tuple[PersonId, PersonId], Relation] | None = None,
    committed: Committed | None = None,
) -> tuple[tuple[Party, ...], tuple[Review, ...]]:
    """Proposes who travels together, and what has to be asked; every person is in at least one party.

    Args:
        persons: As derived.
        listings: All listings.
        operation: Ids are derived from it.
        on: The day on which ages count.
        judgements: For keep-apart, and for who is said to be one household.
        confirmed: Members whom a person confirmed, by party or by one of its list groups.
        adults: Confirmed accompanying adults: minor to adult.
        previous: Party of each list group at the last run, so that ids stay and older groups come first.
        batch_order: Batches in the order of receipt, so that the first list to state a family founds its party;
            without it the group that other lists bear out best does.
        households: Pairs that are likely two of one household (`Resolution.households`), to ask about them.
        relations: What one of us said that a person is to another; it outranks the lists.
        links: Pairs that may be one person: parties between which there is one are not asked about as households.
        committed: Who is booked, holds a pass or is on the way, and where they sat: no list joins their party with
            another, nor takes them out of it.
    """
    by_id = {person.id: person for person in persons}
    person_of = {listing: person.id for person in persons for listing in person.listings}
    known = sorted((x for x in listings if x.id in person_of), key=lambda x: x.id)
    committed = committed or Committed()
    groups, lone = with_lone(groups_of(known, person_of), known, person_of, committed, judgements, operation)
    previous = {**(previous or {}), **lone}
    kept_apart = keep_apart_pairs(judgements, person_of)
    families_told = families_of(
        groups,
        kept_apart,
        listings=known,
        judgements=judgements,
        previous=previous,
        batch_order=batch_order,
        committed=committed,
    )
    told, groups = join_households(families_told, groups, known, judgements, person_of, kept_apart)
    in_order = partial(_in_order, groups=groups, previous=previous, batch_order=batch_order)
    families = [in_order([group for part in parts for group in part]) for parts in told]
    own = {g: _own_id(g, stated, operation) for g, stated in groups.items()}
    ids = _party_ids(families, operation, previous, own)
    confirmations = {(str(where), person) for where, person in confirmed}
    circles = [
        Circle(
            party,
            tuple(family),
            {g: groups[g] for g in family},
            confirmations,
            adults or {},
            on,
            founders=tuple(in_order(part)[0] for part in parts),
            parts=tuple(map(tuple, parts)),
            also=tuple(own[g] for g in family),
            relations=relations or {},
        )
        for party, family, parts in zip(ids, families, told, strict=True)
    ]
    homes, questions = _homes(circles, kept_apart, committed)
    apart = held_apart(judgements)
    parties = [
        build_party(circle, by_id, {p for p in circle.people if homes[p] != circle.id}, kept_apart, apart)
        for circle in circles
    ]
    asked = {pair for link in links for pair in ((link.left, link.right), (link.right, link.left))}
    questions += ask_of_counted(circles, apart, asked)
    questions += ask_of_ties(circles, judgements, kept_apart, set(committed.seats.values()))
    of_id = {listing.id: listing for listing in known}
    seated = {member.person for party in parties for member in party.members}
    parties += [
        _alone(
            person, operation, adults or {}, on, kept_apart, stated=[of_id[x] for x in person.listings if x in of_id]
        )
        for person in persons
        if person.id not in seated
    ]
    questions += ask_of_households(
        parties, person_of, households=households, links=links, judgements=judgements, kept_apart=kept_apart
    )
    return tuple(sorted(parties, key=lambda party: party.id)), questions


def keep_apart_pairs(
    judgements: Sequence[Judgement], person_of: Mapping[ListingId, PersonId]
) -> frozenset[tuple[PersonId, PersonId]]:
    """Who must never travel together nor learn of each other, both ways round.

    Of whom one side was erased, the other stays hidden as before: the listing's id, which leads to nobody, stands for
    the one who is gone.
    """
    found = set()
    for judgement in judgements:
        if judgement.is_active and judgement.verdict is JudgementVerdict.KEEP_APART:
            left = person_of.get(judgement.left, PersonId(judgement.left))
            right = person_of.get(judgement.right, PersonId(judgement.right))
            if left != right:
                found |= {(left, right), (right, left)}
    return frozenset(found)


def _own_id(group: ListGroupId, stated: Mapping[PersonId, Listing], operation: str) -> PartyId:
    """The id of a group's own party; of a lone listing (a group under its own id) that of its person's."""
    person, listing = next(iter(stated.items()))
    return PartyId(derived_id("PT", operation, person if str(group) == listing.id else group))


def _in_order(
    family: list[ListGroupId],
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]],
    previous: Mapping[ListGroupId, PartyId],
    batch_order: Sequence[BatchId],
) -> list[ListGroupId]:
    """The founding group first: known before, received first, best borne out by other sources."""
    place = {batch: at for at, batch in enumerate(batch_order)}

    def rank(group: ListGroupId) -> tuple[bool, int, float, int, str]:
        mine = groups[group]
        own_source = _source(mine)
        others = {person for other in family if _source(groups[other]) != own_source for person in groups[other]}
        share = sum(person in others for person in mine) / len(mine)
        received = min(place.get(listing.row.batch, len(place)) for listing in mine.values())
        return (group not in previous, received, -share, -len(mine), group)

    return sorted(family, key=rank)


def _source(stated: Mapping[PersonId, Listing]) -> str:
    return next(iter(stated.values())).source


def _party_ids(
    families: Sequence[Sequence[ListGroupId]],
    operation: str,
    previous: Mapping[ListGroupId, PartyId],
    of_group: Mapping[ListGroupId, PartyId],
) -> list[PartyId]:
    """Ids that stay: a family keeps the id of its first group.

    Of the parts of a family that fell apart, the one with the group on which the id was founded keeps it; the others
    get one of their own.
    """
    own = [[of_group[group] for group in family] for family in families]
    before = [[previous[group] for group in family if group in previous] for family in families]
    chosen: dict[int, PartyId] = {}
    taken: set[PartyId] = set()

    def choose(at: int, options: Iterable[PartyId]) -> None:
        free = next((option for option in options if option not in taken), None) if at not in chosen else None
        if free is not None:
            chosen[at] = free
            taken.add(free)

    for at in range(len(families)):
        choose(at, (party for party in before[at] if party in own[at]))
    for at in range(len(families)):
        choose(at, before[at])
    for at, family in enumerate(families):
        further = (PartyId(derived_id("PT", operation, *family, str(number))) for number in count(1))
        choose(at, chain(own[at], further))
    return [chosen[at] for at in range(len(families))]


def _homes(
    circles: Sequence[Circle], kept_apart: frozenset[tuple[PersonId, PersonId]], committed: Committed
) -> tuple[dict[PersonId, PartyId], tuple[Review, ...]]:
    """The one party in which each person can be confirmed, and a question for each who stands in several."""
    where: dict[PersonId, list[Circle]] = {}
    for circle in circles:
        for person in circle.people:
            where.setdefault(person, []).append(circle)
    homes: dict[PersonId, PartyId] = {}
    held = set(committed.seats.values())
    questions = []
    for person, found in sorted(where.items()):
        is_bound = any(circle.id in held for circle in found)  # then only a party that seats them may have them
        best = min(
            found,
            key=lambda circle: (
                not circle.is_confirmed_by_hand(person),
                is_bound and not circle.is_seated(person),
                *circle.claim_on(person),
                circle.id,
            ),
        )
        homes[person] = best.id
        settled = sum(circle.is_confirmed_by_hand(person) for circle in found) == 1
        hidden = any((p, q) in kept_apart for a, b in combinations(found, 2) for p in a.people for q in b.people)
        if len(found) > 1 and not settled and not (kept_apart and hidden):
            questions.append(_question(person, found))
    return homes, tuple(sorted(questions, key=lambda review: (-review.harm, review.id)))


def _question(person: PersonId, circles: Sequence[Circle]) -> Review:
    listings = tuple(sorted(listing.id for circle in circles for listing in circle.listings_of(person)))
    groups = tuple(sorted(group for circle in circles for group in circle.groups if person in circle.stated[group]))
    people = {other for circle in circles for other in circle.people}
    return Review(
        id=derived_id("Q", ReviewKind.TWO_PARTIES, *listings),
        kind=ReviewKind.TWO_PARTIES,
        listings=listings,
        links=(),
        harm=round(0.5 * len(people), 6),
        question="One person stands in two parties. With whom do they travel?",
        groups=groups,
    )


def _alone(
    person: Person,
    operation: str,
    adults: Mapping[PersonId, PersonId],
    on: date,
    kept_apart: frozenset[tuple[PersonId, PersonId]],
    *,
    stated: Sequence[Listing],
) -> Party:
    """The party of a person whom no family states, or who was kept out of one."""
    circle = Circle(
        PartyId(derived_id("PT", operation, person.id)), (), {}, set(), adults, on, person.id, tuple(stated)
    )
    party = build_party(circle, {person.id: person}, set(), kept_apart)
    return replace(party, flags=(*party.flags, PartyFlag.KEPT_APART)) if party.hidden_from else party
