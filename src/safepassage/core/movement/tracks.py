"""The usable legs, numbered: what the search for a free way reads in its inner loop.

Legs that leave one point have numbers that follow each other, by departure, so that "what leaves here between two
moments" is a range of numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import repeat

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.consumption import Consumption, Visit
from safepassage.core.movement.network import Point, PointKind
from safepassage.core.movement.parties import PartyClass, holds_clearance
from safepassage.core.movement.ways import Way, WayFinder
from safepassage.core.people import Need

Opening = tuple[int, int, int, int]
"""An access window: begin, end, hour, and the resource that is its throughput (-1: no limit)."""
Stop = tuple[int, int, int, int | None, bool]
"""A visit before it is one: point, arrival, departure, hour of the access window, whether the way begins there."""
NO_LIMIT = -1
ALIVE = 1 << 30
"""More heads than any party has."""
Cases = tuple[tuple[Need, int], ...]


@dataclass(slots=True)
class Tracks:
    """A timetable and its prices by number. All lists but the last five are by leg."""

    finder: WayFinder
    ids: list[LegId]
    departs: list[int]
    arrives: list[int]
    report: list[int]
    destination: list[int]
    """Point numbers."""
    seat: list[int]
    """The resource that is a leg's seats."""
    riding: list[tuple[int, ...]]
    """Resources of which a ride takes one for each head."""
    odd: list[tuple[tuple[int, int], ...]]
    """Resources of which it takes more than one."""
    outside: list[tuple[tuple[frozenset[str], int, int], ...]]
    cases: list[Cases]
    onward: list[int]
    """The first leg that leaves the destination once this one has arrived and been processed, access left aside."""
    onward_end: list[int]
    """One past the last leg that leaves there before the longest wait is over."""
    points: list[Point]
    leaving: list[range]
    """By point: the legs that leave it."""
    may_end: list[bool]
    leads_on: list[bool]
    is_access: list[bool]
    is_simple: list[bool]
    """Neither waiting nor sleeping there takes anything."""
    has_care: list[bool]
    """Care there is limited, so that whoever sleeps there with a case takes of it."""
    is_odd: bool
    """Whether any leg takes more than one of anything for a head, or has seats reserved."""
    _numbers: dict[PointId, int] = field(default_factory=dict)
    _hours: dict[int, list[Opening]] = field(default_factory=dict)
    _openings: dict[tuple[int, int, int], list[Opening]] = field(default_factory=dict)
    _stays: dict[tuple[int, int, int, int | None, bool], tuple[tuple[int, ...], Cases]] = field(default_factory=dict)

    @classmethod
    def of(cls, finder: WayFinder) -> Tracks:
        """The usable legs of a timetable; opens the resources of every leg."""
        table, meter = finder.timetable, finder.meter
        points = list(table.network.points)
        numbers = {point.id: index for index, point in enumerate(points)}
        ids: list[LegId] = []
        leaving = []
        for point in points:
            legs = table.leaving(point.id, -(1 << 60), 1 << 60)
            leaving.append(range(len(ids), len(ids) + len(legs)))
            ids += legs
        rides = [meter.ride(leg) for leg in ids]
        tracks = cls(
            finder=finder,
            ids=ids,
            departs=[table.departs[leg] for leg in ids],
            arrives=[table.arrives[leg] for leg in ids],
            report=[table.report(leg) for leg in ids],
            destination=[numbers[table.legs[leg].destination] for leg in ids],
            seat=[ride.per_head[0][0] for ride in rides],
            riding=[tuple([resource for resource, times in ride.per_head if times == 1]) for ride in rides],
            odd=[tuple([pair for pair in ride.per_head if pair[1] != 1]) for ride in rides],
            outside=[ride.outside for ride in rides],
            cases=[ride.per_case for ride in rides],
            onward=[],
            onward_end=[],
            points=points,
            leaving=leaving,
            may_end=[point.id in table.ends for point in points],
            leads_on=[point.id in table.leads_on for point in points],
            is_access=[point.kind is PointKind.ACCESS_POINT for point in points],
            is_simple=[point.holding is None and point.kind is not PointKind.STAGING_BASE for point in points],
            has_care=[bool(point.care) for point in points],
            is_odd=any(ride.outside or any(times != 1 for _, times in ride.per_head) for ride in rides),
            _numbers=numbers,
        )
        for leg, point_number in enumerate(tracks.destination):
            point = points[point_number]
            tracks.onward.append(tracks.first_from(point_number, tracks.arrives[leg] + point.processing_minutes))
            tracks.onward_end.append(tracks.first_after(point_number, tracks.arrives[leg] + point.max_wait_minutes))
        return tracks

    def number_of(self, point: PointId) -> int:
        """The number of a point."""
        return self._numbers[point]

    def first_from(self, point: int, minute: int) -> int:
        """The first leg that departs from a point then or later (one past the last, if none does)."""
        legs = self.leaving[point]
        return bisect_left(self.departs, minute, legs.start, legs.stop)

    def first_after(self, point: int, minute: int) -> int:
        """One past the last leg that departs from a point by then."""
        legs = self.leaving[point]
        return bisect_right(self.departs, minute, legs.start, legs.stop)

    def shut_for(self, party: PartyClass) -> list[int]:
        """By leg: 0 where the party lacks a clearance, else `ALIVE`."""
        table = self.finder.timetable
        shut = [ALIVE] * len(self.ids)
        for number, leg_id in enumerate(self.ids):
            leg = table.legs[leg_id]
            if leg.requires and not all(
                any(holds_clearance(held, code, leg.departs) for held in party.clearances) for code in leg.requires
            ):
                shut[number] = 0
        return shut

    def openings(self, point: int, opens: int, latest: int) -> list[Opening]:
        """Access windows of a point that begin at `opens` or later and end by `latest`."""
        known = self._openings.get((point, opens, latest))
        if known is None:
            table = self.finder.timetable
            next_hour = table.slot_begins(table.slot(opens - 1) + 1)
            full = self._full_hours(point)
            first = bisect_left(full, (next_hour,))
            known = full[first : bisect_left(full, (latest - 59,))]
            if (
                next_hour > opens
                and next_hour <= latest
                and table.spans[self.points[point].id].hold(opens, next_hour)
            ):
                known.insert(0, self._opening(point, opens, next_hour))
            self._openings[point, opens, latest] = known
        return known

    def _full_hours(self, point: int) -> list[Opening]:
        """The whole hours in which an access point is open, from the first leg's to the last leg's."""
        known = self._hours.get(point)
        if known is None:
            table, place = self.finder.timetable, self.points[point]
            ends = max(self.arrives, default=0) + place.max_wait_minutes + 120
            begins = min(self.departs, default=0) - place.max_wait_minutes - 120
            begins = table.slot_begins(table.slot(begins))
            known = self._hours[point] = [
                self._opening(point, *window) for window in self.finder.windows(place.id, begins, ends)
            ]
        return known

    def _opening(self, point: int, begins: int, ends: int) -> Opening:
        slot = self.finder.timetable.slot(begins)
        resource = self.finder.meter.through(self.points[point].id, slot)
        return begins, ends, slot, NO_LIMIT if resource is None else resource

    def stay(
        self,
        point: int,
        arrives: int,
        leaves: int,
        slot: int | None,
        is_start: bool,  # noqa: FBT001
    ) -> tuple[tuple[int, ...], Cases]:
        """What being at a point takes: resources of one a head, and resources per case."""
        if self.is_simple[point]:
            arrives = leaves = 0 if is_start or slot is not None else arrives
        key = (point, arrives, leaves, slot, is_start)
        known = self._stays.get(key)
        if known is None:
            price = self.finder.meter.visit(Visit(self.points[point].id, arrives, leaves, slot, is_start))
            known = self._stays[key] = (tuple([resource for resource, _ in price.per_head]), price.per_case)
        return known

    def way(
        self, legs: list[int], stops: tuple[Stop, ...], window: tuple[PointId, int, int] | None, resources: list[int]
    ) -> Way:
        """The way over some legs and stops. `resources`: those of one a head, of legs and then of stops."""
        visits = tuple([_visit(self.points, stop) for stop in stops])
        takes = None
        if not self.is_odd and len(set(resources)) == len(resources):
            cases: Cases = ()
            for leg in legs:
                cases += self.cases[leg]
            for stop in stops:
                if self.has_care[stop[0]]:
                    cases += self.stay(*stop)[1]
            takes = Consumption(tuple(zip(resources, repeat(1))), cases, (), tuple(resources))
        return self.finder.way(tuple([self.ids[leg] for leg in legs]), visits, window, takes)


def _visit(points: list[Point], stop: Stop) -> Visit:
    point, arrives, leaves, slot, is_start = stop
    return Visit(points[point].id, arrives, leaves, slot, is_start)
