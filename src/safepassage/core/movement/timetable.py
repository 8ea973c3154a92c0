"""A network made ready for planning: minutes instead of moments, legs by origin, legs that can't be used left out.

Minutes are whole minutes since 1970 in UTC; an hour or a day is numbered on the operation's own clock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.network import Leg, Network, Point
from safepassage.core.movement.plan import BlockCode, Shut


def minute_of(moment: datetime) -> int:
    """Whole minutes since 1970, rounded down."""
    return int(moment.timestamp() // 60)


def minute_after(moment: datetime) -> int:
    """Whole minutes since 1970, rounded up: nobody is planned a second too early."""
    return -int(-moment.timestamp() // 60)


@lru_cache(maxsize=65_536)
def moment_of(minute: int) -> datetime:
    """The moment of a minute, aware UTC."""
    return datetime.fromtimestamp(minute * 60, UTC)


@dataclass(frozen=True, slots=True)
class Spans:
    """When a point is open, in minutes."""

    opens: tuple[tuple[int, int], ...]
    closures: tuple[tuple[int, int], ...]

    def hold(self, begins: int, ends: int) -> bool:
        """Whether the point is open over the whole of [begins, ends); a moment is [m, m + 1)."""
        if self.opens and not any(first <= begins and ends <= last for first, last in self.opens):
            return False
        return not any(begins < last and first < ends for first, last in self.closures)


@dataclass(frozen=True, slots=True)
class Timetable:
    """A network in minutes. `unusable` tells for a leg why nobody new may be put on it."""

    network: Network
    offset: int
    points: dict[PointId, Point]
    legs: dict[LegId, Leg]
    departs: dict[LegId, int]
    arrives: dict[LegId, int]
    unusable: dict[LegId, Shut]
    spans: dict[PointId, Spans]
    ends: frozenset[PointId]
    leads_on: frozenset[PointId]
    """Points from which legs lead to a point where a movement may end."""
    _departures: dict[PointId, tuple[list[int], list[LegId]]] = field(default_factory=dict)

    def report(self, leg: LegId) -> int:
        """The minute by which people have to be there for boarding."""
        return self.departs[leg] - self.legs[leg].boarding_minutes

    def slot(self, minute: int) -> int:
        """The number of the hour that holds the minute."""
        return (minute + self.offset) // 60

    def slot_begins(self, slot: int) -> int:
        """The first minute of an hour."""
        return slot * 60 - self.offset

    def day(self, minute: int) -> int:
        """The number of the day that holds the minute (1970-01-01 is 0)."""
        return (minute + self.offset) // 1440

    def leaving(self, point: PointId, earliest: int, latest: int) -> list[LegId]:
        """Usable legs that depart from the point in [earliest, latest], by departure."""
        if point not in self._departures:
            return []
        minutes, legs = self._departures[point]
        return legs[bisect_left(minutes, earliest) : bisect_right(minutes, latest)]


def timetable_of(network: Network, now: datetime) -> Timetable:
    """The network as it can be used from `now` on."""
    points = {point.id: point for point in network.points}
    legs = {leg.id: leg for leg in network.legs}
    spans = {
        point.id: Spans(
            tuple((minute_of(window.begins), minute_of(window.ends)) for window in point.opens),
            tuple((minute_of(window.begins), minute_of(window.ends)) for window in point.closures),
        )
        for point in network.points
    }
    unusable = {}
    for leg in network.legs:
        why = _why_unusable(network, leg, spans, now)
        if why:
            unusable[leg.id] = why
    ends = frozenset(network.ending_points)
    usable = sorted((leg for leg in network.legs if leg.id not in unusable), key=lambda leg: (leg.departs, leg.id))
    departures: dict[PointId, tuple[list[int], list[LegId]]] = {}
    for leg in usable:
        minutes, ids = departures.setdefault(leg.origin, ([], []))
        minutes.append(minute_of(leg.departs))
        ids.append(leg.id)
    return Timetable(
        network=network,
        offset=network.utc_offset_minutes,
        points=points,
        legs=legs,
        departs={leg.id: minute_of(leg.departs) for leg in network.legs},
        arrives={leg.id: minute_of(leg.arrives) for leg in network.legs},
        unusable=unusable,
        spans=spans,
        ends=ends,
        leads_on=_leading_to(ends, usable),
        _departures=departures,
    )


def _leading_to(ends: frozenset[PointId], legs: list[Leg]) -> frozenset[PointId]:
    """Every point from which an end can be reached over these legs, times left aside."""
    into: dict[PointId, set[PointId]] = {}
    for leg in legs:
        into.setdefault(leg.destination, set()).add(leg.origin)
    reached: set[PointId] = set()
    todo = sorted(ends)
    while todo:
        for origin in sorted(into.get(todo.pop(), ())):
            if origin not in reached:
                reached.add(origin)
                todo.append(origin)
    return frozenset(reached)


def _why_unusable(network: Network, leg: Leg, spans: dict[PointId, Spans], now: datetime) -> Shut | None:
    if leg.freezes_at is not None and leg.freezes_at <= now:
        text = f"{leg.id} was frozen at {network.clock(leg.freezes_at)}"
        return Shut(BlockCode.FROZEN, text, (("leg", leg.id), ("at", leg.freezes_at.isoformat())))
    visits = [(leg.origin, leg.departs), (leg.destination, leg.arrives)]
    visits += [(passage.point, passage.at) for passage in leg.passages]
    for point, at in visits:
        minute = minute_of(at)
        if not spans[point].hold(minute, minute + 1):
            text = f"{point} is closed at {network.clock(at)}, when {leg.id} is there"
            return Shut(BlockCode.CLOSED, text, (("point", point), ("at", at.isoformat()), ("leg", leg.id)))
    if leg.mode.is_on_land:
        touched = {point for point, _ in visits}
        for curfew in network.curfews:
            meets = leg.departs < curfew.window.ends and curfew.window.begins < leg.arrives
            if meets and (not curfew.points or touched & set(curfew.points)):
                begins, ends = curfew.window.begins, curfew.window.ends
                when = f"{network.local(begins):%d %b %H:%M} to {network.clock(ends)}"
                text = f"{leg.id} is under way in the curfew {when}"
                values = ("leg", leg.id), ("at", begins.isoformat()), ("until", ends.isoformat())
                return Shut(BlockCode.CURFEW, text, values)
    return None
