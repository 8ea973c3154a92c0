"""The first free way of a class, found without listing all ways: for networks where there are too many to list.

A search goes leg by leg, earliest first. Parties of one kind and size share a *lane*, which remembers from which legs
nothing is free any more, and for the others from where to look on. Capacity only shrinks while places are given, so
all searches of a lane together cost little more than the network is large.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.core.ids import PointId
from safepassage.core.movement.capacity import Capacities
from safepassage.core.movement.lanes import Lane, Lanes
from safepassage.core.movement.parties import OpenWay, PartyClass
from safepassage.core.movement.tracks import ALIVE, NO_LIMIT, Opening, Stop, Tracks
from safepassage.core.movement.ways import Way, WayFinder


@dataclass(slots=True)
class LazySearch:
    """Finds free ways one at a time. `reset` when something is given back."""

    finder: WayFinder
    capacities: Capacities
    _tracks: Tracks | None = None
    _lanes: Lanes | None = None
    _ways: dict[tuple[object, ...], Way] = field(default_factory=dict)
    _legs: list[int] = field(default_factory=list)
    _stops: list[Stop] = field(default_factory=list)
    _taken: list[tuple[int, ...]] = field(default_factory=list)
    _access: Opening | None = None
    _access_at: int = -1
    _found: OpenWay | None = None
    _is_bent: bool = False
    """Something was left out for what came before on the way: what failed is not dead for everyone."""
    _most: int = 0
    """What was tried and failed has room for no more heads than this: larger parties need not try it."""

    _let_in: int = ALIVE
    """The most heads that any window before the first leg tried last lets through, if all were looked at."""

    def reset(self) -> None:
        """Forgets what was found dead."""
        if self._lanes is not None:
            self._lanes.reset()

    def reset_cases(self) -> None:
        """Forgets what was found dead for parties with a case, where nothing but care was given back."""
        if self._lanes is not None:
            self._lanes.reset_cases()

    def first_free(self, party: PartyClass) -> OpenWay | None:
        """A way of the class with everything free, as early as a search leg by leg finds it; None if none is free.

        `party` must be the one object that stands for its class (`Draft.classes`).
        """
        lanes = self._lanes
        if lanes is None:
            self._tracks = Tracks.of(self.finder)
            lanes = self._lanes = Lanes(self._tracks)
        lane, starts = lanes.of(party), lanes.starts(party)
        current = lane.current.get(starts)
        if current is not None and self._has_room(current, party.heads):
            open_way = OpenWay(current, party.heads, party.cases, party.groups)
            is_sure = lane.is_plain and not self.capacities.vehicle_limits
            if is_sure or self.capacities.fits(open_way.use, current.legs):
                return open_way
        tracks = lanes.tracks
        first, seat, onward, onward_end = lanes.first_legs[starts], tracks.seat, tracks.onward, tracks.onward_end
        dead, free, heads, room = lane.dead, self.capacities.free, lane.heads, lanes.room[starts]
        begun = lane.first.setdefault(starts, {})
        for at in range(max([at for size, at in begun.items() if size <= heads], default=0), len(first)):
            leg, point, earliest = first[at]
            if room[at] < heads or dead[leg] <= heads or free[seat[leg]] < heads:
                continue
            if not lane.ends[tracks.destination[leg]]:
                beyond = max(dead[onward[leg] : onward_end[leg]], default=0)
                if beyond <= heads:
                    lane.bury(leg, max(beyond, 1))
                    continue
            self._let_in = ALIVE
            if self._begin(lane, leg, point, earliest):
                begun[heads] = at
                if self._found is not None:
                    lane.current[starts] = self._found.way
                return self._found
            room[at] = min(room[at], self._let_in)
        begun[heads] = len(first)
        return None

    def _has_room(self, way: Way, heads: int) -> bool:
        """Whether a way takes so many heads, reserves and cases left aside."""
        free = self.capacities.free
        takes = way.consumption
        if takes.ones:
            return min(map(free.__getitem__, takes.ones)) >= heads
        for resource, times in takes.per_head:  # noqa: SIM110  a generator takes three times the time
            if free[resource] < times * heads:
                return False
        return True

    def _begin(self, lane: Lane, leg: int, start: int, earliest: int) -> bool:
        tracks = self._tracks
        if tracks is None or not self._may_board(lane, leg):
            return False
        report, departs = tracks.report[leg], tracks.departs[leg]
        if not tracks.is_access[start]:
            return self._ride(lane, leg, (start, report, departs, None, True))
        point = tracks.points[start]
        table = self.finder.timetable
        opens = max(earliest, departs - point.max_wait_minutes)
        opens = table.slot_begins(table.slot(opens - 1) + 1)
        free, heads = self.capacities.free, lane.heads
        openings = tracks.openings(start, opens, report - point.processing_minutes)
        index, most = lane.opening.get((leg, opens), (0, 0))
        while index < len(openings) and openings[index][3] != NO_LIMIT and free[openings[index][3]] < heads:
            most = max(most, free[openings[index][3]])
            index += 1
        lane.opening[leg, opens] = index, most
        self._most = max(self._most, most)
        if index == len(openings):
            self._let_in = most
            return False
        for at in range(index, len(openings)):
            opening = openings[at]
            _, _, slot, resource = opening
            if resource != NO_LIMIT and free[resource] < heads:
                self._most = max(self._most, free[resource])
            else:
                self._access, self._access_at = opening, start
                found = self._ride(lane, leg, (start, opening[0], departs, slot, True))
                if found or lane.dead[leg] <= heads:
                    self._access = None
                    return found
        self._access = None
        return False

    def _may_board(self, lane: Lane, leg: int) -> bool:
        """Whether a leg has room. One that has none is dead."""
        tracks, free, heads = self._tracks, self.capacities.free, lane.heads
        if tracks is None:
            return False
        for resource in tracks.riding[leg]:
            if free[resource] < heads:
                lane.bury(leg, max(0, free[resource]) + 1)
                return False
        if (not lane.is_plain and not self._has_extra(lane, leg)) or (
            self.capacities.vehicle_limits and self.capacities.short_vehicles((tracks.ids[leg],))
        ):
            lane.bury(leg, heads)
            return False
        return True

    def _has_extra(self, lane: Lane, leg: int) -> bool:
        """Whether there are places for cases, and seats that are not reserved for others."""
        extra = lane.extra.get(leg)
        tracks, party = self._tracks, lane.party
        if extra is None and tracks is not None:
            amounts = [(resource, times * lane.heads) for resource, times in tracks.odd[leg]]
            amounts += [
                (resource, times * lane.heads)
                for groups, resource, times in tracks.outside[leg]
                if groups.isdisjoint(party.groups)
            ]
            amounts += [
                (resource, case.cases)
                for case in party.cases
                for need, resource in tracks.cases[leg]
                if need == case.need
            ]
            extra = lane.extra[leg] = tuple(amounts)
        free = self.capacities.free
        return all(free[resource] >= amount for resource, amount in extra or ())

    def _ride(self, lane: Lane, leg: int, stop: Stop) -> bool:
        """Leaves a stop by a leg that has room; finds what is free beyond it."""
        tracks = self._tracks
        if tracks is None:
            return False
        point = tracks.destination[leg]
        if point == stop[0]:
            self._is_bent = True
            return False
        for before in self._stops:
            if point == before[0]:
                self._is_bent = True
                return False
        taken = self._stay(lane, stop)
        if taken is None:
            return False
        was_bent, self._is_bent = self._is_bent, False
        most, self._most = self._most, 0
        self._legs.append(leg)
        self._stops.append(stop)
        self._taken.append(tracks.riding[leg])
        self._taken.append(taken)
        found = self._arrive(lane, tracks, leg, point)
        self._taken.pop()
        self._taken.pop()
        self._stops.pop()
        self._legs.pop()
        if not found and not self._is_bent:
            lane.bury(leg, min(lane.heads, self._most + 1))
        self._most = max(self._most, most)
        self._is_bent = self._is_bent or was_bent
        return found

    def _arrive(self, lane: Lane, tracks: Tracks, leg: int, point: int) -> bool:
        arrives = tracks.arrives[leg]
        if not tracks.is_access[point]:
            return self._go_on(lane, tracks, leg, point, (arrives, None, arrives))
        if self._access is not None:
            self._is_bent = True
            return False
        latest = arrives + tracks.points[point].max_wait_minutes
        openings = tracks.openings(point, arrives, latest + 60)
        free, heads = self.capacities.free, lane.heads
        self._most = max(self._most, lane.window_most.get(leg, 0))
        is_plain = tracks.is_simple[point] and not lane.ends[point]
        """Who finds nothing beyond one window finds nothing beyond a later one."""
        for index in range(lane.window[leg], len(openings)):
            opening = openings[index]
            begins, ends, slot, resource = opening
            if begins > latest:
                break
            if resource != NO_LIMIT and free[resource] < heads:
                self._most = max(self._most, free[resource])
                continue
            if not self._is_bent:
                lane.window[leg], lane.window_most[leg] = index, self._most
            self._access, self._access_at = opening, point
            found = self._go_on(lane, tracks, leg, point, (arrives, slot, ends))
            self._access = None
            if found:
                return True
            if is_plain and not self._is_bent:
                break
        return False

    def _go_on(self, lane: Lane, tracks: Tracks, leg: int, point: int, passing: tuple[int, int | None, int]) -> bool:
        """From a point reached by a leg: the way ends here, or goes on by a later leg."""
        arrives, slot, ready = passing
        if lane.ends[point] and self._end(lane, tracks, point, arrives, slot):
            return True
        if not tracks.leads_on[point]:
            return False
        if len(self._legs) >= self.finder.timetable.network.max_legs:
            self._is_bent = True
            return False
        earliest = ready + tracks.points[point].processing_minutes
        dead, report = lane.dead, tracks.report
        is_sure = True
        """Nothing was passed over that may be free another time: the next search may begin where this one ends."""
        free, seat, heads = self.capacities.free, tracks.seat, lane.heads
        most = max(self._most, lane.onward_most.get(leg, 0))
        first, end = lane.alive[leg], tracks.onward_end[leg]
        while first < end and (dead[first] <= 1 or free[seat[first]] < 1):
            first += 1
        lane.alive[leg] = first
        for onward in range(max(first, lane.onward[leg]), end):
            room = dead[onward]
            room = room - 1 if room <= free[seat[onward]] else free[seat[onward]]
            if room < heads:
                most = max(most, room)
            elif report[onward] >= earliest:
                if not self._may_board(lane, onward):
                    most = max(most, dead[onward] - 1)
                    continue
                self._most = most
                if self._ride(lane, onward, (point, arrives, tracks.departs[onward], slot, False)):
                    if is_sure and not self._is_bent:
                        lane.onward[leg], lane.onward_most[leg] = onward, most
                    return True
                most = self._most
                is_sure = is_sure and not self._is_bent
        self._most = most
        return False

    def _end(self, lane: Lane, tracks: Tracks, point: int, arrives: int, slot: int | None) -> bool:
        place = tracks.points[point].id
        window = self._window(tracks)
        leaves = self.finder.last_minute(place, arrives, window if slot is not None else None)
        last: Stop = (point, arrives, leaves, slot, False)
        taken = self._stay(lane, last)
        if taken is None:
            return False
        rides, stays = self._taken[::2], [*self._taken[1::2], taken]
        resources = [resource for piece in (*rides, *stays) for resource in piece]
        way = self._way(tracks, last, window, resources)
        party = lane.party
        found = OpenWay(way, party.heads, party.cases, party.groups)
        may_lack = len(way.consumption.per_head) != len(resources)
        if (may_lack or not lane.is_plain or self.capacities.vehicle_limits) and not self.capacities.fits(
            found.use, way.legs
        ):
            self._is_bent = True
            return False
        self._found = found
        return True

    def _window(self, tracks: Tracks) -> tuple[PointId, int, int] | None:
        access = self._access
        return None if access is None else (tracks.points[self._access_at].id, access[0], access[1])

    def _way(self, tracks: Tracks, last: Stop, window: tuple[PointId, int, int] | None, resources: list[int]) -> Way:
        """The way of the stops so far and a last one, made once. `resources`: those of one a head, piece by piece."""
        key = (*self._legs, window)
        known = self._ways.get(key)
        if known is None:
            known = tracks.way(self._legs, (*self._stops, last), window, resources)
            self._ways[key] = known
        return known

    def _stay(self, lane: Lane, stop: Stop) -> tuple[int, ...] | None:
        """What being at a stop takes for each head; None if it is not free."""
        tracks = self._tracks
        if tracks is None:
            return None
        heads, cases = tracks.stay(*stop)
        free, many = self.capacities.free, lane.heads
        for resource in heads:
            if free[resource] < many:
                self._most = max(self._most, free[resource])
                return None
        for case in lane.party.cases if cases else ():
            for need, resource in cases:
                if need == case.need and free[resource] < case.cases:
                    return None
        return heads
