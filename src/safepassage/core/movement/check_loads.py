"""The judge on capacities: adds up everything that all parties take, and compares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.check_ways import ACCESS_POINT, MINUTE, STAGING_BASE, Going, Ground, Stop, hour_of
from safepassage.core.movement.faults import Fault, FaultCode
from safepassage.core.movement.network import CARE_NEEDS, Leg, Network, Point, Reserve, Window
from safepassage.core.people import Need


@dataclass(slots=True)
class Loads:
    """What a plan takes: heads and cases aboard, heads let through and waiting by hour, beds and care by night."""

    aboard: Counter[LegId] = field(default_factory=Counter)
    cases_aboard: Counter[tuple[LegId, Need]] = field(default_factory=Counter)
    through: Counter[tuple[PointId, int]] = field(default_factory=Counter)
    waiting: Counter[tuple[PointId, int]] = field(default_factory=Counter)
    beds: Counter[tuple[PointId, date]] = field(default_factory=Counter)
    cases_at: Counter[tuple[PointId, date, Need]] = field(default_factory=Counter)


def load_faults(ground: Ground, places: Sequence[Going]) -> list[Fault]:
    """Every capacity that is exceeded. The legs of the places exist."""
    network = ground.network
    loads = Loads()
    for going in places:
        _add_all(ground, loads, going)
    faults = list(_leg_faults(network, loads))
    faults += _point_faults(network, loads)
    faults += _limit_faults(network, loads)
    faults += _reserve_faults(network, places)
    faults += _vehicle_faults(network, loads)
    return faults


def _add_all(ground: Ground, loads: Loads, going: Going) -> None:
    """Adds what all take who are given one place."""
    heads, assignment = going.heads, going.assignment
    for leg_id in assignment.legs:
        loads.aboard[leg_id] += heads
        for need, cases in going.cases.items():
            loads.cases_aboard[leg_id, need] += cases
        for passage in ground.legs[leg_id].passages:
            loads.through[passage.point, hour_of(ground.network, passage.at)] += heads
    for stop in going.stops:
        is_access = stop.point.kind is ACCESS_POINT
        _add_passing(ground.network, loads, heads, stop, assignment.access_window if is_access else None)
        if stop.point.kind is STAGING_BASE and not stop.is_start:
            for night in _nights(ground.network, stop):
                loads.beds[stop.point.id, night] += heads
                for need, cases in going.cases.items():
                    loads.cases_at[stop.point.id, night, need] += cases


def _add_passing(network: Network, loads: Loads, heads: int, stop: Stop, window: Window | None) -> None:
    """Being let through, in the hour of the window or of the arrival, and waiting until the next leg."""
    if window is not None:
        loads.through[stop.point.id, hour_of(network, window.begins)] += heads
    elif not stop.is_start:
        loads.through[stop.point.id, hour_of(network, stop.arrives)] += heads
    if stop.point.holding is None or (stop.point.kind is STAGING_BASE and not stop.is_start):
        return
    until = stop.arrives
    if stop.leaves_by is not None:
        until = stop.leaves_by.departs
    elif window is not None:
        until = window.ends
    if until > stop.arrives:
        for hour in range(hour_of(network, stop.arrives), hour_of(network, until - MINUTE) + 1):
            loads.waiting[stop.point.id, hour] += heads


def _nights(network: Network, stop: Stop) -> Iterator[date]:
    """The nights of a stay, each named by the day before it; at least one."""
    zone = timedelta(minutes=network.utc_offset_minutes)
    leaves = stop.leaves_by.departs if stop.leaves_by else stop.arrives + timedelta(hours=stop.point.stay_hours)
    night, last = (stop.arrives + zone).date(), (leaves + zone).date()
    yield night
    night += timedelta(days=1)
    while night < last:
        yield night
        night += timedelta(days=1)


def _over(code: FaultCode, where: str, what: str, taken: int, most: int) -> Fault:
    return Fault(code, f"{where} takes {taken} {what} and has {most}.", where=where, taken=taken, most=most)


def _leg_faults(network: Network, loads: Loads) -> Iterator[Fault]:
    aboard: dict[LegId, int] = dict(loads.aboard)
    needs: defaultdict[LegId, list[tuple[Need, int]]] = defaultdict(list)
    for (leg_id, need), cases in loads.cases_aboard.items():
        needs[leg_id].append((need, cases))
    for leg in network.legs:
        heads = aboard.get(leg.id, 0)
        if heads > leg.seats:
            yield _over(FaultCode.SEATS, leg.id, "heads", heads, leg.seats)
        if leg.id not in needs:
            continue
        most = dict.fromkeys(CARE_NEEDS, 0) | {care.need: care.cases for care in leg.care}
        for need, cases in needs[leg.id]:
            if need in most and cases > most[need]:
                yield _over(FaultCode.CARE, leg.id, f"cases of {need}", cases, most[need])


def _point_faults(network: Network, loads: Loads) -> Iterator[Fault]:
    points = {point.id: point for point in network.points}
    special_hours = {point.id: _special_hours(network, point) for point in network.points}
    for (place, hour), heads in loads.through.items():
        most = special_hours[place].get(hour, points[place].throughput_per_hour)
        if most is not None and heads > most:
            yield _over(FaultCode.THROUGHPUT, f"{place} in hour {_hour(network, hour)}", "heads", heads, most)
    for (place, hour), heads in loads.waiting.items():
        holding = points[place].holding
        if holding is not None and heads > holding:
            yield _over(FaultCode.HOLDING, f"{place} in hour {_hour(network, hour)}", "heads waiting", heads, holding)
    for (place, night), heads in loads.beds.items():
        special = {beds.day: beds.beds for beds in points[place].beds_by_day}
        beds_free = special.get(night, points[place].beds)
        if beds_free is not None and heads > beds_free:
            yield _over(FaultCode.BEDS, f"{place} in the night of {night}", "beds", heads, beds_free)
    for (place, night, need), cases in loads.cases_at.items():
        for care in points[place].care:
            if care.need == need and cases > care.cases:
                yield _over(FaultCode.CARE, f"{place} in the night of {night}", f"cases of {need}", cases, care.cases)


def _special_hours(network: Network, point: Point) -> dict[int, int]:
    """What a point lets through in the hours that are not as usual; the first that names an hour holds."""
    return {hour_of(network, special.hour): special.heads for special in reversed(point.hours)}


def _hour(network: Network, hour: int) -> str:
    begins = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour, minutes=-network.utc_offset_minutes)
    return network.clock(begins)


def _limit_faults(network: Network, loads: Loads) -> Iterator[Fault]:
    passing: defaultdict[PointId, list[tuple[datetime, LegId, int]]] = defaultdict(list)
    for leg in network.legs:
        for passage in leg.passages if leg.id in loads.aboard else ():
            passing[passage.point].append((passage.at, leg.id, loads.aboard[leg.id]))
    for limit in network.limits:
        inside = [(leg, heads) for at, leg, heads in passing.get(limit.point, ()) if at in limit.window]
        heads = sum(many for _, many in inside)
        vehicles = len({leg for leg, many in inside if many > 0})
        if limit.heads is not None and heads > limit.heads:
            yield _over(FaultCode.COUNTERPART, limit.id, "heads", heads, limit.heads)
        if limit.vehicles is not None and vehicles > limit.vehicles:
            yield _over(FaultCode.COUNTERPART, limit.id, "vehicles", vehicles, limit.vehicles)


def _reserve_faults(network: Network, places: Sequence[Going]) -> Iterator[Fault]:
    """For reserves over the same legs, one by one and together: who is in none of the groups is kept off."""
    together: dict[frozenset[LegId], list[Reserve]] = {}
    for reserve in network.reserves:
        together.setdefault(frozenset(reserve.legs), []).append(reserve)
    for legs, reserves in together.items():
        seats = sum(leg.seats for leg in network.legs if leg.id in legs)
        counted = [(going, sum(leg in legs for leg in going.assignment.legs)) for going in places]
        riding = [(going, times) for going, times in counted if times]
        for size in range(1, len(reserves) + 1):
            for some in combinations(reserves, size):
                groups = {reserve.group for reserve in some}
                most = max(0, seats - sum(reserve.seats for reserve in some))
                heads = sum(
                    demand.heads * times
                    for going, times in riding
                    for demand, _ in going.parties
                    if groups.isdisjoint(demand.groups)
                )
                if heads > most:
                    where = " and ".join(reserve.id for reserve in some)
                    yield _over(FaultCode.RESERVE, where, "heads of others", heads, most)


def _vehicle_faults(network: Network, loads: Loads) -> Iterator[Fault]:
    used = sorted((leg for leg in network.legs if loads.aboard.get(leg.id)), key=lambda leg: (leg.departs, leg.id))
    last: dict[str, Leg] = {}
    lead: dict[str, Leg] = {}
    for leg in used:
        before = last.get(leg.vehicle) if leg.vehicle else None
        if before is not None and before.arrives + timedelta(minutes=before.turnaround_minutes) > leg.departs:
            yield Fault(FaultCode.TURN_AROUND, f"{leg.vehicle} is not back for {leg.id}.", where=leg.id)
        last[leg.vehicle] = leg
        first = lead.setdefault(leg.convoy, leg) if leg.convoy else leg
        if (first.origin, first.departs, first.passages) != (leg.origin, leg.departs, leg.passages):
            yield Fault(FaultCode.CONVOY, f"{leg.id} does not go together with its convoy.", where=leg.id)
