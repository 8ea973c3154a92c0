"""The judge on parties and their places: may each go by the way that it is given, and can it be there in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import numpy as np

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.check_columns import MINUTE, NONE, Ground, Places, ints, moment, moments
from safepassage.core.movement.check_ways import Found
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.faults import FaultCode

Finding = tuple[int, Found]
"""The number of a pair of party and assignment, and what is wrong with it."""


def entitlement_faults(ground: Ground, places: Places) -> Iterator[Finding]:
    """Destinations and clearances. Whoever is frozen and kept goes whatever the rules now say."""
    asking = {number: leg for number, leg in enumerate(ground.legs) if leg.requires}
    asked: defaultdict[int, list[tuple[LegId, str, datetime]]] = defaultdict(list)
    for ride in np.flatnonzero(np.isin(places.ride_leg, ints(list(asking)))).tolist():
        leg = asking[int(places.ride_leg[ride])]
        asked[int(places.ride_place[ride])] += [(leg.id, code, leg.departs) for code in leg.requires]
    lacking: dict[tuple[int, int], list[Found]] = {}
    for number, ((demand, one), place) in enumerate(zip(places.pairs, places.of_pair.tolist(), strict=True)):
        if place not in asked and not demand.destinations:
            continue
        if one.is_kept and demand.commitment is Commitment.FROZEN:
            continue
        if demand.destinations and one.end not in demand.destinations:
            yield number, (FaultCode.DESTINATION, f"it does not go to {one.end}")
        alike = (id(demand.clearances), place)
        known = lacking.get(alike)
        if known is None:
            known = lacking[alike] = [
                (FaultCode.CLEARANCE, f"{name} requires {code}, which it does not hold then")
                for name, code, departs in asked.get(place, ())
                if not holds(demand, code, departs)
            ]
        for found in known:
            yield number, found


def holds(demand: Demand, code: str, at: datetime) -> bool:
    """Whether a party holds a clearance at a moment."""
    for held in demand.clearances:
        if held.code == code and (held.since is None or held.since <= at) and (held.until is None or at < held.until):
            return True
    return False


def early_faults(places: Places, now: datetime) -> Iterator[Finding]:
    """Whoever is planned to be at its start before it can, kept places left aside."""
    demands = [demand for demand, _ in places.pairs]
    starts = [one.start for one in places.first]
    travel = ints([_travel(d, starts[n]) for d, n in zip(demands, places.of_pair.tolist(), strict=True)])
    told = np.full(len(demands), moment(now))
    not_before = told.copy()
    lines = [number for number, demand in enumerate(demands) if demand.told_at is not None]
    told[lines] = moments([d.told_at for d in demands if d.told_at is not None])
    lines = [number for number, demand in enumerate(demands) if demand.not_before is not None]
    not_before[lines] = moments([d.not_before for d in demands if d.not_before is not None])
    earliest = np.maximum(np.maximum(told + travel * MINUTE, moment(now)), not_before)
    report = moments([one.report_at for one in places.first])[places.of_pair]
    is_new = ~places.is_kept[places.of_pair]
    starts_elsewhere = travel == NONE
    for number in np.flatnonzero(is_new & (starts_elsewhere | (report < earliest))).tolist():
        start = places.pairs[number][1].start
        if starts_elsewhere[number]:
            yield number, (FaultCode.BROKEN_WAY, f"it does not start from {start}")
        else:
            yield number, (FaultCode.TOO_EARLY, f"it can't be at {start} by then")


def _travel(demand: Demand, point: PointId) -> int:
    """Minutes to a start point; `NONE` if the party does not start there."""
    for start in demand.starts:
        if start.point == point:
            return start.travel_minutes
    return NONE


def earliest_of(demand: Demand, point: PointId, now: datetime) -> int | None:
    """When the party can first be at a start point, as in a column of moments; None if it does not start there."""
    travel = _travel(demand, point)
    if travel == NONE:
        return None
    told = moment(demand.told_at if demand.told_at is not None else now)
    earliest = max(moment(now), told + travel * MINUTE)
    return earliest if demand.not_before is None else max(earliest, moment(demand.not_before))
