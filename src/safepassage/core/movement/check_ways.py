"""The judge on ways: do they connect, are they open, have they windows and beds; and may each party go its own.

Parties that are given one and the same place are judged together on what is the place's, and one by one on what is
theirs: a plan of tens of thousands has a few thousand places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.faults import Fault, FaultCode
from safepassage.core.movement.network import Leg, Network, Point, PointKind, Window
from safepassage.core.movement.plan import Assignment, Stay
from safepassage.core.people import Need

MINUTE = timedelta(minutes=1)
ACCESS_POINT, STAGING_BASE = PointKind.ACCESS_POINT, PointKind.STAGING_BASE


Found = tuple[FaultCode, str]
"""A fault and what it says of whom it is."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A network with its points and legs at hand by id."""

    network: Network
    points: dict[PointId, Point]
    legs: dict[LegId, Leg]
    ends: frozenset[PointId]
    shut: dict[LegId, tuple[Found, ...]] = field(default_factory=dict)
    """What is closed to a leg, looked at once."""

    @classmethod
    def of(cls, network: Network) -> Ground:
        """The ground that a network is."""
        return cls(
            network,
            {point.id: point for point in network.points},
            {leg.id: leg for leg in network.legs},
            frozenset(network.ending_points),
        )


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a way: when the party gets there and by which leg it leaves (None: here the way ends)."""

    point: Point
    arrives: datetime
    leaves_by: Leg | None
    is_start: bool


def stops_of(ground: Ground, assignment: Assignment) -> list[Stop]:
    """The start and each leg's destination, in order. The legs exist."""
    rides = [ground.legs[leg] for leg in assignment.legs]
    places = [(assignment.start, assignment.report_at), *((leg.destination, leg.arrives) for leg in rides)]
    onward: list[Leg | None] = [*rides, None]
    return [
        Stop(ground.points[place], arrives, leaves_by, index == 0)
        for index, ((place, arrives), leaves_by) in enumerate(zip(places, onward, strict=True))
        if place in ground.points
    ]


@dataclass(slots=True)
class Going:
    """All who are given one and the same place; `assignment` is the first one's, and says of the way what all say."""

    assignment: Assignment
    stops: list[Stop]
    parties: list[tuple[Demand, Assignment]] = field(default_factory=list)
    heads: int = 0
    cases: Counter[Need] = field(default_factory=Counter)


def by_place(ground: Ground, placed: Iterable[tuple[Demand, Assignment]]) -> list[Going]:
    """Parties by their place: where and when to be, legs, window, end and beds, kept or not. The legs exist."""
    known: dict[object, Going] = {}
    for pair in placed:
        demand, one = pair
        window = one.access_window
        place = (
            *(one.start, one.report_at, one.legs, one.end, one.arrives, one.access_point, one.stays, one.is_kept),
            *((window.begins, window.ends) if window is not None else ()),
        )
        going = known.get(place)
        if going is None:
            going = known[place] = Going(one, stops_of(ground, one))
        going.parties.append(pair)
        going.heads += demand.heads
        for case in demand.cases:
            going.cases[case.need] += case.cases
    return list(known.values())


def way_faults(ground: Ground, going: Going, now: datetime) -> Iterator[Fault]:
    """Everything wrong with one way and with those who go it, capacities left aside; a fault names one party."""
    assignment, stops = going.assignment, going.stops
    of_way = list(_connection_faults(ground, assignment, stops))
    of_way += _window_faults(ground, assignment, stops)
    of_way += _open_faults(ground, assignment, now)
    of_way += _bed_faults(assignment, stops)
    required = [
        (leg.id, code, leg.departs) for leg in map(ground.legs.__getitem__, assignment.legs) for code in leg.requires
    ]
    for demand, one in going.parties:
        found = of_way
        if not (assignment.is_kept and demand.commitment is Commitment.FROZEN):
            found = [*found, *_entitlement_faults(demand, assignment, required)]
        if not assignment.is_kept:
            found = [*found, *_early_faults(demand, assignment, now)]
        for code, text in found:
            yield Fault(code, f"{one.party}: {text}.", one.party)


def _connection_faults(ground: Ground, assignment: Assignment, stops: list[Stop]) -> Iterator[Found]:
    seen: set[PointId] = set()
    for stop in stops:
        if stop.point.id in seen:
            yield FaultCode.BROKEN_WAY, f"it comes to {stop.point.id} twice"
        seen.add(stop.point.id)
        leg = stop.leaves_by
        if leg is None:
            continue
        if leg.origin != stop.point.id:
            yield FaultCode.BROKEN_WAY, f"{leg.id} does not start at {stop.point.id}"
        free_from = stop.arrives
        if stop.point.kind is ACCESS_POINT and assignment.access_window is not None:
            free_from = assignment.access_window.ends
        if not stop.is_start or stop.point.kind is ACCESS_POINT:
            free_from += _minutes(stop.point.processing_minutes)
        if free_from > leg.departs - _minutes(leg.boarding_minutes):
            yield FaultCode.BROKEN_WAY, f"it can't be ready at {stop.point.id} for {leg.id}"
        waits = not stop.is_start or stop.point.kind is ACCESS_POINT
        if waits and leg.departs - stop.arrives > _minutes(stop.point.max_wait_minutes):
            yield FaultCode.WAIT, f"it waits at {stop.point.id} longer than allowed"
    last = stops[-1]
    if (
        len(stops) != len(assignment.legs) + 1
        or last.point.id != assignment.end
        or last.arrives != assignment.arrives
    ):
        yield FaultCode.BROKEN_WAY, "its end is not where and when its last leg arrives"
    if assignment.end not in ground.ends:
        yield FaultCode.BROKEN_WAY, f"no movement may end at {assignment.end}"
    if len(assignment.legs) > ground.network.max_legs:
        yield FaultCode.BROKEN_WAY, "it has more legs than a party may travel"


def _window_faults(ground: Ground, assignment: Assignment, stops: list[Stop]) -> Iterator[Found]:
    passed = [stop for stop in stops if stop.point.kind is ACCESS_POINT]
    window = assignment.access_window
    if len(passed) > 1:
        yield FaultCode.WINDOW, "it passes two access points"
    elif not passed:
        if window is not None or assignment.access_point is not None:
            yield FaultCode.WINDOW, "it has a window and passes no access point"
    elif window is None or assignment.access_point != passed[0].point.id:
        yield FaultCode.WINDOW, f"it has no window at {passed[0].point.id}"
    else:
        stop = passed[0]
        same_hour = hour_of(ground.network, window.begins) == hour_of(ground.network, window.ends - MINUTE)
        if not same_hour or window.ends <= window.begins:
            yield FaultCode.WINDOW, "its window is not inside one hour"
        if window.begins < stop.arrives or window.begins - stop.arrives > timedelta(
            minutes=stop.point.max_wait_minutes
        ):
            yield FaultCode.WINDOW, f"its window does not follow its arrival at {stop.point.id}"
        if not _is_open(stop.point, window):
            yield FaultCode.CLOSED, f"{stop.point.id} is not open over its window"


def _open_faults(ground: Ground, assignment: Assignment, now: datetime) -> Iterator[Found]:
    for leg in (ground.legs[leg_id] for leg_id in assignment.legs):
        known = ground.shut.get(leg.id)
        if known is None:
            known = ground.shut[leg.id] = tuple(_shut_faults(ground, leg))
        yield from known
        if leg.freezes_at is not None and leg.freezes_at <= now and not assignment.is_kept:
            yield FaultCode.FROZEN, f"{leg.id} was frozen before this plan was made"


def _shut_faults(ground: Ground, leg: Leg) -> Iterator[Found]:
    """Points that are closed when a leg is there, and curfews in which it is under way."""
    visits = [(leg.origin, leg.departs), (leg.destination, leg.arrives)]
    visits += [(passage.point, passage.at) for passage in leg.passages]
    for place, at in visits:
        if not _is_open(ground.points[place], Window(at, at + MINUTE)):
            yield FaultCode.CLOSED, f"{place} is closed when {leg.id} is there"
    for curfew in ground.network.curfews:
        concerns = not curfew.points or any(place in curfew.points for place, _ in visits)
        is_out = leg.departs < curfew.window.ends and leg.arrives > curfew.window.begins
        if leg.mode.is_on_land and concerns and is_out:
            yield FaultCode.CURFEW, f"{leg.id} is under way in a curfew"


def _bed_faults(assignment: Assignment, stops: list[Stop]) -> Iterator[Found]:
    due = []
    for stop in stops:
        if stop.point.kind is STAGING_BASE and not stop.is_start:
            stays_until = stop.arrives + timedelta(hours=stop.point.stay_hours)
            leaves = stop.leaves_by.departs if stop.leaves_by is not None else stays_until
            due.append(Stay(stop.point.id, stop.arrives, leaves))
    if tuple(due) != assignment.stays:
        yield FaultCode.BED_MISSING, "its beds are not those of the staging bases on its way"


def _entitlement_faults(
    demand: Demand, assignment: Assignment, required: list[tuple[LegId, str, datetime]]
) -> Iterator[Found]:
    """`required`: what each leg of the way asks for, and when it departs."""
    if demand.destinations and assignment.end not in demand.destinations:
        yield FaultCode.DESTINATION, f"it does not go to {assignment.end}"
    for leg, code, departs in required:
        if not holds(demand, code, departs):
            yield FaultCode.CLEARANCE, f"{leg} requires {code}, which it does not hold then"


def holds(demand: Demand, code: str, at: datetime) -> bool:
    """Whether a party holds a clearance at a moment."""
    for held in demand.clearances:
        if held.code == code and (held.since is None or held.since <= at) and (held.until is None or at < held.until):
            return True
    return False


@lru_cache(maxsize=1_024)
def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _early_faults(demand: Demand, assignment: Assignment, now: datetime) -> Iterator[Found]:
    earliest = earliest_of(demand, assignment.start, now)
    if earliest is None:
        yield FaultCode.BROKEN_WAY, f"it does not start from {assignment.start}"
    elif assignment.report_at < earliest:
        yield FaultCode.TOO_EARLY, f"it can't be at {assignment.start} by then"


def earliest_of(demand: Demand, point: PointId, now: datetime) -> datetime | None:
    """When the party can first be at a start point; None if it does not start there."""
    for start in demand.starts:
        if start.point == point:
            told = demand.told_at if demand.told_at is not None else now
            earliest = max(now, told + _minutes(start.travel_minutes))
            return max(earliest, demand.not_before) if demand.not_before is not None else earliest
    return None


def hour_of(network: Network, moment: datetime) -> int:
    """The number of the hour, on the operation's clock, that holds a moment."""
    return int((moment.timestamp() + network.utc_offset_minutes * 60) // 3600)


def _is_open(point: Point, window: Window) -> bool:
    inside = not point.opens or any(o.begins <= window.begins and window.ends <= o.ends for o in point.opens)
    return inside and not any(closure.overlaps(window) for closure in point.closures)
