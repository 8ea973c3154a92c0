"""The first free way of a class, found without listing all ways: for networks where there are too many to list.

A search goes leg by leg, earliest first, and remembers from which legs nothing is free any more. While capacity only
shrinks, a leg that was found dead for a party stays dead for every party alike that is no smaller, so that all
searches together cost little more than the network is large. A guide (`Quotas`) can narrow a search to what a plan
of flows foresees.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.capacity import Capacities
from safepassage.core.movement.consumption import Consumption, Visit
from safepassage.core.movement.demand import Cases, Clearance
from safepassage.core.movement.network import Point, PointKind
from safepassage.core.movement.parties import EarliestStart, OpenWay, PartyClass, holds_clearance
from safepassage.core.movement.ways import Way, WayFinder

ALIVE = 1 << 30
Kind = tuple[tuple[Clearance, ...], tuple[PointId, ...], tuple[str, ...], tuple[Cases, ...]]
"""What of a class decides, size and starts left aside, which legs it may take and what it uses: clearances,
destinations, groups, cases."""
Access = tuple[PointId, int, int]


@dataclass(slots=True)
class Quotas:
    """How many more heads of one kind a plan of flows sends over legs and access windows."""

    legs: defaultdict[LegId, float]
    blocks: dict[tuple[PointId, int], int]
    """By access point and hour: the block of hours that share a quota."""
    windows: dict[int, float]
    """By block."""

    def room(self, point: PointId, slot: int) -> float:
        """What is left for an hour of an access point."""
        block = self.blocks.get((point, slot))
        return 0.0 if block is None else self.windows[block]

    def take(self, way: Way, slot: int | None, heads: int) -> None:
        """Notes that a party goes this way."""
        for leg in way.legs:
            self.legs[leg] -= heads
        if way.access_point is not None and slot is not None:
            block = self.blocks.get((way.access_point, slot))
            if block is not None:
                self.windows[block] -= heads


_Stop = tuple[PointId, int, int, int | None, bool]
"""A visit before it is one: point, arrival, departure, hour of the access window, whether the way begins there."""
_Opening = tuple[int, int, int, int | None]
"""An access window: begin, end, hour, the resource that is its throughput."""


@dataclass(slots=True)
class _Asked:
    """One search: for whom, what is known to be dead for them, what guides it, and the way so far."""

    party: PartyClass
    heads: int
    dead: defaultdict[LegId, int]
    dead_without: defaultdict[LegId, int]
    """Known to be dead for the same party if it had no needs: dead for it too."""
    allowed: dict[LegId, bool]
    quotas: Quotas | None
    legs: list[LegId] = field(default_factory=list)
    stops: list[_Stop] = field(default_factory=list)
    access: Access | None = None
    is_bent: bool = False
    """Something was left out for what came before on the way: what failed is not dead for everyone."""


@dataclass(slots=True)
class LazySearch:
    """Finds free ways one at a time. `reset` when something is given back."""

    finder: WayFinder
    capacities: Capacities
    _current: dict[tuple[int, int, int], Way] = field(default_factory=dict)
    _cursor: dict[tuple[int, bool], int] = field(default_factory=dict)
    _first: dict[tuple[EarliestStart, ...], list[tuple[LegId, PointId, int]]] = field(default_factory=dict)
    _kinds: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    _numbers: dict[Kind | tuple[EarliestStart, ...], int] = field(default_factory=dict)
    _dead: dict[tuple[int, bool], defaultdict[LegId, int]] = field(default_factory=dict)
    _allowed: dict[int, dict[LegId, bool]] = field(default_factory=dict)
    _openings: dict[tuple[PointId, int, int], list[_Opening]] = field(default_factory=dict)
    _visits: dict[_Stop, tuple[Visit, Consumption]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forgets what was found dead."""
        self._current.clear()
        self._cursor.clear()
        self._dead.clear()

    def first_free(self, party: PartyClass, quotas: Quotas | None = None) -> OpenWay | None:
        """A way of the class with everything free, as early as a search leg by leg finds it; None if none is free.

        `party` must be the one object that stands for its class (`Draft.classes`). `quotas` narrow the search.
        """
        alike = self._kind_of(party)
        kind = alike[0]
        if quotas is None:
            current = self._current.get(alike)
            if current is not None:
                open_way = _open(current, party)
                if self.capacities.fits(open_way.use, current.legs):
                    return open_way
        dead = self._dead_of(kind, quotas)
        without = dead if alike[1] == kind else self._dead_of(alike[1], quotas)
        asked = _Asked(party, party.heads, dead, without, self._allowed.setdefault(kind, {}), quotas)
        first = self._first_legs(party)
        key = (id(party), quotas is not None)
        for index in range(self._cursor.get(key, 0), len(first)):
            leg, point, earliest = first[index]
            if dead[leg] > asked.heads and without[leg] > asked.heads:
                found = self._begin(asked, leg, point, earliest)
                if found is not None:
                    self._cursor[key] = index
                    if quotas is None:
                        self._current[alike] = found.way
                    return found
        self._cursor[key] = len(first)
        return None

    def _dead_of(self, kind: int, quotas: Quotas | None) -> defaultdict[LegId, int]:
        key = (kind, quotas is not None)
        known = self._dead.get(key)
        if known is None:
            known = self._dead[key] = defaultdict(lambda: ALIVE)
        return known

    def _kind_of(self, party: PartyClass) -> tuple[int, int, int]:
        """Numbers for the kind of a class, for the same without needs, and for its starts."""
        known = self._kinds.get(id(party))
        if known is None:
            kind = (party.clearances, party.destinations, party.groups, party.cases)
            numbers = self._numbers
            mine = numbers.setdefault(kind, len(numbers))
            without = numbers.setdefault((*kind[:3], ()), len(numbers))
            known = self._kinds[id(party)] = (mine, without, numbers.setdefault(party.starts, len(numbers)))
        return known

    def _first_legs(self, party: PartyClass) -> list[tuple[LegId, PointId, int]]:
        known = self._first.get(party.starts)
        if known is None:
            table = self.finder.timetable
            known = [
                (leg, point, earliest)
                for point, earliest in party.starts
                if point in table.leads_on
                for leg in table.leaving(point, earliest, 1 << 60)
                if table.report(leg) >= earliest
            ]
            known.sort(key=lambda first: (table.departs[first[0]], first[0]))
            self._first[party.starts] = known
        return known

    def _begin(self, asked: _Asked, leg: LegId, start: PointId, earliest: int) -> OpenWay | None:
        table = self.finder.timetable
        point = table.points[start]
        report, departs = table.report(leg), table.departs[leg]
        if point.kind is not PointKind.ACCESS_POINT:
            return self._ride(asked, leg, (start, report, departs, None, True))
        opens = max(earliest, departs - point.max_wait_minutes)
        opens = table.slot_begins(table.slot(opens - 1) + 1)
        found = None
        for begins, ends, slot, resource in self._openings_of(start, opens, report - point.processing_minutes):
            if not self._is_shut(asked, start, slot, resource):
                asked.access = (start, begins, ends)
                found = self._ride(asked, leg, (start, begins, departs, slot, True))
                if found is not None or asked.dead[leg] <= asked.heads:
                    break
        asked.access = None
        return found

    def _ride(self, asked: _Asked, leg: LegId, stop: _Stop) -> OpenWay | None:
        """Leaves a stop by this leg, if anything beyond it is free."""
        table = self.finder.timetable
        destination = table.legs[leg].destination
        if destination == stop[0] or any(before[0] == destination for before in asked.stops):
            asked.is_bent = True
            return None
        if not self._may_board(asked, leg):
            asked.dead[leg] = asked.heads
            return None
        if not self._is_free(asked, self._visit(stop)[1]):
            return None
        was_bent, asked.is_bent = asked.is_bent, False
        asked.legs.append(leg)
        asked.stops.append(stop)
        found = self._arrive(asked, table.points[destination], table.arrives[leg])
        asked.legs.pop()
        asked.stops.pop()
        if found is None and not asked.is_bent:
            asked.dead[leg] = asked.heads
        asked.is_bent = asked.is_bent or was_bent
        return found

    def _arrive(self, asked: _Asked, point: Point, arrives: int) -> OpenWay | None:
        if point.kind is not PointKind.ACCESS_POINT:
            return self._go_on(asked, point, arrives, None, arrives)
        if asked.access is not None:
            asked.is_bent = True
            return None
        latest = arrives + point.max_wait_minutes
        found = None
        for begins, ends, slot, resource in self._openings_of(point.id, arrives, latest + 60):
            if begins <= latest and not self._is_shut(asked, point.id, slot, resource):
                asked.access = (point.id, begins, ends)
                found = self._go_on(asked, point, arrives, slot, ends)
                if found is not None:
                    break
        asked.access = None
        return found

    def _go_on(self, asked: _Asked, point: Point, arrives: int, slot: int | None, ready: int) -> OpenWay | None:
        """From a point: the way ends here, or goes on by a later leg."""
        table = self.finder.timetable
        if point.id in table.ends:
            found = self._end(asked, point, arrives, slot)
            if found is not None:
                return found
        if point.id not in table.leads_on:
            return None
        if len(asked.legs) >= table.network.max_legs:
            asked.is_bent = True
            return None
        earliest = ready + point.processing_minutes
        dead, without, heads = asked.dead, asked.dead_without, asked.heads
        for leg in table.leaving(point.id, earliest, arrives + point.max_wait_minutes):
            if dead[leg] > heads and without[leg] > heads and table.report(leg) >= earliest:
                found = self._ride(asked, leg, (point.id, arrives, table.departs[leg], slot, False))
                if found is not None:
                    return found
        return None

    def _end(self, asked: _Asked, point: Point, arrives: int, slot: int | None) -> OpenWay | None:
        party = asked.party
        if party.destinations and point.id not in party.destinations:
            return None
        passing = asked.access if slot is not None else None
        last: _Stop = (point.id, arrives, self.finder.last_minute(point.id, arrives, passing), slot, False)
        if not self._is_free(asked, self._visit(last)[1]):
            return None
        visits = tuple(self._visit(stop)[0] for stop in (*asked.stops, last))
        found = _open(self.finder.way(tuple(asked.legs), visits, asked.access), party)
        if self.capacities.fits(found.use, asked.legs):
            return found
        asked.is_bent = True
        return None

    def _openings_of(self, point: PointId, opens: int, latest: int) -> list[_Opening]:
        known = self._openings.get((point, opens, latest))
        if known is None:
            table, meter = self.finder.timetable, self.finder.meter
            known = []
            for begins, ends in self.finder.windows(point, opens, latest):
                slot = table.slot(begins)
                known.append((begins, ends, slot, meter.through(point, slot)))
            self._openings[point, opens, latest] = known
        return known

    def _is_shut(self, asked: _Asked, point: PointId, slot: int, resource: int | None) -> bool:
        if resource is not None and self.capacities.free[resource] < asked.heads:
            return True
        return asked.quotas is not None and asked.quotas.room(point, slot) < asked.heads

    def _visit(self, stop: _Stop) -> tuple[Visit, Consumption]:
        known = self._visits.get(stop)
        if known is None:
            visit = Visit(*stop)
            known = self._visits[stop] = (visit, self.finder.meter.visit(visit))
        return known

    def _may_board(self, asked: _Asked, leg_id: LegId) -> bool:
        allowed = asked.allowed.get(leg_id)
        if allowed is None:
            leg = self.finder.timetable.legs[leg_id]
            held = asked.party.clearances
            allowed = all(any(holds_clearance(c, code, leg.departs) for c in held) for code in leg.requires)
            asked.allowed[leg_id] = allowed
        if not allowed or (asked.quotas is not None and asked.quotas.legs[leg_id] < asked.heads):
            return False
        if not self._is_free(asked, self.finder.meter.ride(leg_id)):
            return False
        return not self.capacities.vehicle_limits or not self.capacities.short_vehicles((leg_id,))

    def _is_free(self, asked: _Asked, price: Consumption) -> bool:
        free, heads = self.capacities.free, asked.heads
        for resource, times in price.per_head:
            if free[resource] < heads * times:
                return False
        for case in asked.party.cases:
            for need, resource in price.per_case:
                if need == case.need and free[resource] < case.cases:
                    return False
        for reserved, resource, times in price.outside:
            if free[resource] < heads * times and reserved.isdisjoint(asked.party.groups):
                return False
        return True


def _open(way: Way, party: PartyClass) -> OpenWay:
    return OpenWay(way, way.consumption.use(party.heads, party.cases, party.groups))
