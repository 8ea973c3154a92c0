"""Which list groups state one family, and which tie may not make one party of several.

A party in which somebody is booked, holds a pass or is on the way is not joined with another by what a list says:
whoever sends two rows could otherwise take the seats of two families. Such parties stay what they were. The group
that ties them goes with the one that it shares most people with, or with the older one; a question asks about whoever
now stands in two parties, and two people's word joins them (`households`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations

from safepassage.core.identity.cluster import Forest
from safepassage.core.identity.values import Judgement, JudgementVerdict
from safepassage.core.ids import BatchId, ListGroupId, ListingId, PartyId, PersonId, derived_id
from safepassage.core.people import Listing, Relation

NOT_FAMILY = (Relation.COLLEAGUE, Relation.NOT_RELATED)
Groups = dict[ListGroupId, dict[PersonId, Listing]]
_Pair = tuple[ListGroupId, ListGroupId]


@dataclass(frozen=True, slots=True)
class Committed:
    """What the last run left of those who are committed: nothing of it is changed by a list alone."""

    seats: Mapping[PersonId, PartyId] = field(default_factory=dict)
    """The party in which each of them had a seat."""
    person_of: Mapping[ListingId, PersonId] = field(default_factory=dict)
    """Who each listing was, of anybody."""


def groups_of(listings: Sequence[Listing], person_of: Mapping[ListingId, PersonId]) -> Groups:
    """For each list group the listing by which it states each person; colleagues are no family."""
    groups: Groups = {}
    for listing in listings:
        if listing.group and listing.relation not in NOT_FAMILY and listing.id in person_of:
            groups.setdefault(listing.group, {}).setdefault(person_of[listing.id], listing)
    return groups


def with_lone(  # noqa: PLR0917
    groups: Groups,
    listings: Sequence[Listing],
    person_of: Mapping[ListingId, PersonId],
    committed: Committed,
    judgements: Sequence[Judgement],
    operation: str,
) -> tuple[Groups, dict[ListGroupId, PartyId]]:
    """Adds who is committed in a party of their own and is stated by a group now: each listing as a group of one.

    So too whom a word joined with others from a party of their own: taken back, they have it again.

    Returns:
        The groups, and the party of before of those added.
    """
    if not committed.seats:
        return groups, {}
    said = {x for one in judgements if one.verdict is JudgementVerdict.HOUSEHOLD for x in (one.left, one.right)}
    stated = {person for people in groups.values() for person in people}
    loose = [x for x in listings if x.group is None or x.relation in NOT_FAMILY]
    alone = {person_of[x.id] for x in loose if x.id in said} & committed.seats.keys()
    alone |= {p for p, party in committed.seats.items() if party == derived_id("PT", operation, p)}
    added = {ListGroupId(x.id): {person_of[x.id]: x} for x in loose if person_of[x.id] in alone & stated}
    return {**groups, **added}, {group: committed.seats[p] for group, people in added.items() for p in people}


def families_of(
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]],
    kept_apart: frozenset[tuple[PersonId, PersonId]],
    *,
    listings: Sequence[Listing] = (),
    judgements: Sequence[Judgement] = (),
    previous: Mapping[ListGroupId, PartyId] | None = None,
    batch_order: Sequence[BatchId] = (),
    committed: Committed | None = None,
) -> list[list[ListGroupId]]:
    """List groups that are held to state one family, in any order of the groups the same."""
    order = sorted(groups)
    number = {group: at for at, group in enumerate(order)}
    shared = {
        pair: common
        for pair, common in _sharing(groups).items()
        if not (kept_apart and any((p, q) in kept_apart for p in groups[pair[0]] for q in groups[pair[1]]))
    }
    forest = Forest()
    held = set(committed.seats.values()) if committed else set()
    if committed is None or not held:
        for a, b in shared:
            forest.join(number[a], number[b])
    else:
        before = previous or {}
        known = {g: before[g] for g in order if g in before}
        once = _sharing(_as_they_were(known, groups, listings, committed.person_of))
        parted = _parted(groups, listings, judgements)
        place = {batch: at for at, batch in enumerate(batch_order)}

        def age(group: ListGroupId) -> tuple[int, ListGroupId]:
            return min(place.get(x.row.batch, len(place)) for x in groups[group].values()), group

        def is_settled(pair: _Pair) -> bool:
            """Both were known, and were of one party, or share people only since somebody's word changed persons."""
            a, b = pair
            return a in known and b in known and (known[a] == known[b] or pair not in once or pair in parted)

        def rank(pair: _Pair) -> tuple[object, ...]:
            older, younger = sorted(map(age, pair))
            return (not is_settled(pair), -shared[pair], older, younger)

        ties = _Ties(forest, number, known, held, _divided(groups, listings, judgements, known, held))
        for pair in sorted(shared, key=rank):
            ties.join(*pair, is_settled=is_settled(pair))
    return [[order[at] for at in family] for family in forest.sets(range(len(order)))]


class _Ties:
    """Joins groups, but not parties of before in one of which somebody is committed."""

    def __init__(
        self,
        forest: Forest,
        number: Mapping[ListGroupId, int],
        known: Mapping[ListGroupId, PartyId],
        held: Set[PartyId],
        divided: Iterable[_Pair],
    ) -> None:
        self.forest, self.number, self.held = forest, number, held
        self.parties = {number[group]: {party} for group, party in known.items()}
        self.never: dict[int, set[int]] = {}
        for a, b in divided:
            self.never.setdefault(number[a], set()).add(number[b])
            self.never.setdefault(number[b], set()).add(number[a])

    def join(self, a: ListGroupId, b: ListGroupId, *, is_settled: bool) -> None:
        left, right = (self.forest.root(self.number[group]) for group in (a, b))
        if left == right:
            return
        mine, theirs = (self.parties.get(root, set()) for root in (left, right))
        is_tie = not mine <= theirs and not theirs <= mine and bool((mine | theirs) & self.held)
        against = {self.forest.root(at) for at in self.never.get(left, ())}
        if (is_tie and not is_settled) or right in against:
            return
        self.forest.join(left, right)
        root = self.forest.root(left)
        self.parties[root] = mine | theirs
        self.never[root] = self.never.get(left, set()) | self.never.get(right, set())


def _sharing(groups: Mapping[ListGroupId, Mapping[PersonId, Listing]]) -> dict[_Pair, int]:
    """How many people two groups share, of those that share enough to state one family."""
    stated_in: dict[PersonId, list[ListGroupId]] = {}
    for group in sorted(groups):
        for person in groups[group]:
            stated_in.setdefault(person, []).append(group)
    shared: dict[_Pair, int] = {}
    for where in stated_in.values():
        for pair in combinations(where, 2):
            shared[pair] = shared.get(pair, 0) + 1
    size = {group: sum(not x.is_counted for x in stated.values()) for group, stated in groups.items()}
    return {
        (a, b): common
        for (a, b), common in sorted(shared.items())
        if common >= 2 or 2 * common >= min(size[a], size[b])
    }


def _as_they_were(
    known: Mapping[ListGroupId, PartyId],
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]],
    listings: Sequence[Listing],
    person_of: Mapping[ListingId, PersonId],
) -> Groups:
    """Whom the last run held these groups to state; a lone listing is a group of one."""
    found = groups_of([x for x in listings if x.group in known], person_of)
    for group in known.keys() - found.keys():
        found[group] = {person_of[x.id]: x for x in groups[group].values() if x.id in person_of}
    return found


def _pairs_said(
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]], listings: Sequence[Listing], said: Sequence[Judgement]
) -> set[_Pair]:
    """The groups of the two listings of each of these judgements, in order."""
    if not said:
        return set()
    where: dict[ListingId, ListGroupId] = {}
    for x in listings:
        group = x.group if x.group in groups else ListGroupId(x.id)
        if group is not None and group in groups:
            where[x.id] = group
    pairs = [(where.get(one.left), where.get(one.right)) for one in said]
    return {(min(a, b), max(a, b)) for a, b in pairs if a is not None and b is not None and a != b}


def _parted(
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]],
    listings: Sequence[Listing],
    judgements: Sequence[Judgement],
) -> set[_Pair]:
    """Groups between whom somebody was kept apart and is no more: taken back, it leaves no trace."""
    gone = [x for x in judgements if not x.is_active and x.verdict is JudgementVerdict.KEEP_APART]
    return _pairs_said(groups, listings, gone)


def _divided(
    groups: Mapping[ListGroupId, Mapping[PersonId, Listing]],
    listings: Sequence[Listing],
    judgements: Sequence[Judgement],
    known: Mapping[ListGroupId, PartyId],
    held: Set[PartyId],
) -> set[_Pair]:
    """Groups of one committed party that only somebody's word made one, standing or taken back: lists never did."""
    pairs = _pairs_said(groups, listings, [x for x in judgements if x.verdict is JudgementVerdict.HOUSEHOLD])
    return {(a, b) for a, b in pairs if known.get(a) in held and known.get(a) == known.get(b)}
