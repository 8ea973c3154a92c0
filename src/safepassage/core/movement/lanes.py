"""Lanes: what a search for free ways remembers of parties of one kind and size, and kinds of one another."""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.core.movement.parties import EarliestStart, PartyClass
from safepassage.core.movement.tracks import ALIVE, Tracks
from safepassage.core.movement.ways import Way

FirstLeg = tuple[int, int, int]
"""A leg that a party can begin by, its start, and from when it can be there."""


@dataclass(slots=True)
class Lane:
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
    first: dict[int, dict[int, int]]
    """Shared by all sizes of the kind, by starts and heads: the place in the list of first legs before which nothing
    is free for so many heads, nor for more."""
    opening: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """By first leg and moment from which on one may be let through: the window to try next, and what those before it
    still have room for."""
    extra: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    ends: list[bool] = field(default_factory=list)

    def bury(self, leg: int, least: int) -> None:
        """Notes that nothing is free beyond a leg for so many heads or more."""
        for dead in self.lesser:
            dead[leg] = min(dead[leg], least)


@dataclass(slots=True)
class Lanes:
    """The lanes over some tracks. `reset` when something is given back: what was dead may not be."""

    tracks: Tracks
    first_legs: dict[int, list[FirstLeg]] = field(default_factory=dict)
    """By the number of starts."""
    room: dict[int, list[int]] = field(default_factory=dict)
    """By the number of starts: for each first leg, the most heads that may be let through before it."""
    _lanes: dict[tuple[int, int], Lane] = field(default_factory=dict)
    _lane_of: dict[int, Lane] = field(default_factory=dict)
    _current: dict[int, dict[int, Way]] = field(default_factory=dict)
    _first: dict[int, dict[int, dict[int, int]]] = field(default_factory=dict)
    _dead: dict[int, list[int]] = field(default_factory=dict)
    _lesser: dict[int, list[list[int]]] = field(default_factory=dict)
    _of_kind: dict[int, PartyClass] = field(default_factory=dict)
    _alive: dict[int, list[int]] = field(default_factory=dict)
    _shut: dict[object, list[int]] = field(default_factory=dict)
    _numbers: dict[object, int] = field(default_factory=dict)
    _starts: dict[int, int] = field(default_factory=dict)
    _can: dict[tuple[int, int], bool] = field(default_factory=dict)
    """By the numbers of two kinds: whether the first can do all that the second can. Kinds stay what they are."""

    def reset(self) -> None:
        """Forgets what was found dead. Kinds, and who can do no more than whom, stay known."""
        for room in self.room.values():
            room[:] = [ALIVE] * len(room)
        for known in (self._lanes, self._lane_of, self._current, self._first, self._alive):
            known.clear()
        for number, party in self._of_kind.items():
            self._dead[number][:] = self._shut_for(party)

    def reset_cases(self) -> None:
        """Forgets what was found dead for kinds with a case: care was given back, and nothing else."""
        numbers = {number for number, party in self._of_kind.items() if party.cases}
        for number in numbers:
            self._current.pop(number, None)
            self._first.pop(number, None)
            self._alive.pop(number, None)
            dead = self._dead[number]
            dead[:] = self._shut_for(self._of_kind[number])
            for other, one in self._of_kind.items():
                if other not in numbers and self._can_do_all(other, one, number, self._of_kind[number]):
                    dead[:] = _least(dead, self._dead[other])
        self._lanes = {key: lane for key, lane in self._lanes.items() if key[0] not in numbers}
        self._lane_of = {key: lane for key, lane in self._lane_of.items() if not lane.party.cases}

    def of(self, party: PartyClass) -> Lane:
        """The lane of a class, opened if it is new."""
        known = self._lane_of.get(id(party))
        if known is not None:
            return known
        tracks, numbers = self.tracks, self._numbers
        kind = (party.clearances, party.destinations, party.groups, party.cases)
        number = numbers.setdefault(kind, len(numbers))
        key = (number, party.heads)
        lane = self._lanes.get(key)
        if lane is None:
            if number not in self._dead:
                self._open_kind(number, party)
            lane = self._lanes[key] = Lane(
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
                first=self._first.setdefault(number, {}),
            )
        self._lane_of[id(party)] = lane
        return lane

    def _open_kind(self, number: int, party: PartyClass) -> None:
        """Notes a kind: what is dead for it since it is for one that can do as much, and who can do no more."""
        dead: list[int] = self._shut_for(party).copy()
        lesser = []
        for other, one in self._of_kind.items():
            if self._can_do_all(other, one, number, party):
                self._lesser[other].append(dead)
                dead[:] = _least(dead, self._dead[other])
            if self._can_do_all(number, party, other, one):
                lesser.append(self._dead[other])
        self._dead[number], self._lesser[number], self._of_kind[number] = dead, [dead, *lesser], party

    def _shut_for(self, party: PartyClass) -> list[int]:
        shut = self._shut.get(party.clearances)
        if shut is None:
            shut = self._shut[party.clearances] = self.tracks.shut_for(party)
        return shut

    def _can_do_all(self, one: int, first: PartyClass, other: int, second: PartyClass) -> bool:
        known = self._can.get((one, other))
        if known is None:
            known = self._can[one, other] = can_do_all(first, second)
        return known

    def starts(self, party: PartyClass) -> int:
        """The number of a party's starts, by which its first legs are known."""
        known = self._starts.get(id(party))
        if known is None:
            known = self._starts[id(party)] = self._numbers.setdefault(party.starts, len(self._numbers))
            if known not in self.first_legs:
                self.first_legs[known] = _first_legs(self.tracks, party.starts)
                self.room[known] = [ALIVE] * len(self.first_legs[known])
        return known


def _least(one: list[int], other: list[int]) -> list[int]:
    """By leg the lesser number. A call of `min` for each takes three times the time."""
    return [mine if mine < theirs else theirs for mine, theirs in zip(one, other, strict=True)]  # noqa: FURB136


def can_do_all(one: PartyClass, other: PartyClass) -> bool:
    """Whether what is closed to parties of one kind is closed to those of another, of whatever size."""
    needs = {case.need: case.cases for case in other.cases}
    return (
        set(one.clearances) >= set(other.clearances)
        and (not one.destinations or (bool(other.destinations) and set(one.destinations) >= set(other.destinations)))
        and set(one.groups) >= set(other.groups)
        and all(case.cases <= needs.get(case.need, 0) for case in one.cases)
    )


def _first_legs(tracks: Tracks, starts: tuple[EarliestStart, ...]) -> list[FirstLeg]:
    """The legs by which a party can begin, by departure."""
    found = []
    for place, earliest in starts:
        point = tracks.number_of(place)
        legs = tracks.leaving[point] if tracks.leads_on[point] else range(0)
        found += [(leg, point, earliest) for leg in legs if tracks.report[leg] >= earliest]
    found.sort(key=lambda first: (tracks.departs[first[0]], tracks.ids[first[0]]))
    return found
