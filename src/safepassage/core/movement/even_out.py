"""Large parties as often as small ones: where a tier does not go whole, places of small parties go to a large one.

Whoever fills seats that are left over is small: without this, a family of ten would wait while parties of one took
what remained of every bus. An exchange gives the place of several smaller parties on one way to a larger one of as
many heads, of the same tier. So as many people go as before, tier by tier.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, static_block
from safepassage.core.movement.ways import Way

MOST_EXCHANGES = 2_000
"""More are not made in one plan: a tier of tens of thousands needs a few hundred."""
LEAST_GAP = 0.01
"""Chances of a seat closer than this are alike."""


def even_out(draft: Draft) -> int:
    """Gives places of small parties to large ones of as many heads until sizes fare alike; says how often.

    Only parties whose place may be chosen are moved, and none with care or a reserve of its own, which count
    otherwise than by heads. Ranks are put right by whoever calls.
    """
    plannable = draft.plannable
    done = 0
    for tier in draft.tiers:
        mine = [one for one in plannable if one.tier == tier and not one.cases and not one.groups]
        if any(one.party not in draft.placed for one in mine):
            done += _Tier(draft, mine).run(MOST_EXCHANGES - done)
    if done:
        draft.chooser.reset()
    return done


class _Tier:
    """One tier while it is evened out."""

    def __init__(self, draft: Draft, mine: list[Demand]) -> None:
        self._draft = draft
        self._asked = Counter(one.heads for one in mine)
        self._placed = Counter(one.heads for one in mine if one.party in draft.placed)
        self._waiting: defaultdict[int, list[Demand]] = defaultdict(list)
        self._aboard: dict[int, defaultdict[int, list[PartyId]]] = {}
        """By way (its identity) and heads, who goes by it; the last by rank goes first."""
        self._ways: defaultdict[PointId, list[Way]] = defaultdict(list)
        self._blocked: dict[tuple[int, int], bool] = {}
        for one in mine:
            taken = draft.placed.get(one.party)
            if taken is None:
                self._waiting[one.heads].append(one)
                continue
            if id(taken.way) not in self._aboard:
                self._aboard[id(taken.way)] = defaultdict(list)
                self._ways[taken.way.start].append(taken.way)
            self._aboard[id(taken.way)][one.heads].append(one.party)

    def _chance(self, heads: int) -> float:
        return self._placed[heads] / self._asked[heads]

    def run(self, most: int) -> int:
        """Exchanges for the largest first, each size until it fares as well as all together."""
        aim = sum(n * s for n, s in self._placed.items()) / sum(n * s for n, s in self._asked.items())
        done = 0
        for heads in sorted(self._waiting, reverse=True):
            for demand in self._waiting[heads]:
                if self._chance(heads) >= aim - LEAST_GAP or done == most:
                    break
                done += self._exchange(demand)
        return done

    def _exchange(self, demand: Demand) -> bool:
        party = self._draft.classes[demand.party]
        spare = [
            size
            for size in sorted(self._placed)
            if size < demand.heads and self._chance(size) > self._chance(demand.heads) + LEAST_GAP
        ]
        for start, _ in party.starts:
            for way in self._ways[start]:
                aboard = self._aboard[id(way)]
                chosen = _sizes({size: len(aboard[size]) for size in spare if aboard[size]}, demand.heads)
                if chosen and not self._is_blocked(demand, way) and self._swap(demand, way, chosen):
                    return True
        return False

    def _is_blocked(self, demand: Demand, way: Way) -> bool:
        party = self._draft.classes[demand.party]
        key = id(party), id(way)
        if key not in self._blocked:
            self._blocked[key] = static_block(self._draft.finder, party, way) is not None
        return self._blocked[key]

    def _swap(self, demand: Demand, way: Way, sizes: tuple[int, ...]) -> bool:
        draft, aboard = self._draft, self._aboard[id(way)]
        out = [aboard[size].pop() for size in sizes]
        places = {party: draft.placed.pop(party) for party in out}
        for place in places.values():
            draft.capacities.give_back(place.use, place.way.legs)
        party = draft.classes[demand.party]
        fresh = OpenWay(way, party.heads, party.cases, party.groups)
        if not draft.fits(fresh):
            draft.restore(places)
            for size, one in zip(sizes, out, strict=True):
                aboard[size].append(one)
            return False
        draft.place(demand.party, fresh)
        self._placed.update([demand.heads])
        self._placed.subtract(sizes)
        return True


def _sizes(there: dict[int, int], heads: int) -> tuple[int, ...]:
    """Sizes that add up to so many heads, each no more often than it is there; of the smallest as many as can be."""
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for size in _each(there, heads):
        for total in sorted(ways, reverse=True):
            if total + size <= heads and total + size not in ways:
                ways[total + size] = (*ways[total], size)
        if heads in ways:
            return ways[heads]
    return ()


def _each(there: dict[int, int], heads: int) -> Iterator[int]:
    for size in sorted(there):
        for _ in range(min(there[size], heads // size)):
            yield size
