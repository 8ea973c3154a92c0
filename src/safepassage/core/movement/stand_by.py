"""Stand-by: who may come to a departure in case others do not, in policy order, and how many seats that will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safepassage.core.ids import LegId, PartyId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import new_draft
from safepassage.core.movement.network import Network
from safepassage.core.movement.parties import static_block
from safepassage.core.movement.plan import Plan
from safepassage.core.movement.ways import Way


@dataclass(frozen=True, slots=True)
class StandBy:
    """For one departure: seats booked, seats likely to stay empty (nine times of ten that many), and who waits.

    `parties` are in policy order and each could go as it stands; together they may be more than `seats_likely`.
    """

    leg: LegId
    booked: int
    seats_likely: int
    parties: tuple[PartyId, ...]


def stand_by_lists(
    network: Network,
    demands: Sequence[Demand],
    plan: Plan,
    *,
    empty: Mapping[LegId, int],
    parties_per_leg: int = 50,
) -> tuple[StandBy, ...]:
    """A list for each leg that somebody begins by, in the order of departure.

    A party stands by where it could take the place of somebody who begins by that leg: it can be there in time, holds
    what the legs require, may end there. `empty`: by leg, the seats that are likely to stay empty (`LegRisk`).
    """
    draft = new_draft(network, demands, plan.now)
    booked: defaultdict[LegId, int] = defaultdict(int)
    ways: defaultdict[LegId, dict[tuple[LegId, ...], Way]] = defaultdict(dict)
    for one in plan.assignments:
        booked[one.legs[0]] += one.heads
        if one.legs not in ways[one.legs[0]]:
            way = draft.finder.way_of(one)
            if way is not None:
                ways[one.legs[0]][one.legs] = way
    without = {line.party for line in plan.unplaced}
    waiting = [one for one in draft.plannable if one.party in without]
    departs = draft.timetable.departs
    fits_in: dict[tuple[LegId, int], bool] = {}
    """By leg and kind of party: the same answer for all parties of a kind."""
    lists = []
    for leg in sorted(booked, key=lambda one: (departs.get(one, 0), one)):
        many = booked[leg]
        able: list[PartyId] = []
        for demand in waiting:
            if len(able) == parties_per_leg:
                break
            party = draft.classes[demand.party]
            key = leg, id(party)
            if key not in fits_in:
                fits_in[key] = any(static_block(draft.finder, party, way) is None for way in ways[leg].values())
            if demand.heads <= many and fits_in[key]:
                able.append(demand.party)
        lists.append(StandBy(leg, many, empty.get(leg, 0), tuple(able)))
    return tuple(lists)
