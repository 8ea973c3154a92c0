"""Ways through the network: every chain of legs, with its access window, from a point to where a movement may end.

A way is what one party could do, and which resources it would take. The rules are those of `docs/planning.md`; the
judge knows them too, and shares no line with this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.consumption import Consumption, Meter, Visit
from safepassage.core.movement.network import PointKind
from safepassage.core.movement.plan import Assignment
from safepassage.core.movement.timetable import Timetable, minute_of

STAGING_BASE = PointKind.STAGING_BASE
MAX_WAYS_PER_START = 100_000
"""Ways listed from one point. A network with more is planned over the first ones, by departure, and such a plan is
never called optimal."""


@dataclass(frozen=True, slots=True)
class Way:
    """Legs in order, where they start and end, when to be there, and what they take; `window` is in minutes.

    `out`: when the party first reaches a staging base, or else its end. `nights`: nights in beds. Ways are offered by
    `key`: out of danger first, then those that free their beds soonest, so that bases do not fill up.
    """

    start: PointId
    end: PointId
    report: int
    arrives: int
    legs: tuple[LegId, ...]
    access_point: PointId | None
    window: tuple[int, int] | None
    stays: tuple[Visit, ...]
    consumption: Consumption
    out: int
    nights: int

    @property
    def key(self) -> tuple[int, int, int, int, tuple[LegId, ...], tuple[int, int]]:
        """What ways are sorted by: a total order for one start."""
        return self.out, self.nights, self.arrives, -self.report, self.legs, self.window or (0, 0)


@dataclass(frozen=True, slots=True)
class _Trail:
    """A way half done: visits already left, the visit that goes on, and from when the party may board again."""

    legs: tuple[LegId, ...]
    visits: tuple[Visit, ...]
    here: Visit
    ready: int
    access: tuple[PointId, int, int] | None


@dataclass(slots=True)
class WayFinder:
    """Lists the ways from a point, once for each point. `is_cut`: some point had more than could be listed."""

    timetable: Timetable
    meter: Meter
    is_cut: bool = False
    _from: dict[PointId, tuple[Way, ...]] = field(default_factory=dict)
    _samples: dict[PointId, tuple[Way, ...]] = field(default_factory=dict)

    def ways_from(self, start: PointId) -> tuple[Way, ...]:
        """Every way from the point, by `Way.key`."""
        known = self._from.get(start)
        if known is None:
            found: list[Way] = []
            for way in self._search(start):
                if len(found) == MAX_WAYS_PER_START:
                    self.is_cut = True
                    break
                found.append(way)
            found.sort(key=lambda way: way.key)
            known = self._from[start] = tuple(found)
        return known

    def sample(self, start: PointId, most: int) -> tuple[Way, ...]:
        """Up to about `most` ways from the point, spread over the legs that leave it, by `Way.key`; listed once."""
        known = self._samples.get(start)
        if known is None:
            by_leg = self.by_first_leg(start)
            step = max(1, len(by_leg) // most)
            each = max(1, most // max(1, len(by_leg)))
            found = [way for ways in by_leg[::step] for way in islice(ways, each)]
            known = self._samples[start] = tuple(sorted(found, key=lambda way: way.key))
        return known

    def has_way(self, start: PointId) -> bool:
        """Whether any way leads from the point."""
        return (start in self._from and bool(self._from[start])) or next(self._search(start), None) is not None

    def are_more_than(self, starts: Iterable[PointId], most: int) -> bool:
        """Whether more ways than this lead from these points, together: counted leg by leg, not listed.

        Ways that would come to a point twice are counted too, so that this may say yes a little early.
        """
        table = self.timetable
        counted: dict[LegId, int] = {}
        total = 0
        for start in starts:
            waits = table.points[start].kind is PointKind.ACCESS_POINT
            hours = table.points[start].max_wait_minutes // 60 + 1 if waits else 1
            for leg in table.leaving(start, -(1 << 60), 1 << 60):
                total += hours * self._count(leg, counted, most)
                if total > most:
                    return True
        return False

    def _count(self, leg_id: LegId, counted: dict[LegId, int], most: int) -> int:
        """Ways that go on from riding a leg."""
        known = counted.get(leg_id)
        if known is not None:
            return known
        counted[leg_id] = 0
        table = self.timetable
        point, arrives = table.points[table.legs[leg_id].destination], table.arrives[leg_id]
        latest = arrives + point.max_wait_minutes
        readies = [arrives]
        if point.kind is PointKind.ACCESS_POINT:
            readies = [ends for begins, ends in self.windows(point.id, arrives, latest + 60) if begins <= latest]
        found = len(readies) if point.id in table.ends else 0
        for ready in readies if point.id in table.leads_on else ():
            for leg in table.leaving(point.id, ready + point.processing_minutes, latest):
                found += self._count(leg, counted, most)
            if found > most:
                break
        counted[leg_id] = found
        return found

    def way_of(self, assignment: Assignment) -> Way | None:
        """The way of a place that a party has, whatever the rules now say; None if a leg or point of it is gone."""
        table, legs = self.timetable, assignment.legs
        if not legs:
            return None
        for leg in legs:
            if leg not in table.legs:
                return None
        window = assignment.access_window
        access = None
        if window is not None and assignment.access_point is not None:
            access = (assignment.access_point, minute_of(window.begins), minute_of(window.ends))
        point, arrives = assignment.start, minute_of(assignment.report_at)
        visits: list[Visit] = []
        for leg in legs:
            slot = table.slot(access[1]) if access is not None and access[0] == point else None
            visits.append(Visit(point, arrives, table.departs[leg], slot, not visits))
            point, arrives = table.legs[leg].destination, table.arrives[leg]
        passing = access if access is not None and access[0] == point else None
        leaves = self.last_minute(point, arrives, passing)
        visits.append(Visit(point, arrives, leaves, table.slot(passing[1]) if passing else None))
        return self.way(legs, tuple(visits), access)

    def by_first_leg(self, start: PointId) -> list[Iterator[Way]]:
        """The ways from the point, one iterator for each leg that leaves it."""
        table = self.timetable
        if start not in table.leads_on:
            return []
        return [map(self._finish, self._by_leg(start, leg)) for leg in table.leaving(start, -(1 << 60), 1 << 60)]

    def _search(self, start: PointId) -> Iterator[Way]:
        return (self._finish(trail) for trail in self._trails(start))

    def _finish(self, trail: _Trail) -> Way:
        return self.way(trail.legs, trail.visits, trail.access)

    def _trails(self, start: PointId) -> Iterator[_Trail]:
        table = self.timetable
        if start in table.leads_on:
            for leg in table.leaving(start, -(1 << 60), 1 << 60):
                yield from self._by_leg(start, leg)

    def _by_leg(self, start: PointId, leg: LegId) -> Iterator[_Trail]:
        table = self.timetable
        report = table.report(leg)
        if table.points[start].kind is PointKind.ACCESS_POINT:
            earliest = table.departs[leg] - table.points[start].max_wait_minutes
            earliest = table.slot_begins(table.slot(earliest - 1) + 1)
            for begins, ends in self.windows(start, earliest, report - table.points[start].processing_minutes):
                here = Visit(start, begins, begins, table.slot(begins), is_start=True)
                trail = _Trail((), (), here, ends, (start, begins, ends))
                yield from self._ride(trail, leg)
        else:
            here = Visit(start, report, report, is_start=True)
            yield from self._ride(_Trail((), (), here, report, None), leg)

    def _ride(self, trail: _Trail, leg_id: LegId) -> Iterator[_Trail]:
        """Goes on by this leg: ways that end where it arrives, then ways that lead further."""
        table = self.timetable
        leg = table.legs[leg_id]
        if any(visit.point == leg.destination for visit in (*trail.visits, trail.here)):
            return
        legs = (*trail.legs, leg_id)
        visits = (*trail.visits, trail.here._replace(leaves=table.departs[leg_id]))
        arrives = table.arrives[leg_id]
        point = table.points[leg.destination]
        if point.kind is not PointKind.ACCESS_POINT:
            after = _Trail(legs, visits, Visit(point.id, arrives, arrives), arrives, trail.access)
            yield from self._arrive(after)
        elif trail.access is None:
            for begins, ends in self.windows(point.id, arrives, arrives + point.max_wait_minutes + 60):
                here = Visit(point.id, arrives, arrives, table.slot(begins))
                if begins <= arrives + point.max_wait_minutes:
                    yield from self._arrive(_Trail(legs, visits, here, ends, (point.id, begins, ends)))

    def _arrive(self, trail: _Trail) -> Iterator[_Trail]:
        table = self.timetable
        point = table.points[trail.here.point]
        if point.id in table.ends:
            passing = trail.access if trail.here.slot is not None else None
            last = trail.here._replace(leaves=self.last_minute(point.id, trail.here.arrives, passing))
            yield replace(trail, visits=(*trail.visits, last))
        if len(trail.legs) >= table.network.max_legs or point.id not in table.leads_on:
            return
        earliest = trail.ready + point.processing_minutes
        for leg in table.leaving(point.id, earliest, trail.here.arrives + point.max_wait_minutes):
            if table.report(leg) >= earliest:
                yield from self._ride(trail, leg)

    def windows(self, point: PointId, earliest: int, latest: int) -> Iterator[tuple[int, int]]:
        """Access windows, each inside one hour, that begin at `earliest` or later and end by `latest`."""
        table = self.timetable
        begins = earliest
        while True:
            ends = table.slot_begins(table.slot(begins) + 1)
            if ends > latest:
                return
            if table.spans[point].hold(begins, ends):
                yield begins, ends
            begins = ends

    def last_minute(self, point_id: PointId, arrives: int, passing: tuple[PointId, int, int] | None) -> int:
        """Until when a party whose movement ends here takes room: beds for its stay, else until it is let through."""
        point = self.timetable.points[point_id]
        if point.kind is STAGING_BASE:
            return arrives + point.stay_hours * 60
        return passing[2] if passing else arrives

    def way(
        self,
        legs: tuple[LegId, ...],
        visits: tuple[Visit, ...],
        access: tuple[PointId, int, int] | None,
        takes: Consumption | None = None,
    ) -> Way:
        """The way over these legs and visits, from the first visit on. `takes`: what it takes, if known."""
        points, day = self.timetable.points, self.timetable.day
        stays = tuple([visit for visit in visits[1:] if points[visit.point].kind is STAGING_BASE])
        return Way(
            start=visits[0].point,
            end=visits[-1].point,
            report=visits[0].arrives,
            arrives=visits[-1].arrives,
            legs=legs,
            access_point=access[0] if access else None,
            window=(access[1], access[2]) if access else None,
            stays=stays,
            consumption=takes or self.meter.consumption(legs, visits),
            out=stays[0].arrives if stays else visits[-1].arrives,
            nights=sum([max(1, day(stay.leaves) - day(stay.arrives)) for stay in stays]),
        )
