"""Makes room for parties of an earlier tier at the cost of later ones, where no single place would do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement.blocks import lacks
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, static_block
from safepassage.core.movement.ways import Way

WAYS_TRIED = 300
"""Ways looked at for one party: those that others go from where it starts."""
Holders = dict[int, list[tuple[Demand, int]]]
"""By resource: later parties that take of it, the last first, and how much."""


@dataclass(frozen=True, slots=True)
class _Room:
    """A way, and who would have to give up a place for it."""

    way: OpenWay
    victims: tuple[Demand, ...]

    @property
    def cost(self) -> int:
        return sum(one.heads for one in self.victims)


def make_room(draft: Draft, demands: list[Demand]) -> int:
    """Places parties left out whose tier is not the last, by taking places of later tiers; says how many it placed.

    `demands`: the parties whose place may be chosen, in policy order. Each way is tried for which fewest people of
    later tiers have to give up a place; these are offered any other afterwards.
    """
    placed = 0
    ways: dict[PointId, list[Way]] | None = None
    holders: dict[int, Holders] = {}
    last = max((one.tier or 0 for one in demands if one.party in draft.placed), default=0)
    for demand in demands:
        tier = demand.tier or 0
        if demand.party in draft.placed or tier >= last:
            continue
        ways = _ways_by_start(draft) if ways is None else ways
        if tier not in holders:
            holders[tier] = _holders(draft, demands, tier)
        room = _cheapest(draft, demand, ways, holders[tier])
        if room is not None and _take(draft, demand, room):
            placed += 1
            holders.clear()
    if placed:
        draft.chooser.reset()
        draft.fill(demands)
    return placed


def _ways_by_start(draft: Draft) -> dict[PointId, list[Way]]:
    found: defaultdict[PointId, dict[int, Way]] = defaultdict(dict)
    for one in draft.placed.values():
        found[one.way.start][id(one.way)] = one.way
    return {point: sorted(some.values(), key=lambda way: way.key) for point, some in found.items()}


def _holders(draft: Draft, demands: list[Demand], tier: int) -> Holders:
    held: defaultdict[int, list[tuple[Demand, int]]] = defaultdict(list)
    for demand in reversed(demands):
        if (demand.tier or 0) <= tier:
            break
        one = draft.placed.get(demand.party)
        for resource, amount in one.use if one is not None else ():
            held[resource].append((demand, amount))
    return held


def _cheapest(draft: Draft, demand: Demand, ways: dict[PointId, list[Way]], holders: Holders) -> _Room | None:
    party = draft.classes[demand.party]
    best: _Room | None = None
    for point, _ in party.starts:
        some = ways.get(point, [])
        for way in some[:: -(-len(some) // WAYS_TRIED) or 1]:
            if static_block(draft.finder, party, way) is not None:
                continue
            mine = OpenWay(way, party.heads, party.cases, party.groups)
            victims = _victims(draft, mine, holders)
            if victims is not None:
                room = _Room(mine, victims)
                best = room if best is None or room.cost < best.cost else best
    return best


def _victims(draft: Draft, mine: OpenWay, holders: Holders) -> tuple[Demand, ...] | None:
    """Later parties whose places together make room for this one; None if they do not."""
    chosen: dict[PartyId, Demand] = {}
    freed: defaultdict[int, int] = defaultdict(int)
    for resource, needed in lacks(draft, mine):
        for demand, _ in holders.get(resource, ()):
            if draft.capacities.free[resource] + freed[resource] >= needed:
                break
            if demand.party not in chosen:
                chosen[demand.party] = demand
                for other, amount in draft.placed[demand.party].use:
                    freed[other] += amount
        if draft.capacities.free[resource] + freed[resource] < needed:
            return None
    return tuple(chosen.values())


def _take(draft: Draft, demand: Demand, room: _Room) -> bool:
    were = {victim.party: draft.placed.pop(victim.party) for victim in room.victims}
    for was in were.values():
        draft.capacities.give_back(was.use, was.way.legs)
    if draft.fits(room.way):
        draft.place(demand.party, room.way)
        return True
    draft.restore(were)
    return False
