"""Places whole tiers at once: parties that set out alike one after the other, and rank put right where it decides.

Inside a tier that goes whole, the order of parties is of no matter to anybody. So parties of one start and kind are
placed together, which fills one vehicle after the other and is many times faster than going back and forth by rank.
Where some are left out, an earlier party takes over the place of a later one that it could use as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block
from safepassage.core.movement.plan import BlockCode

Choose = Callable[[PartyClass], OpenWay | None]
LOOK = 60
"""Parties too large for what is left of a way that are passed over to fill it."""


def place_in_bulk(draft: Draft, demands: list[Demand], choose: Choose) -> list[Demand]:
    """Places those of one tier that have no place; gives those who stay without one. `choose` finds free ways.

    A way that is found for one party is filled with others that set out alike: first those with a case, for whom few
    places fit, then by rank, as far as they fit.
    """
    left_out = []
    for plain, with_cases in _alike(draft, demands):
        waiting, cases = plain, with_cases
        too_many = 1 << 30
        while waiting:
            first, *waiting = waiting
            found = choose(draft.classes[first.party]) if first.heads < too_many else None
            if found is None:
                left_out.append(first)
                too_many = min(too_many, first.heads)
            else:
                draft.place(first.party, found)
                if cases:
                    cases = _fill_with_cases(draft, found, cases)
                waiting = _fill_way(draft, found, waiting)
        for one in cases:
            found = choose(draft.classes[one.party])
            if found is None:
                left_out.append(one)
            else:
                draft.place(one.party, found)
    return left_out


def _fill_with_cases(draft: Draft, found: OpenWay, waiting: list[Demand]) -> list[Demand]:
    """Gives parties with a case places on this way; gives those for whom there was no room."""
    passed = []
    for demand in waiting:
        party = draft.classes[demand.party]
        mine = OpenWay(found.way, party.heads, party.cases, party.groups)
        if draft.fits(mine):
            draft.place(demand.party, mine)
        else:
            passed.append(demand)
    return passed


def _fill_way(draft: Draft, found: OpenWay, waiting: list[Demand]) -> list[Demand]:
    """Gives parties alike the one who has this way places on it; gives those for whom there was no room."""
    takes = found.way.consumption
    if takes.outside or not waiting:
        return waiting
    free = draft.capacities.free
    ones = takes.ones
    if ones:
        room = min(map(free.__getitem__, ones))
    else:
        room = min([free[resource] // times for resource, times in takes.per_head], default=1 << 30)
    if room < 1:
        return waiting
    places: dict[int, OpenWay] = {}
    passed: list[Demand] = []
    looked = parties = people = 0
    for demand in waiting:
        if room < 1 or len(passed) == LOOK:
            break
        looked += 1
        heads = demand.heads
        if heads > room:
            passed.append(demand)
            continue
        room -= heads
        people += heads
        parties += 1
        place = places.get(heads)
        if place is None:
            place = places[heads] = OpenWay(found.way, heads)
        draft.placed[demand.party] = place
    if parties:
        for resource, times in takes.per_head:
            free[resource] -= times * people
        draft.capacities.ride(found.way.legs, parties)
    return passed + waiting[looked:]


def _alike(draft: Draft, demands: list[Demand]) -> list[tuple[list[Demand], list[Demand]]]:
    """Those without a place, by starts and kind, each group by rank: those without a case, and those with one."""
    groups: dict[object, tuple[list[Demand], list[Demand]]] = {}
    classes, placed = draft.classes, draft.placed
    of_class: dict[int, list[Demand]] = {}
    for demand in demands:
        if demand.party not in placed:
            party = classes[demand.party]
            mine = of_class.get(id(party))
            if mine is None:
                kind = (party.starts, party.clearances, party.destinations, party.groups)
                group = groups.setdefault(kind, ([], []))
                mine = of_class[id(party)] = group[1 if party.cases else 0]
            mine.append(demand)
    return list(groups.values())


def settle(draft: Draft, demands: list[Demand]) -> None:
    """Fills what is free and puts order right, until there is nothing to put right. `demands` in policy order.

    Nobody finds anything who could not before, unless something became free: nothing does where parties took the
    places of those like them.
    """
    before = draft.capacities.free.copy()
    while put_order_right(draft, demands):
        gained = _gained(draft, before)
        helped = _helped(draft, demands, gained)
        if not helped:
            return
        if any(code is not BlockCode.CARE for code, _, _ in gained):
            draft.chooser.reset()
        else:
            draft.chooser.reset_cases()
        if not draft.fill(helped):
            return
        before = draft.capacities.free.copy()


Gain = tuple[BlockCode, int, int]
"""What there is more of: its kind, how much was free, how much is."""


def _gained(draft: Draft, before: list[int]) -> list[Gain]:
    capacities = draft.capacities
    pairs = zip(capacities.resources, before, capacities.free, strict=False)
    return [(resource.code, was, now) for resource, was, now in pairs if now > was]


def _helped(draft: Draft, demands: list[Demand], gained: list[Gain]) -> list[Demand]:
    """Those left out for whom what became free may be what they lacked: enough now, and perhaps too little before.

    A way takes of one thing at most twice for each head and leg, and once more at a point.
    """
    if not gained:
        return []
    by_head = [(was, now) for code, was, now in gained if code is not BlockCode.CARE]
    has_care = len(by_head) < len(gained)
    has_vehicles = bool(draft.capacities.vehicle_limits) and bool(by_head)
    most_times = draft.timetable.network.max_legs * 2 + 1
    of_size: dict[int, bool] = {}
    helped = []
    for demand in demands:
        if demand.party in draft.placed:
            continue
        heads = demand.heads
        if heads not in of_size:
            of_size[heads] = has_vehicles or any(heads <= now and was < heads * most_times for was, now in by_head)
        if of_size[heads] or (has_care and demand.cases):
            helped.append(demand)
    return helped


def put_order_right(draft: Draft, demands: list[Demand]) -> int:
    """Gives those left out the places of later ones that they could use as they stand; says how many.

    Later: of a later tier; or of the same tier and size and a later rank. `demands`: the parties whose place may be
    chosen, in policy order. Who loses a place by it is offered any other.
    """
    placed: dict[tuple[int, PointId], dict[int, list[Demand]]] = defaultdict(lambda: defaultdict(list))
    left_out: list[Demand] = []
    has_place = draft.placed
    for demand in demands:
        found = has_place.get(demand.party)
        if found is None:
            left_out.append(demand)
        else:
            placed[demand.tier or 0, found.way.start][demand.heads].append(demand)
    tiers = [tier for tier in draft.tiers if any(key[0] == tier for key in placed)]
    swaps = 0
    hopeless: set[tuple[int, int]] = set()
    losers: list[tuple[tuple[int, int, PartyId], Demand]] = []
    for demand in _with_losers(left_out, losers):
        tier, party = demand.tier or 0, draft.classes[demand.party]
        key = (tier, id(party))
        if key in hopeless or demand.party in has_place:
            continue
        loser = _take_over(draft, demand, party, _later(placed, tiers, demand))
        if loser is None:
            hopeless.add(key)
            continue
        swaps += 1
        draft.fill([loser])
        if loser.party not in has_place:
            heappush(losers, (_order(loser), loser))
    return swaps


def _with_losers(left_out: list[Demand], losers: list[tuple[tuple[int, int, PartyId], Demand]]) -> Iterator[Demand]:
    """Those left out, in policy order, and in their turn those who lose a place meanwhile."""
    for demand in left_out:
        while losers and losers[0][0] < _order(demand):
            yield heappop(losers)[1]
        yield demand
    while losers:
        yield heappop(losers)[1]


def _order(demand: Demand) -> tuple[int, int, PartyId]:
    return demand.tier or 0, demand.rank, demand.party


def _later(
    placed: dict[tuple[int, PointId], dict[int, list[Demand]]], tiers: list[int], demand: Demand
) -> Iterator[Demand]:
    """Placed parties that come later, the last first."""
    points = [start.point for start in demand.starts]
    for tier in reversed(tiers):
        if tier < (demand.tier or 0):
            return
        for point in points:
            by_heads = placed.get((tier, point))
            if by_heads is None:
                continue
            sizes = [demand.heads] if tier == demand.tier else sorted(h for h in by_heads if h >= demand.heads)
            for heads in sizes:
                for other in reversed(by_heads.get(heads, ())):
                    if tier == demand.tier and (other.rank, other.party) < (demand.rank, demand.party):
                        break
                    yield other


def _take_over(draft: Draft, demand: Demand, party: PartyClass, others: Iterator[Demand]) -> Demand | None:
    """Gives a party the first place of these that it can use; who had it."""
    for other in others:
        was = draft.placed.get(other.party)
        if was is None or static_block(draft.finder, party, was.way) is not None:
            continue
        mine = OpenWay(was.way, party.heads, party.cases, party.groups)
        del draft.placed[other.party]
        draft.capacities.give_back(was.use, was.way.legs)
        if draft.fits(mine):
            draft.place(demand.party, mine)
            return other
        draft.place(other.party, was)
    return None
