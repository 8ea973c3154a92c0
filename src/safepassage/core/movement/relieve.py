"""Which arrivals to move so that no more people wait at an access point than it holds: the fewest that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement.network import Network, Point
from safepassage.core.movement.plan import Plan
from safepassage.core.movement.pressure import (
    QUARTER,
    Tally,
    crowd_at,
    forecast_pressure,
    pressure_alarms,
    queue_at,
    seen_at,
)
from safepassage.core.movement.timetable import minute_of, moment_of

SHIFTS = tuple(sign * quarters for quarters in range(1, 9) for sign in (1, -1))
"""Quarters of an hour by which arrivals may be moved, the smallest first, later before earlier."""
NOTICE = timedelta(hours=1)
"""Nobody is moved who arrives sooner than this: the message would meet them on the way."""
MOST_MOVES = 6
_PAIRED = 40
"""Single moves, the best ones, of which pairs are tried."""


@dataclass(frozen=True, slots=True)
class Relief:
    """Arrivals at a point to be moved: those of a leg, or of parties who come there by themselves (`leg` None).

    `minutes` is how much later (or, below zero, earlier) they are to arrive than at `arrives`.
    """

    point: PointId
    leg: LegId | None
    arrives: datetime
    minutes: int
    heads: int
    parties: tuple[PartyId, ...]


@dataclass(frozen=True, slots=True)
class Reliefs:
    """What to move at one point. `is_enough`: no more wait than it holds, even if it lets through the least."""

    point: PointId
    moves: tuple[Relief, ...]
    is_enough: bool


@dataclass(frozen=True, slots=True)
class _Group:
    leg: LegId | None
    quarter: int
    heads: int
    parties: tuple[PartyId, ...]


_Move = tuple[_Group, int]


def relieve(network: Network, plan: Plan, *, now: datetime, tallies: Sequence[Tally] = ()) -> tuple[Reliefs, ...]:
    """For each point with an alarm: the fewest arrivals to move, or as many as help where none are enough.

    One move that is enough is found if there is one; then pairs of the best single moves; then one after another.
    Of moves as good, the one by fewer minutes and with fewer people.
    """
    forecast = forecast_pressure(network, plan, tallies=tallies, now=now)
    points = {point.id: point for point in network.points}
    found = []
    for alarm in pressure_alarms(network, forecast):
        counted = seen_at(alarm.point, tallies), crowd_at(alarm.point, tallies)
        found.append(_Point(points[alarm.point], _groups(network, plan, alarm.point), counted, now).best())
    return tuple(found)


def _groups(network: Network, plan: Plan, point: PointId) -> list[_Group]:
    arrives = {leg.id: (leg.destination, leg.arrives) for leg in network.legs}
    heads: defaultdict[tuple[LegId | None, int], int] = defaultdict(int)
    parties: defaultdict[tuple[LegId | None, int], list[PartyId]] = defaultdict(list)
    for one in plan.assignments:
        if one.access_point != point:
            continue
        leg = None if one.start == point else next((key for key in one.legs if arrives[key][0] == point), None)
        key = leg, minute_of(arrives[leg][1] if leg else one.report_at) // QUARTER
        heads[key] += one.heads
        parties[key].append(one.party)
    order = sorted(heads, key=lambda key: (key[1], key[0] or ""))
    return [_Group(leg, quarter, heads[leg, quarter], tuple(parties[leg, quarter])) for leg, quarter in order]


class _Point:
    """One point and the arrivals at it that may be moved."""

    def __init__(
        self, point: Point, groups: list[_Group], counted: tuple[dict[int, int], dict[int, int]], now: datetime
    ) -> None:
        self._point, self._now = point, now
        self._groups = [one for one in groups if moment_of(one.quarter * QUARTER) >= now + NOTICE]
        self._expected: dict[int, int] = defaultdict(int)
        for group in groups:
            self._expected[group.quarter] += group.heads
        self._seen, self._crowd = counted

    def _excess(self, moves: Sequence[_Move]) -> float:
        """People too many, added up over the quarters, if the point lets through the least it may."""
        expected = dict(self._expected)
        for group, shift in moves:
            expected[group.quarter] -= group.heads
            expected[group.quarter + shift] = expected.get(group.quarter + shift, 0) + group.heads
        most = self._point.holding or 0
        since = minute_of(self._now) // QUARTER
        return sum(
            max(0.0, one.waiting_high - most)
            for one in queue_at(self._point, expected, self._seen, self._crowd)
            if minute_of(one.begins) // QUARTER >= since
        )

    def best(self) -> Reliefs:
        singles = [
            (self._excess([move]), abs(move[1]), move[0].heads, number, move)
            for number, move in enumerate((group, shift) for group in self._groups for shift in SHIFTS)
            if moment_of((move[0].quarter + move[1]) * QUARTER) >= self._now + NOTICE
        ]
        singles.sort(key=lambda one: one[:4])
        if not singles or singles[0][0] >= self._excess([]):
            return Reliefs(self._point.id, (), is_enough=False)
        if singles[0][0] <= 0:
            return self._told([singles[0][4]])
        for one, other in combinations([single[4] for single in singles[:_PAIRED]], 2):
            if one[0] is not other[0] and self._excess([one, other]) <= 0:
                return self._told([one, other])
        return self._told(self._one_by_one([single[4] for single in singles]))

    def _one_by_one(self, moves: list[_Move]) -> list[_Move]:
        chosen: list[_Move] = []
        excess = self._excess([])
        while excess > 0 and len(chosen) < MOST_MOVES:
            taken = {id(group) for group, _ in chosen}
            left = [
                (self._excess([*chosen, move]), n, move) for n, move in enumerate(moves) if id(move[0]) not in taken
            ]
            least = min(left, key=lambda one: one[:2], default=None)
            if least is None or least[0] >= excess:
                break
            excess = least[0]
            chosen.append(least[2])
        return chosen

    def _told(self, moves: list[_Move]) -> Reliefs:
        told = tuple(
            Relief(
                self._point.id,
                group.leg,
                moment_of(group.quarter * QUARTER),
                shift * QUARTER,
                group.heads,
                group.parties,
            )
            for group, shift in moves
        )
        return Reliefs(self._point.id, told, is_enough=self._excess(moves) <= 0)
