"""The judge on capacities: adds up everything that all parties take, and compares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import numpy as np

from safepassage.core.ids import LegId
from safepassage.core.movement.check_columns import MINUTE, NONE, Ground, Ints, Places, ints, moment, moments
from safepassage.core.movement.check_ways import leaving
from safepassage.core.movement.faults import Fault, FaultCode
from safepassage.core.movement.network import CARE_NEEDS, Leg, Reserve
from safepassage.core.people import Need

EPOCH = date(1970, 1, 1)
Totals = Iterator[tuple[int, int, int]]
"""Number of a point, hour or day, and the heads that take of it then."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Nights at staging bases, a line each: whose, where, and the day before the night."""

    place: Ints
    point: Ints
    night: Ints


def load_faults(ground: Ground, places: Places) -> list[Fault]:
    """Every capacity that is exceeded. The legs of the places exist."""
    aboard = np.bincount(places.ride_leg, places.heads[places.ride_place], len(ground.legs)).astype(np.int64)
    cases = _cases(places)
    nights = _nights(ground, places)
    faults = list(_leg_faults(ground, places, aboard, cases))
    faults += _through_faults(ground, places, aboard)
    faults += _holding_faults(ground, places)
    faults += _bed_faults(ground, places, nights)
    faults += _care_faults(ground, nights, cases)
    faults += _limit_faults(ground, places, aboard)
    faults += _reserve_faults(ground, places)
    faults += _vehicle_faults(ground, aboard)
    return faults


def _over(code: FaultCode, where: str, what: str, taken: int, most: int) -> Fault:
    return Fault(code, f"{where} takes {taken} {what} and has {most}.", where=where, taken=taken, most=most)


def _cases(places: Places) -> dict[int, Counter[Need]]:
    """By the number of a place: the cases of all who have it."""
    cases: defaultdict[int, Counter[Need]] = defaultdict(Counter)
    for (demand, _), place in zip(places.pairs, places.of_pair.tolist(), strict=True):
        for case in demand.cases:
            cases[place][case.need] += case.cases
    return cases


def _leg_faults(ground: Ground, places: Places, aboard: Ints, cases: dict[int, Counter[Need]]) -> Iterator[Fault]:
    seats = ints([leg.seats for leg in ground.legs])
    for number in np.flatnonzero(aboard > seats).tolist():
        leg = ground.legs[number]
        yield _over(FaultCode.SEATS, leg.id, "heads", int(aboard[number]), leg.seats)
    taken: defaultdict[int, Counter[Need]] = defaultdict(Counter)
    for ride in np.flatnonzero(np.isin(places.ride_place, ints(list(cases)))).tolist():
        taken[int(places.ride_leg[ride])].update(cases[int(places.ride_place[ride])])
    for number in sorted(taken):
        leg = ground.legs[number]
        most = dict.fromkeys(CARE_NEEDS, 0) | {care.need: care.cases for care in leg.care}
        for need, many in taken[number].items():
            if need in most and many > most[need]:
                yield _over(FaultCode.CARE, leg.id, f"cases of {need}", many, most[need])


def _totals(point: Ints, slot: Ints, heads: Ints) -> Totals:
    """Heads added up by point and hour, or by point and day."""
    keys, lines = np.unique((point << 32) + slot, return_inverse=True)
    sums = np.bincount(lines, heads, len(keys)).astype(np.int64)
    return zip((keys >> 32).tolist(), (keys & 0xFFFFFFFF).tolist(), sums.tolist(), strict=True)


def _through_faults(ground: Ground, places: Places, aboard: Ints) -> Iterator[Fault]:
    """Being let through: at a checkpoint when passing, at an access point in the window, elsewhere on arrival."""
    place, point = places.stop_place, places.stop_point
    in_window = ground.point_is_access[point] & places.has_window[place]
    at = np.where(in_window, places.window_begins[place], places.stop_arrives)
    counts = in_window | ~places.stop_is_start
    special = _special_hours(ground)
    for number, hour, heads in _totals(
        np.concatenate((ground.passage_point, point[counts])),
        ground.hour(np.concatenate((ground.passage_at, at[counts]))),
        np.concatenate((aboard[ground.passage_leg], places.heads[place[counts]])),
    ):
        most = special.get((number, hour), ground.points[number].throughput_per_hour)
        if most is not None and heads > most:
            where = f"{ground.points[number].id} in hour {_hour(ground, hour)}"
            yield _over(FaultCode.THROUGHPUT, where, "heads", heads, most)


def _special_hours(ground: Ground) -> dict[tuple[int, int], int]:
    """What a point lets through in the hours that are not as usual; the first that names an hour holds."""
    lines = [(n, one.hour, one.heads) for n, point in enumerate(ground.points) for one in reversed(point.hours)]
    hours = ground.hour(moments([hour for _, hour, _ in lines])).tolist()
    return {(number, hour): heads for (number, _, heads), hour in zip(lines, hours, strict=True)}


def _hour(ground: Ground, hour: int) -> str:
    network = ground.network
    begins = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour, minutes=-network.utc_offset_minutes)
    return network.clock(begins)


def _holding_faults(ground: Ground, places: Places) -> Iterator[Fault]:
    """Waiting for the next leg, or where the way ends until let through; who sleeps at a base does not wait there."""
    place, point, arrives = places.stop_place, places.stop_point, places.stop_arrives
    has_room = np.array([one.holding is not None for one in ground.points], np.bool_)
    waits = has_room[point] & ~(ground.point_is_base[point] & ~places.stop_is_start)
    in_window = ground.point_is_access[point] & places.has_window[place]
    let_through = np.where(in_window, places.window_ends[place], arrives)
    until = np.where(places.stop_leaves != NONE, ground.leg_departs[places.stop_leaves], let_through)
    stop = np.flatnonzero(waits & (until > arrives))
    first = ground.hour(arrives[stop])
    line, hour = _spread(first, ground.hour(until[stop] - MINUTE) - first + 1)
    for number, slot, heads in _totals(point[stop][line], hour, places.heads[place[stop]][line]):
        most = ground.points[number].holding
        if most is not None and heads > most:
            where = f"{ground.points[number].id} in hour {_hour(ground, slot)}"
            yield _over(FaultCode.HOLDING, where, "heads waiting", heads, most)


def _spread(first: Ints, times: Ints) -> tuple[Ints, Ints]:
    """Each line as often as it says, and beside it the numbers that follow its first one."""
    times = np.maximum(times, 0)
    line = np.repeat(np.arange(len(first)), times)
    begins = np.cumsum(times) - times
    return line, first[line] + np.arange(len(line)) - begins[line]


def _nights(ground: Ground, places: Places) -> Stays:
    """The nights of all stays at bases, each named by the day before it; at least one a stay."""
    stop = np.flatnonzero(ground.point_is_base[places.stop_point] & ~places.stop_is_start)
    first = ground.day(places.stop_arrives[stop])
    line, night = _spread(first, np.maximum(ground.day(leaving(ground, places)[stop]) - first, 1))
    return Stays(places.stop_place[stop][line], places.stop_point[stop][line], night)


def _bed_faults(ground: Ground, places: Places, nights: Stays) -> Iterator[Fault]:
    special = {
        (number, (beds.day - EPOCH).days): beds.beds
        for number, point in enumerate(ground.points)
        for beds in point.beds_by_day
    }
    for number, night, heads in _totals(nights.point, nights.night, places.heads[nights.place]):
        most = special.get((number, night), ground.points[number].beds)
        if most is not None and heads > most:
            where = f"{ground.points[number].id} in the night of {EPOCH + timedelta(days=night)}"
            yield _over(FaultCode.BEDS, where, "beds", heads, most)


def _care_faults(ground: Ground, nights: Stays, cases: dict[int, Counter[Need]]) -> Iterator[Fault]:
    taken: defaultdict[tuple[int, int], Counter[Need]] = defaultdict(Counter)
    limits = ints([number for number, point in enumerate(ground.points) if point.care])
    concerned = np.isin(nights.place, ints(list(cases))) & np.isin(nights.point, limits)
    for line in np.flatnonzero(concerned).tolist():
        taken[int(nights.point[line]), int(nights.night[line])].update(cases[int(nights.place[line])])
    for (number, night), some in taken.items():
        point = ground.points[number]
        for care in point.care:
            if some[care.need] > care.cases:
                where = f"{point.id} in the night of {EPOCH + timedelta(days=night)}"
                yield _over(FaultCode.CARE, where, f"cases of {care.need}", some[care.need], care.cases)


def _limit_faults(ground: Ground, places: Places, aboard: Ints) -> Iterator[Fault]:
    used = np.isin(ground.passage_leg, places.ride_leg)
    for limit in ground.network.limits:
        begins, ends = moment(limit.window.begins), moment(limit.window.ends)
        is_there = ground.passage_point == ground.point_number.get(limit.point, NONE)
        inside = ground.passage_leg[used & is_there & (ground.passage_at >= begins) & (ground.passage_at < ends)]
        heads = int(aboard[inside].sum())
        vehicles = len(np.unique(inside[aboard[inside] > 0]))
        if limit.heads is not None and heads > limit.heads:
            yield _over(FaultCode.COUNTERPART, limit.id, "heads", heads, limit.heads)
        if limit.vehicles is not None and vehicles > limit.vehicles:
            yield _over(FaultCode.COUNTERPART, limit.id, "vehicles", vehicles, limit.vehicles)


def _reserve_faults(ground: Ground, places: Places) -> Iterator[Fault]:
    """For reserves over the same legs, one by one and together: who is in none of the groups is kept off."""
    together: dict[frozenset[LegId], list[Reserve]] = {}
    for reserve in ground.network.reserves:
        together.setdefault(frozenset(reserve.legs), []).append(reserve)
    for legs, reserves in together.items():
        numbers = ints([ground.leg_number[leg] for leg in legs if leg in ground.leg_number])
        seats = sum(ground.legs[number].seats for number in numbers.tolist())
        times = np.bincount(places.ride_place, np.isin(places.ride_leg, numbers), len(places.first)).astype(np.int64)
        rides = times[places.of_pair]
        riding = [(places.pairs[pair][0], int(rides[pair])) for pair in np.flatnonzero(rides).tolist()]
        for size in range(1, len(reserves) + 1):
            for some in combinations(reserves, size):
                groups = {reserve.group for reserve in some}
                most = max(0, seats - sum(reserve.seats for reserve in some))
                heads = sum(demand.heads * many for demand, many in riding if groups.isdisjoint(demand.groups))
                if heads > most:
                    where = " and ".join(reserve.id for reserve in some)
                    yield _over(FaultCode.RESERVE, where, "heads of others", heads, most)


def _vehicle_faults(ground: Ground, aboard: Ints) -> Iterator[Fault]:
    used = [ground.legs[number] for number in np.flatnonzero(aboard).tolist()]
    used = sorted((leg for leg in used if leg.vehicle or leg.convoy), key=lambda leg: (leg.departs, leg.id))
    last: dict[str, Leg] = {}
    lead: dict[str, Leg] = {}
    for leg in used:
        before = last.get(leg.vehicle) if leg.vehicle else None
        if before is not None and before.arrives + timedelta(minutes=before.turnaround_minutes) > leg.departs:
            yield Fault(FaultCode.TURN_AROUND, f"{leg.vehicle} is not back for {leg.id}.", where=leg.id)
        last[leg.vehicle] = leg
        first = lead.setdefault(leg.convoy, leg) if leg.convoy else leg
        if first is not leg and (first.origin, first.departs, first.passages) != (
            leg.origin,
            leg.departs,
            leg.passages,
        ):
            yield Fault(FaultCode.CONVOY, f"{leg.id} does not go together with its convoy.", where=leg.id)
