"""The judge on fairness: does a later party have a place that an earlier one, left out, could have used?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement.check_columns import Ground, Pair, Places, moments
from safepassage.core.movement.check_standing import earliest_of, holds
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.faults import Fault, FaultCode
from safepassage.core.movement.plan import Assignment, Plan

FREE = Commitment.FREE


def inversion_faults(ground: Ground, by_id: dict[PartyId, Demand], places: Places, plan: Plan) -> Iterator[Fault]:
    """One fault for each kind of party left out that could have had a later party's place as it stands.

    Could have: it can be there in time, holds what the legs require, may end there, needs no more seats and care, and
    is in every reserve's group that the other is in. Later: a later tier; or the same tier, the same size and a later
    rank. Parties that were told or are frozen are left aside on both sides.
    """
    left_out = _earliest_left_out(by_id, plan)
    if not left_out:
        return
    held = _latest_by_place(places, min(demand.tier or 0 for demand in left_out))
    report = moments([one.report_at for one in places.first]).tolist()
    for demand in left_out:
        best = next(_could_have_had(ground, held, report, demand, plan.now), None)
        if best is not None:
            text = f"{demand.party} is left out; it could have had the place of {best.party}, which comes later."
            yield Fault(FaultCode.INVERSION, text, demand.party, best.legs[0])


Held = dict[PointId, dict[tuple[int, int], list[tuple[int, Pair]]]]
"""Who holds which place, by start point, and there by tier and heads."""


def _could_have_had(
    ground: Ground, held: Held, report: list[int], demand: Demand, now: datetime
) -> Iterator[Assignment]:
    """Places of later parties that a party left out could have used. `report`: by place, when to be there."""
    mine = demand.tier or 0
    for start in demand.starts:
        earliest = earliest_of(demand, start.point, now)
        if earliest is None:
            continue
        for (tier, heads), some in held.get(start.point, {}).items():
            if tier < mine or heads < demand.heads or (tier == mine and heads != demand.heads):
                continue
            for place, (other, assignment) in some:
                if tier == mine and _order(other) <= _order(demand):
                    continue
                if report[place] >= earliest and _fits(ground, demand, other, assignment):
                    yield assignment


def _earliest_left_out(by_id: dict[PartyId, Demand], plan: Plan) -> list[Demand]:
    """Of parties left out that are alike, the first by rank: if it is not wronged, none of them is."""
    first: dict[object, Demand] = {}
    for line in plan.unplaced:
        demand = by_id.get(line.party)
        if demand is None or demand.tier is None or demand.hold:
            continue
        alike = (
            *(demand.tier, demand.heads, demand.cases, demand.starts, demand.clearances),
            *(demand.destinations, demand.groups, demand.not_before, demand.told_at),
        )
        if alike not in first or _order(demand) < _order(first[alike]):
            first[alike] = demand
    return list(first.values())


def _latest_by_place(places: Places, first_tier: int) -> Held:
    """Of free parties of this tier or a later one with equal places, needs and size, the last by rank."""
    last: dict[object, tuple[int, Pair]] = {}
    for place, pair in zip(places.of_pair.tolist(), places.pairs, strict=True):
        demand, assignment = pair
        tier = demand.tier
        if tier is None or tier < first_tier or assignment.is_kept or demand.commitment is not FREE:
            continue
        key = (place, tier, demand.heads, demand.cases, demand.groups)
        known = last.get(key)
        if known is None or _order(demand) > _order(known[1][0]):
            last[key] = (place, pair)
    held: defaultdict[PointId, defaultdict[tuple[int, int], list[tuple[int, Pair]]]]
    held = defaultdict(lambda: defaultdict(list))
    for place, pair in last.values():
        demand, assignment = pair
        held[assignment.start][demand.tier or 0, demand.heads].append((place, pair))
    return {start: dict(some) for start, some in held.items()}


def _order(demand: Demand) -> tuple[int, int, PartyId]:
    return demand.tier or 0, demand.rank, demand.party


def _fits(ground: Ground, demand: Demand, other: Demand, assignment: Assignment) -> bool:
    """Whether a party may go by the place of another, as it stands: care, reserves, destination, clearances."""
    theirs = {case.need: case.cases for case in other.cases}
    if any(case.cases > theirs.get(case.need, 0) for case in demand.cases):
        return False
    if not set(other.groups) <= set(demand.groups):
        return False
    if demand.destinations and assignment.end not in demand.destinations:
        return False
    rides = [ground.legs[ground.leg_number[leg]] for leg in assignment.legs]
    return all(holds(demand, code, leg.departs) for leg in rides for code in leg.requires)
