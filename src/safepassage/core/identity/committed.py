"""What a run may not change by itself: who somebody is who is booked, holds a pass or is on the way.

The matcher derives clusters anew from listings and judgements. A new listing joins whom it belongs to; but that two
persons of before are one, or one of them two, touches people who are committed only where two of us agreed. What is
held back is a question to a second person; everything else goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations

from safepassage.core.identity.cluster import Forest
from safepassage.core.identity.values import TWO_PEOPLE, Judgement, JudgementVerdict, Link
from safepassage.core.ids import ListingId, PersonId

Pair = tuple[ListingId, ListingId]
Clusters = Sequence[Sequence[ListingId]]
WITHDRAWN = "withdrawn"
"""What two agreed of a pair whose judgement they took back, if that had made them one."""
REJOINED = "rejoined"
"""The same, if it had made them two: the matcher may join them again as it did before."""
_TOGETHER = frozenset({JudgementVerdict.SAME.value, REJOINED})
_APART = frozenset({*(verdict.value for verdict in TWO_PEOPLE), WITHDRAWN})


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A change that waits: two listings of which a second person says whether the verdict holds."""

    left: ListingId
    right: ListingId
    verdict: JudgementVerdict
    by: str = ""
    """Who judged so alone; empty where the matcher found it."""


def persons_changing(clusters: Clusters, person_of: Mapping[ListingId, PersonId]) -> frozenset[PersonId]:
    """The persons of before who would be joined to another, or divided. Cost: one pass over all listings."""
    home: dict[PersonId, int] = {}
    found: set[PersonId] = set()
    for at, cluster in enumerate(clusters):
        owners = {person_of[listing] for listing in cluster if listing in person_of}
        if len(owners) > 1:
            found |= owners
        found |= {owner for owner in owners if home.setdefault(owner, at) != at}
    return frozenset(found)


def hold_committed(
    clusters: Clusters,
    person_of: Mapping[ListingId, PersonId],
    *,
    committed: Set[PersonId],
    agreed: Mapping[Pair, str],
    judgements: Sequence[Judgement] = (),
    links: Sequence[Link] = (),
) -> tuple[tuple[tuple[ListingId, ...], ...], tuple[HeldBack, ...]]:
    """The clusters without what nobody may change alone, and what was held back.

    Args:
        clusters: As derived, every listing once.
        person_of: Whose each listing was before.
        committed: Persons of before who are not changed by one alone, as far as they are among `persons_changing`.
        agreed: What two people agreed of a pair (ordered), as a verdict, `WITHDRAWN` or `REJOINED`.
        judgements: By which a change may have come.
        links: By which a new listing finds its place, and a question its pair.
    """
    touched = [cluster for cluster in clusters if any(person_of.get(listing) in committed for listing in cluster)]
    if not touched:
        return tuple(tuple(cluster) for cluster in clusters), ()
    known = {listing for cluster in touched for listing in cluster}
    holding = _Holding(person_of, committed, agreed, _Grounds.of(judgements, links, known))
    for cluster in touched:
        holding.take(cluster)
    holding.keep_whole()
    for at in range(len(touched)):
        holding.settle(at)
    others = [tuple(cluster) for cluster in clusters if cluster and cluster[0] not in known]
    return tuple(sorted((*others, *holding.parts()))), tuple(holding.held)


@dataclass(slots=True)
class _Grounds:
    """Judgements that stand and chances of links, by ordered pair, among the listings that are looked at."""

    judged: dict[Pair, Judgement]
    chance: dict[Pair, float]

    @classmethod
    def of(cls, judgements: Sequence[Judgement], links: Sequence[Link], known: Set[ListingId]) -> _Grounds:
        judged = {
            _ordered(one.left, one.right): one
            for one in judgements
            if one.is_active and one.left in known and one.right in known
        }
        inside = (one for one in links if one.left in known and one.right in known)
        return cls(judged, {_ordered(one.left, one.right): one.probability for one in inside})

    def question(self, ones: Iterable[ListingId], others: Iterable[ListingId], *, is_same: bool) -> HeldBack:
        """The pair by which a change is asked for: the one that somebody judged so, else the likeliest."""
        verdicts = _TOGETHER if is_same else _APART
        pairs = sorted(_ordered(one, other) for one in ones for other in others)
        for pair in pairs:
            found = self.judged.get(pair)
            if found and found.verdict.value in verdicts:
                return HeldBack(*pair, found.verdict, found.by)
        sign = 1.0 if is_same else -1.0
        best = max(pairs, key=lambda pair: sign * self.chance.get(pair, 0.0))
        return HeldBack(*best, JudgementVerdict.SAME if is_same else JudgementVerdict.DIFFERENT)


@dataclass(slots=True)
class _Holding:
    """Pieces (what one cluster has of one person of before, or one new listing) and which of them stay together."""

    person_of: Mapping[ListingId, PersonId]
    committed: Set[PersonId]
    agreed: Mapping[Pair, str]
    grounds: _Grounds
    pieces: list[tuple[str, list[ListingId]]] = field(default_factory=list)
    of_cluster: list[list[int]] = field(default_factory=list)
    forest: Forest = field(default_factory=Forest)
    together: dict[int, list[int]] = field(default_factory=dict)
    """By the root of those that were joined, all of them; a piece alone is not in it."""
    held: list[HeldBack] = field(default_factory=list)

    def take(self, cluster: Sequence[ListingId]) -> None:
        """Cuts a cluster into its pieces."""
        mine: dict[str, list[ListingId]] = {}
        for listing in sorted(cluster):
            mine.setdefault(self.person_of.get(listing, listing), []).append(listing)
        self.of_cluster.append(list(range(len(self.pieces), len(self.pieces) + len(mine))))
        self.pieces += mine.items()

    def keep_whole(self) -> None:
        """Puts the pieces of each committed person together again, but where two agreed that they are apart."""
        of_person: dict[str, list[int]] = {}
        for at, (owner, _) in enumerate(self.pieces):
            if owner in self.committed:
                of_person.setdefault(owner, []).append(at)
        for pieces in of_person.values():
            for one, other in combinations(pieces, 2):
                if self.forest.root(one) != self.forest.root(other) and not self._agreed(one, other, _APART):
                    ours, theirs = self._listings(one), self._listings(other)
                    self.held.append(self.grounds.question(ours, theirs, is_same=False))
                    self._join(one, other)

    def settle(self, cluster: int) -> None:
        """Joins the pieces of a cluster that may be joined, and asks about the others."""
        pieces = self.of_cluster[cluster]
        old = [at for at in pieces if self._is_old(at)]
        for one, other in combinations(old, 2):
            if self._agreed(one, other, _TOGETHER) and not self._agreed(one, other, _APART):
                self._join(one, other)
        bound = [at for at in old if self._is_bound(at)]
        free = [at for at in pieces if at not in bound and (self._is_old(at) or not bound)]
        for at in free[1:]:
            self._join(free[0], at)
        if bound:
            self._place([at for at in pieces if not self._is_old(at)], [*bound, *free])
        for part in list(dict.fromkeys(self.forest.root(at) for at in (*bound, *free)))[1:]:
            if self.forest.root(bound[0]) != self.forest.root(part) and not self._agreed(bound[0], part, _APART):
                ours, theirs = self._old_listings(bound[0]), self._old_listings(part)
                self.held.append(self.grounds.question(ours, theirs, is_same=True))

    def _place(self, new: list[int], placed: list[int]) -> None:
        """Joins each new listing to whom it is nearest, the surest first: one may be near only by another."""
        while new:
            at, home = max(((at, one) for at in new for one in placed), key=lambda pair: self._nearness(*pair))
            self._join(home, at)
            new.remove(at)
            placed.append(at)

    def parts(self) -> list[tuple[ListingId, ...]]:
        """The clusters that come out."""
        sets = self.forest.sets(range(len(self.pieces)))
        return [tuple(sorted(listing for at in part for listing in self.pieces[at][1])) for part in sets]

    def _is_old(self, at: int) -> bool:
        return self.pieces[at][1][0] in self.person_of

    def _is_bound(self, at: int) -> bool:
        return any(self.pieces[one][0] in self.committed for one in self._together(at))

    def _join(self, one: int, other: int) -> None:
        roots = {self.forest.root(one), self.forest.root(other)}
        joined = [at for root in sorted(roots) for at in self.together.pop(root, [root])]
        self.forest.join(one, other)
        self.together[self.forest.root(one)] = joined

    def _together(self, at: int) -> list[int]:
        root = self.forest.root(at)
        return self.together.get(root, [root])

    def _listings(self, at: int) -> list[ListingId]:
        return [listing for one in self._together(at) for listing in self.pieces[one][1]]

    def _old_listings(self, at: int) -> list[ListingId]:
        return [listing for listing in self._listings(at) if listing in self.person_of]

    def _agreed(self, one: int, other: int, verdicts: frozenset[str]) -> bool:
        return any(
            self.agreed.get(_ordered(left, right)) in verdicts
            for left in self._listings(one)
            for right in self._listings(other)
        )

    def _nearness(self, new: int, placed: int) -> float:
        ((listing,), others) = self.pieces[new][1], self.pieces[placed][1]
        return max(self.grounds.chance.get(_ordered(listing, one), 0.0) for one in others)


def _ordered(one: ListingId, other: ListingId) -> Pair:
    return (one, other) if one < other else (other, one)
