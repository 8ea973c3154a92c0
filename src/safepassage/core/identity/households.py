"""Families that lists tear apart: who says that they are one household joins them, and who is asked.

A person who says `household` of two listings says that those with whom they stand travel together. Nobody gains a
seat by that: each is seated as the lists of their own family seat them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from safepassage.core.identity.cluster import Forest
from safepassage.core.identity.people import Party
from safepassage.core.identity.values import (
    OF_HOUSEHOLDS,
    Judgement,
    JudgementVerdict,
    Link,
    Review,
    ReviewKind,
)
from safepassage.core.ids import ListGroupId, ListingId, PartyId, PersonId, derived_id
from safepassage.core.people import Listing

_MOST_PEOPLE = 30
"""What a person can look at at once."""
_UNSURE_FACTOR = 0.001
"""What somebody looked at and left open comes last."""
_MOSTLY_RIGHT = 0.8
"""How often at least such a question is right, however unlikely the weights hold it (`docs/identity-model.md`)."""

Groups = dict[ListGroupId, dict[PersonId, Listing]]
Family = list[ListGroupId]


def join_households(  # noqa: PLR0917
    families: Sequence[Family],
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]],
    listings: Sequence[Listing],
    judgements: Sequence[Judgement],
    person_of: Mapping[ListingId, PersonId],
    kept_apart: frozenset[tuple[PersonId, PersonId]],
) -> tuple[list[list[Family]], Groups]:
    """Families as somebody said that they belong together: each a list of the families it is made of.

    Who is named by listings without a list group comes in with these, each as a group of one (by the listing's id);
    but where lists state them in one family alone, that family is meant. Two who are kept apart never meet: a word
    that would bring them together has no effect. Words count in the order of time.

    Returns:
        The families, and the groups with those of one.
    """
    known: Groups = {group: dict(stated) for group, stated in groups.items()}
    parts = [list(family) for family in families]
    people = [{person for group in family for person in known[group]} for family in parts]
    of_group = {group: at for at, family in enumerate(parts) for group in family}
    families_of: dict[PersonId, set[int]] = {}
    for at, members in enumerate(people):
        for person in members:
            families_of.setdefault(person, set()).add(at)
    group_of: dict[ListingId, ListGroupId] = {}
    loose: dict[PersonId, list[Listing]] = {}
    for x in listings:
        if ListGroupId(x.id) in groups:
            group_of[x.id] = ListGroupId(x.id)
        elif x.group is not None and person_of[x.id] in groups.get(x.group, {}):
            group_of[x.id] = x.group
        else:
            loose.setdefault(person_of[x.id], []).append(x)
    forest = Forest()
    own: dict[PersonId, int] = {}

    def stands(listing: ListingId) -> int:
        person = person_of[listing]
        if listing in group_of:
            return of_group[group_of[listing]]
        if len(where := families_of.get(person, set())) == 1:
            return next(iter(where))
        if person not in own:
            own[person] = len(parts)
            parts.append([ListGroupId(x.id) for x in loose[person]])
            people.append({person})
            known.update({ListGroupId(x.id): {person: x} for x in loose[person]})
        return own[person]

    for left, right in _said(judgements, person_of):
        a, b = (forest.root(stands(listing)) for listing in (left, right))
        if a != b and not _meets(people[a], people[b], kept_apart):
            forest.join(a, b)
            people[forest.root(a)] = people[a] | people[b]
    return [[parts[at] for at in one] for one in forest.sets(range(len(parts)))], known


def _said(
    judgements: Sequence[Judgement], person_of: Mapping[ListingId, PersonId]
) -> list[tuple[ListingId, ListingId]]:
    """Pairs of two people who are said to be of one household, in the order of time."""
    standing = sorted(
        (one.at, min(one.left, one.right), max(one.left, one.right))
        for one in judgements
        if one.is_active and one.verdict is JudgementVerdict.HOUSEHOLD
    )
    return [
        (left, right)
        for _at, left, right in standing
        if left in person_of and right in person_of and person_of[left] != person_of[right]
    ]


def _meets(
    ones: Iterable[PersonId], others: Iterable[PersonId], kept_apart: frozenset[tuple[PersonId, PersonId]]
) -> bool:
    return bool(kept_apart) and any(pair in kept_apart for pair in product(ones, others))


def ask_of_households(
    parties: Sequence[Party],
    person_of: Mapping[ListingId, PersonId],
    *,
    households: Sequence[Link],
    links: Iterable[Link],
    judgements: Sequence[Judgement],
    kept_apart: frozenset[tuple[PersonId, PersonId]],
) -> tuple[Review, ...]:
    """One question for each two parties that seem to be one household though nobody stands in both of them.

    It holds the likeliest pair between the two. Of parties that others tie together the fewest questions are asked.
    Not asked is whom somebody judged already (one answer settles all pairs between the two parties), who may be one
    person still (`links`: that comes first), and what would show anybody to whom they are kept apart from. The
    largest families first.
    """
    if not households:
        return ()
    homes: dict[PersonId, list[PartyId]] = {}
    for party in parties:
        for member in party.members:
            homes.setdefault(member.person, []).append(party.id)

    def between(left: ListingId, right: ListingId) -> list[frozenset[PartyId]]:
        person, other = (person_of.get(listing, PersonId("")) for listing in (left, right))
        if person == other:
            return []
        mine, theirs = homes.get(person, []), homes.get(other, [])
        return [frozenset((a, b)) for a in mine for b in theirs if a != b and not set(mine) & set(theirs)]

    settled = {pair for link in links for pair in between(link.left, link.right)}
    for one in judgements:
        if one.is_active and one.verdict in OF_HOUSEHOLDS:
            settled.update(between(one.left, one.right))
    unsure = {
        tuple(sorted((one.left, one.right)))
        for one in judgements
        if one.is_active and one.verdict is JudgementVerdict.UNSURE
    }
    people = {party.id: frozenset(member.person for member in party.members) for party in parties}
    forest = Forest()
    groups = {party.id: party.groups for party in parties}
    number = {party.id: at for at, party in enumerate(parties)}
    questions = []
    for link in sorted(households, key=lambda link: (-link.household, link.left, link.right)):
        found = between(link.left, link.right)
        if len(found) != 1 or found[0] in settled:
            continue
        near, far = sorted(found[0])
        size = len(people[near] | people[far])
        is_tied = forest.root(number[near]) == forest.root(number[far])
        if is_tied or size > _MOST_PEOPLE or _meets(people[near], people[far], kept_apart):
            continue
        forest.join(number[near], number[far])
        is_unsure = tuple(sorted((link.left, link.right))) in unsure
        questions.append(_question(link, size, tuple(sorted({*groups[near], *groups[far]})), is_unsure=is_unsure))
    return tuple(sorted(questions, key=lambda review: (-review.harm, review.id)))


def _question(link: Link, people: int, groups: tuple[ListGroupId, ...], *, is_unsure: bool) -> Review:
    """At most half as harmful as one pair that is surely one person: many people alone put it before nobody."""
    listings = tuple(sorted((link.left, link.right)))
    likely = max(_MOSTLY_RIGHT, link.household) * (_UNSURE_FACTOR if is_unsure else 1.0)
    return Review(
        id=derived_id("Q", ReviewKind.SAME_HOUSEHOLD, *listings),
        kind=ReviewKind.SAME_HOUSEHOLD,
        listings=listings,
        links=(link,),
        harm=round(0.5 * likely * people / _MOST_PEOPLE, 6),
        question="Nobody stands in two of these parties, but they seem to be one household. Do they travel together?",
        groups=groups,
    )
