"""The first free way of a class, found without listing all ways: for networks where there are too many to list.

A search goes leg by leg, earliest first. Parties of one kind and size share a *lane*, which remembers from which legs
nothing is free any more, and for the others from where to look on. Capacity only shrinks while places are given, so
all searches of a lane together cost little more than the network is large.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.core.ids import PointId
from safepassage.core.movement.capacity import Capacities
from safepassage.core.movement.consumption import Visit
from safepassage.core.movement.parties import EarliestStart, OpenWay, PartyClass
from safepassage.core.movement.tracks import NO_LIMIT, Opening, Tracks
from safepassage.core.movement.ways import Way, WayFinder

Stop = tuple[int, int, int, int | None, bool]
"""A visit before it is one: point, arrival, departure, hour of the access window, whether the way begins there."""
FirstLeg = tuple[int, int, int]
"""A leg that a party can begin by, its start, and from when it can be there."""


@dataclass(slots=True)
class _Lane:
    """What parties of one kind and size know together. By leg: what is dead, the next leg and window to try."""

    party: PartyClass
    heads: int
    dead: list[int]
    """Shared by all sizes of the kind: the least heads for which nothing is free beyond the leg."""
    lesser: list[list[int]]
    """What is dead for this kind is dead for every kind that can do no more: theirs, and its own."""
    onward: list[int]
    alive: list[int]
    """Shared by all sizes of the kind: the first onward leg that is not dead for a single head."""
    window: list[int]
    onward_most: dict[int, int]
    window_most: dict[int, int]
    """By leg: the most heads that the onward legs and windows passed over may still have room for."""
    is_plain: bool
    """It takes one of everything for each head: no cases, no reserves to mind."""
    current: dict[int, Way]
    """By starts: the way that one of this kind, of whatever size, took last."""
    first: dict[int, int] = field(default_factory=dict)
    """By starts: the place in the list of first legs from which on something may be free."""
    extra: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    ends: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class LazySearch:
    """Finds free ways one at a time. `reset` when something is given back."""

    finder: WayFinder
    capacities: Capacities
    _tracks: Tracks | None = None
    _lanes: dict[tuple[int, int], _Lane] = field(default_factory=dict)
    _current: dict[int, dict[int, Way]] = field(default_factory=dict)
    _lane_of: dict[int, _Lane] = field(default_factory=dict)
    _dead: dict[int, list[int]] = field(default_factory=dict)
    _lesser: dict[int, list[list[int]]] = field(default_factory=dict)
    _of_kind: dict[int, PartyClass] = field(default_factory=dict)
    _alive: dict[int, list[int]] = field(default_factory=dict)
    _shut: dict[object, list[int]] = field(default_factory=dict)
    _numbers: dict[object, int] = field(default_factory=dict)
    _starts: dict[int, int] = field(default_factory=dict)
    _first: dict[int, list[FirstLeg]] = field(default_factory=dict)
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

    def reset(self) -> None:
        """Forgets what was found dead."""
        self._lanes.clear()
        self._lane_of.clear()
        self._dead.clear()
        self._lesser.clear()
        self._of_kind.clear()
        self._alive.clear()
        self._current.clear()

    def first_free(self, party: PartyClass) -> OpenWay | None:
        """A way of the class with everything free, as early as a search leg by leg finds it; None if none is free.

        `party` must be the one object that stands for its class (`Draft.classes`).
        """
        lane = self._lane_of.get(id(party)) or self._lane(party)
        starts = self._starts[id(party)]
        current = lane.current.get(starts)
        if current is not None:
            open_way = OpenWay(current, current.consumption.use(party.heads, party.cases, party.groups))
            if self.capacities.fits(open_way.use, current.legs):
                return open_way
        first, seat = self._first[starts], self._tracks.seat if self._tracks else []
        dead, free, heads = lane.dead, self.capacities.free, lane.heads
        for at in range(lane.first.get(starts, 0), len(first)):
            leg, point, earliest = first[at]
            if dead[leg] <= heads or free[seat[leg]] < heads:
                continue
            if self._begin(lane, leg, point, earliest):
                lane.first[starts] = at
                if self._found is not None:
                    lane.current[starts] = self._found.way
                return self._found
        lane.first[starts] = len(first)
        return None

    def _lane(self, party: PartyClass) -> _Lane:
        """The lane of a class, opened if it is new."""
        tracks = self._tracks
        if tracks is None:
            tracks = self._tracks = Tracks.of(self.finder)
        if id(party) not in self._starts:
            self._note_starts(tracks, party)
        numbers = self._numbers
        kind = (party.clearances, party.destinations, party.groups, party.cases)
        number = numbers.setdefault(kind, len(numbers))
        key = (number, party.heads)
        lane = self._lanes.get(key)
        if lane is None:
            if number not in self._dead:
                self._open_kind(tracks, number, party)
            lane = self._lanes[key] = _Lane(
                party,
                party.heads,
                self._dead[number],
                self._lesser[number],
                tracks.onward.copy(),
                self._alive.setdefault(number, tracks.onward.copy()),
                [0] * len(tracks.ids),
                {},
                {},
                is_plain=not party.cases and not tracks.is_odd,
                ends=[
                    may and (not party.destinations or point.id in party.destinations)
                    for may, point in zip(tracks.may_end, tracks.points, strict=True)
                ],
                current=self._current.setdefault(number, {}),
            )
        self._lane_of[id(party)] = lane
        return lane

    def _open_kind(self, tracks: Tracks, number: int, party: PartyClass) -> None:
        """Notes a kind: what is dead for it since it is for one that can do as much, and who can do no more."""
        shut = self._shut.get(party.clearances)
        if shut is None:
            shut = self._shut[party.clearances] = tracks.shut_for(party)
        dead, lesser = shut.copy(), []
        for other, one in self._of_kind.items():
            if _can_do_all(one, party):
                self._lesser[other].append(dead)
                dead[:] = map(min, dead, self._dead[other])
            if _can_do_all(party, one):
                lesser.append(self._dead[other])
        self._dead[number], self._lesser[number], self._of_kind[number] = dead, [dead, *lesser], party

    def _note_starts(self, tracks: Tracks, party: PartyClass) -> None:
        number = self._starts[id(party)] = self._numbers.setdefault(party.starts, len(self._numbers))
        if number not in self._first:
            self._first[number] = _first_legs(tracks, party.starts)

    def _begin(self, lane: _Lane, leg: int, start: int, earliest: int) -> bool:
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
        free = self.capacities.free
        for opening in tracks.openings(start, opens, report - point.processing_minutes):
            _, _, slot, resource = opening
            is_free = resource == NO_LIMIT or free[resource] >= lane.heads
            if not is_free:
                self._most = max(self._most, free[resource])
            else:
                self._access, self._access_at = opening, start
                found = self._ride(lane, leg, (start, opening[0], departs, slot, True))
                if found or lane.dead[leg] <= lane.heads:
                    self._access = None
                    return found
        self._access = None
        return False

    def _may_board(self, lane: _Lane, leg: int) -> bool:
        """Whether a leg has room. One that has none is dead."""
        tracks, free, heads = self._tracks, self.capacities.free, lane.heads
        if tracks is None:
            return False
        for resource in tracks.riding[leg]:
            if free[resource] < heads:
                _bury(lane, leg, max(0, free[resource]) + 1)
                return False
        if (not lane.is_plain and not self._has_extra(lane, leg)) or (
            self.capacities.vehicle_limits and self.capacities.short_vehicles((tracks.ids[leg],))
        ):
            _bury(lane, leg, heads)
            return False
        return True

    def _has_extra(self, lane: _Lane, leg: int) -> bool:
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

    def _ride(self, lane: _Lane, leg: int, stop: Stop) -> bool:
        """Leaves a stop by a leg that has room; finds what is free beyond it."""
        tracks = self._tracks
        if tracks is None:
            return False
        point = tracks.destination[leg]
        if point == stop[0] or any(before[0] == point for before in self._stops):
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
            _bury(lane, leg, min(lane.heads, self._most + 1))
        self._most = max(self._most, most)
        self._is_bent = self._is_bent or was_bent
        return found

    def _arrive(self, lane: _Lane, tracks: Tracks, leg: int, point: int) -> bool:
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
        return False

    def _go_on(self, lane: _Lane, tracks: Tracks, leg: int, point: int, passing: tuple[int, int | None, int]) -> bool:
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

    def _end(self, lane: _Lane, tracks: Tracks, point: int, arrives: int, slot: int | None) -> bool:
        place = tracks.points[point].id
        window = self._window(tracks)
        leaves = self.finder.last_minute(place, arrives, window if slot is not None else None)
        last: Stop = (point, arrives, leaves, slot, False)
        taken = self._stay(lane, last)
        if taken is None:
            return False
        way = self._way(tracks, last, window)
        party = lane.party
        use = way.consumption.use(party.heads, party.cases, party.groups)
        found = OpenWay(way, use)
        may_lack = len(way.consumption.per_head) != sum(map(len, self._taken)) + len(taken)
        if (may_lack or not lane.is_plain or self.capacities.vehicle_limits) and not self.capacities.fits(
            use, way.legs
        ):
            self._is_bent = True
            return False
        self._found = found
        return True

    def _window(self, tracks: Tracks) -> tuple[PointId, int, int] | None:
        access = self._access
        return None if access is None else (tracks.points[self._access_at].id, access[0], access[1])

    def _way(self, tracks: Tracks, last: Stop, window: tuple[PointId, int, int] | None) -> Way:
        """The way of the stops so far and a last one, made once."""
        key = (*self._legs, window)
        known = self._ways.get(key)
        if known is None:
            visits = tuple([_visit(tracks, stop) for stop in (*self._stops, last)])
            known = self._ways[key] = self.finder.way(tuple([tracks.ids[leg] for leg in self._legs]), visits, window)
        return known

    def _stay(self, lane: _Lane, stop: Stop) -> tuple[int, ...] | None:
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


def _bury(lane: _Lane, leg: int, least: int) -> None:
    """Notes that nothing is free beyond a leg for so many heads or more."""
    for dead in lane.lesser:
        dead[leg] = min(dead[leg], least)


def _can_do_all(one: PartyClass, other: PartyClass) -> bool:
    """Whether what is closed to parties of one kind is closed to those of another, of whatever size."""
    needs = {case.need: case.cases for case in other.cases}
    return (
        set(one.clearances) >= set(other.clearances)
        and (not one.destinations or (bool(other.destinations) and set(one.destinations) >= set(other.destinations)))
        and set(one.groups) >= set(other.groups)
        and all(case.cases <= needs.get(case.need, 0) for case in one.cases)
    )


def _visit(tracks: Tracks, stop: Stop) -> Visit:
    point, arrives, leaves, slot, is_start = stop
    return Visit(tracks.points[point].id, arrives, leaves, slot, is_start)


def _first_legs(tracks: Tracks, starts: tuple[EarliestStart, ...]) -> list[FirstLeg]:
    """The legs by which a party can begin, by departure."""
    found = []
    for place, earliest in starts:
        point = tracks.number_of(place)
        legs = tracks.leaving[point] if tracks.leads_on[point] else range(0)
        found += [(leg, point, earliest) for leg in legs if tracks.report[leg] >= earliest]
    found.sort(key=lambda first: (tracks.departs[first[0]], tracks.ids[first[0]]))
    return found
