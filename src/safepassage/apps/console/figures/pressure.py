"""Pressure at the access points: people expected in each hour, what the point lets through, and the tallies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.movement.selectors import network_read, plan_read, plan_record_now
from safepassage.apps.outreach.relief import crowds_seen, relief_key
from safepassage.core.movement import (
    Network,
    Plan,
    Point,
    PointKind,
    PressureAlarm,
    PressureQuarter,
    Reliefs,
    Tally,
    forecast_pressure,
    pressure_alarms,
    relieve,
)

HOUR = timedelta(hours=1)
_LEVELS = ("calm", "dense", "dangerous")
_STEPS = (0.01, 0.4, 0.7, 0.9, 1.01)
"""Shares of the throughput from which the next shade begins."""


@dataclass(frozen=True, slots=True)
class PressureCell:
    """One hour at one point: people expected, what it lets through (None: not known), and the worst tally."""

    hour: datetime
    expected: int
    limit: int | None
    tally: str = ""

    @property
    def shade(self) -> int:
        """0 (nobody) to 5 (more than it lets through)."""
        if not self.limit:
            return 3 if self.expected and self.limit == 0 else min(1, self.expected)
        return sum(self.expected / self.limit >= step for step in _STEPS)


@dataclass(frozen=True, slots=True)
class PressureLine:
    """One access point over the hours."""

    point: str
    name: str
    cells: tuple[PressureCell, ...]

    @property
    def worst(self) -> PressureCell | None:
        """The hour closest to (or furthest over) what the point lets through."""
        busy = [cell for cell in self.cells if cell.expected]
        return max(busy, key=lambda cell: cell.expected / (cell.limit or 1), default=None)


def pressure_lines(
    network: Network, plan: Plan, tallies: Iterable[tuple[str, datetime, str]]
) -> tuple[PressureLine, ...]:
    """Pressure by point and hour over the hours in which anybody is expected or was tallied.

    `tallies` are (point, quarter of an hour, level); times are aware UTC.
    """
    expected: Counter[tuple[str, datetime]] = Counter()
    for one in plan.assignments:
        if one.access_point and one.access_window:
            expected[str(one.access_point), hour_of(one.access_window.begins, network)] += one.heads
    worst: dict[tuple[str, datetime], str] = defaultdict(str)
    for point, quarter, level in tallies:
        key = (point, hour_of(quarter, network))
        worst[key] = max(worst[key], level, key=lambda word: _LEVELS.index(word) if word else -1)
    hours = _hours([hour for _, hour in (*expected, *worst)])
    points = [point for point in network.points if point.kind is PointKind.ACCESS_POINT]
    return tuple(
        PressureLine(
            point.id,
            point.name or point.id,
            tuple(
                PressureCell(hour, expected[point.id, hour], _limit(point, hour), worst[point.id, hour])
                for hour in hours
            ),
        )
        for point in points
    )


@dataclass(frozen=True, slots=True)
class PressureAhead:
    """One point with an alarm: its forecast by quarter, when more may wait than it holds, and what to move."""

    point: str
    name: str
    alarm: PressureAlarm
    quarters: tuple[PressureQuarter, ...]
    relief: Reliefs

    @property
    def key(self) -> str:
        """What the proposal is known by when a planner says yes to it."""
        return relief_key(self.relief)


QUARTERS_SHOWN = 16


def pressure_ahead(
    network: Network, plan: Plan, seen: Sequence[Tally], *, now: datetime
) -> tuple[PressureAhead, ...]:
    """The points of which more people may stand than they hold, from `now` on; `seen` is what officers estimated."""
    forecast = forecast_pressure(network, plan, tallies=seen, now=now)
    alarms = {alarm.point: alarm for alarm in pressure_alarms(network, forecast)}
    if not alarms:
        return ()
    names = {point.id: point.name or point.id for point in network.points}
    found = []
    for relief in relieve(network, plan, now=now, tallies=seen):
        of_point = [one for one in forecast if one.point == relief.point]
        alarm = alarms[relief.point]
        first = next(number for number, one in enumerate(of_point) if one.begins == alarm.begins)
        shown = tuple(of_point[max(0, first - 4) : max(0, first - 4) + QUARTERS_SHOWN])
        found.append(PressureAhead(relief.point, names[relief.point], alarm, shown, relief))
    return tuple(sorted(found, key=lambda one: (one.alarm.begins, one.point)))


def pressure_of_plan(*, now: datetime) -> tuple[PressureAhead, ...]:
    """The same for the published plan; nothing where none is."""
    record = plan_record_now()
    if record is None:
        return ()
    network = network_read(record.network)
    return pressure_ahead(network, plan_read(record), crowds_seen(now), now=now)


def hour_of(moment: datetime, network: Network) -> datetime:
    """The hour of the operation's own clock that holds a moment (Kabul: it begins at half past in UTC)."""
    offset = timedelta(minutes=network.utc_offset_minutes)
    return (moment + offset).replace(minute=0, second=0, microsecond=0) - offset


def _hours(found: Sequence[datetime]) -> list[datetime]:
    """The hours of each day on which something happens, without the empty ones before and after."""
    days: dict[object, list[datetime]] = defaultdict(list)
    for hour in sorted(set(found)):
        days[hour.date()].append(hour)
    hours: list[datetime] = []
    for of_day in days.values():
        hour = of_day[0]
        while hour <= of_day[-1]:
            hours.append(hour)
            hour += HOUR
    return hours


def _limit(point: Point, hour: datetime) -> int | None:
    """Heads let through in an hour: 0 when the point is closed then."""
    if point.opens and not any(hour in window for window in point.opens):
        return 0
    if any(hour in window for window in point.closures):
        return 0
    special = {one.hour: one.heads for one in point.hours}
    return special.get(hour, point.throughput_per_hour)
