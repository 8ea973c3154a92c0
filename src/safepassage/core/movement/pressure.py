"""Pressure at access points: who is expected by the quarter of an hour, and how long the queue gets.

The queue is a fluid one: in each quarter a point lets through what its hour allows, and the rest waits. How sure the
throughput is (`HourCapacity.low`, `high`) and how the tally at the gate compares with what was expected so far give
the interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.network import Network, Point, PointKind, Window
from safepassage.core.movement.plan import Plan
from safepassage.core.movement.timetable import minute_of, moment_of

QUARTER = 15
"""Minutes."""


@dataclass(frozen=True, slots=True)
class PressureQuarter:
    """One quarter of an hour at one access point: heads that come, heads let through, heads waiting at its end.

    `waiting_low` and `waiting_high` are the queue if the point lets through most or least of what it may.
    """

    point: PointId
    begins: datetime
    arrivals: float
    let_through: float
    waiting: float
    waiting_low: float
    waiting_high: float


@dataclass(frozen=True, slots=True)
class PressureAlarm:
    """The first quarter in which more heads may be waiting than the point should hold."""

    point: PointId
    begins: datetime
    waiting_high: float
    holding: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Heads that officers counted as they came to a point, in the quarter of an hour that begins then.

    `is_crowd`: they are an estimate of who stands there then, and not of who came; the queue goes on from it.
    """

    point: PointId
    begins: datetime
    heads: int
    is_crowd: bool = False


def forecast_pressure(
    network: Network, plan: Plan, *, tallies: Sequence[Tally] = (), now: datetime | None = None
) -> tuple[PressureQuarter, ...]:
    """The queue at each access point, by quarter, from the first arrival until it is gone again; by point and time.

    Quarters with a tally count what was seen. Later ones count what the plan says, times how the tallies of that
    point compare with the plan so far (between a half and twice). Only quarters from `now` on are given, if it is.
    """
    expected = _expected(network, plan)
    forecast: list[PressureQuarter] = []
    for point in network.points:
        seen = seen_at(point.id, tallies)
        crowd = crowd_at(point.id, tallies)
        if point.kind is PointKind.ACCESS_POINT and (expected[point.id] or seen or crowd):
            forecast += queue_at(point, expected[point.id], seen, crowd)
    return tuple(quarter for quarter in forecast if now is None or quarter.begins + timedelta(minutes=QUARTER) > now)


def pressure_alarms(network: Network, forecast: Sequence[PressureQuarter]) -> tuple[PressureAlarm, ...]:
    """For each point that states how many may wait: the first quarter in which more might."""
    holding = {point.id: point.holding for point in network.points}
    first: dict[PointId, PressureAlarm] = {}
    for quarter in forecast:
        most = holding.get(quarter.point)
        if most is not None and quarter.waiting_high > most and quarter.point not in first:
            first[quarter.point] = PressureAlarm(quarter.point, quarter.begins, quarter.waiting_high, most)
    return tuple(first.values())


def seen_at(point: PointId, tallies: Sequence[Tally]) -> dict[int, int]:
    """Heads counted at a point, by quarter of an hour since 1970."""
    return {minute_of(one.begins) // QUARTER: one.heads for one in tallies if one.point == point and not one.is_crowd}


def crowd_at(point: PointId, tallies: Sequence[Tally]) -> dict[int, int]:
    """Heads estimated to stand at a point, by quarter of an hour since 1970."""
    return {minute_of(one.begins) // QUARTER: one.heads for one in tallies if one.point == point and one.is_crowd}


def _expected(network: Network, plan: Plan) -> defaultdict[PointId, dict[int, int]]:
    """Heads by access point and quarter: when their leg arrives, or, where they start, when they are to be there."""
    arrives: dict[LegId, tuple[PointId, datetime]] = {leg.id: (leg.destination, leg.arrives) for leg in network.legs}
    found: defaultdict[PointId, dict[int, int]] = defaultdict(dict)
    for one in plan.assignments:
        if one.access_point is None:
            continue
        at = one.report_at
        if one.start != one.access_point:
            at = next(
                (moment for point, moment in map(arrives.__getitem__, one.legs) if point == one.access_point), at
            )
        quarter = minute_of(at) // QUARTER
        found[one.access_point][quarter] = found[one.access_point].get(quarter, 0) + one.heads
    return found


def queue_at(
    point: Point, expected: Mapping[int, int], seen: Mapping[int, int], crowd: Mapping[int, int]
) -> list[PressureQuarter]:
    """The queue at a point by quarter, from heads expected, counted and standing there in each quarter since 1970."""
    planned_so_far = sum(heads for quarter, heads in expected.items() if seen and quarter <= max(seen))
    factor = min(2.0, max(0.5, sum(seen.values()) / planned_so_far)) if planned_so_far else 1.0
    last = max([*expected, *seen, *crowd])
    quarter = min([*expected, *seen, *crowd])
    waiting = low = high = 0.0
    made: list[PressureQuarter] = []
    while quarter <= last or (waiting > 0 and quarter <= last + 96):
        begins = moment_of(quarter * QUARTER)
        usual, least, most = _throughput(point, begins)
        is_known = quarter in seen or (seen and quarter <= max(seen))
        arrivals = float(seen.get(quarter, 0)) if is_known else expected.get(quarter, 0) * factor
        before = waiting
        waiting = max(0.0, waiting + arrivals - usual)
        low, high = max(0.0, low + arrivals - most), max(0.0, high + arrivals - least)
        through = before + arrivals - waiting
        if quarter in crowd:
            waiting = low = high = float(crowd[quarter])
        made.append(PressureQuarter(point.id, begins, arrivals, through, waiting, low, high))
        quarter += 1
    return made


def _throughput(point: Point, begins: datetime) -> tuple[float, float, float]:
    """Heads let through in a quarter: usual, least, most. Nothing while the point is closed."""
    window = Window(begins, begins + timedelta(minutes=QUARTER))
    is_open = not point.opens or any(one.begins <= window.begins < one.ends for one in point.opens)
    if not is_open or any(one.overlaps(window) for one in point.closures):
        return 0.0, 0.0, 0.0
    usual = least = most = point.throughput_per_hour
    for hour in point.hours:
        if hour.hour <= begins < hour.hour + timedelta(hours=1):
            usual = hour.heads
            least = hour.heads if hour.low is None else hour.low
            most = hour.heads if hour.high is None else hour.high
    share = QUARTER / 60
    unlimited = float("inf")
    return (
        unlimited if usual is None else usual * share,
        unlimited if least is None else least * share,
        unlimited if most is None else most * share,
    )
