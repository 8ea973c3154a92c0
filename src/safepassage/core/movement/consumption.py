"""What a way takes: which resources per head, per case, and per head of parties outside a reserve's group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, repeat
from typing import NamedTuple

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.capacity import Capacities, Resource, Use
from safepassage.core.movement.demand import Cases
from safepassage.core.movement.network import CARE_NEEDS, CounterpartLimit, Point, PointKind
from safepassage.core.movement.plan import BlockCode
from safepassage.core.movement.timetable import Timetable, minute_of
from safepassage.core.people import Need

EPOCH = date(1970, 1, 1)
STAGING_BASE = PointKind.STAGING_BASE
SEATS, CARE, THROUGHPUT, HOLDING = BlockCode.SEATS, BlockCode.CARE, BlockCode.THROUGHPUT, BlockCode.HOLDING
BEDS, COUNTERPART = BlockCode.BEDS, BlockCode.COUNTERPART
PLACES = {need: f"{need} places" for need in Need}
"""The unit in which care is counted, by need."""


class Visit(NamedTuple):
    """A party at a point of its way from one minute to another. `slot` is the hour of its access window."""

    point: PointId
    arrives: int
    leaves: int
    slot: int | None = None
    is_start: bool = False


class Consumption(NamedTuple):
    """Amounts per head, per case of a need, and per head of parties in none of `groups`.

    `ones`: the resources of `per_head`, if one of each is taken and it was worth noting, else empty.
    """

    per_head: Use
    per_case: tuple[tuple[Need, int], ...]
    outside: tuple[tuple[frozenset[str], int, int], ...]
    ones: tuple[int, ...] = ()

    def use(self, heads: int, cases: tuple[Cases, ...], groups: tuple[str, ...]) -> Use:
        """What a party takes."""
        if not cases and not self.outside:
            if self.ones:
                return tuple(zip(self.ones, repeat(heads)))
            return tuple([(resource, amount * heads) for resource, amount in self.per_head])
        taken = {resource: amount * heads for resource, amount in self.per_head}
        for reserved, resource, times in self.outside:
            if reserved.isdisjoint(groups):
                taken[resource] = taken.get(resource, 0) + times * heads
        for case in cases:
            for need, resource in self.per_case:
                if need == case.need:
                    taken[resource] = taken.get(resource, 0) + case.cases
        return tuple(taken.items())


Price = Consumption
"""What one piece of a way takes; a way takes the sum of its pieces."""


@dataclass(slots=True)
class Meter:
    """Works out what ways take, over one timetable and its capacities."""

    timetable: Timetable
    capacities: Capacities
    _reserves: dict[LegId, list[tuple[frozenset[str], int]]] = field(default_factory=dict)
    _hours: dict[tuple[PointId, int], int] = field(default_factory=dict)
    _through: dict[tuple[PointId, int], int | None] = field(default_factory=dict)
    _limits: defaultdict[PointId, list[CounterpartLimit]] = field(default_factory=lambda: defaultdict(list))
    _by_day: dict[PointId, dict[int, int]] = field(default_factory=dict)
    _rides: dict[LegId, Price] = field(default_factory=dict)
    _holding: dict[PointId, _Held] = field(default_factory=dict)
    _nights: dict[tuple[PointId, int], tuple[Use, tuple[tuple[Need, int], ...]]] = field(default_factory=dict)
    _visits: dict[Visit, Price] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for point in self.timetable.network.points:
            for hour in point.hours:
                self._hours[point.id, self.timetable.slot(minute_of(hour.hour))] = hour.heads
        for limit in self.timetable.network.limits:
            if limit.heads is not None:
                self._limits[limit.point].append(limit)
        self._open_reserves()
        self._open_vehicle_limits()

    def consumption(self, legs: tuple[LegId, ...], visits: Iterable[Visit]) -> Consumption:
        """What a way over these legs and visits takes."""
        prices = [*map(self.ride, legs), *map(self.visit, visits)]
        pairs: list[tuple[int, int]] = []
        ones: list[int] = []
        care: tuple[tuple[Need, int], ...] = ()
        for per_head, per_case, outside_of, each in prices:
            pairs += per_head
            ones += each
            care += per_case
            if outside_of:
                break
        else:
            if len(set(ones)) == len(ones) == len(pairs):
                return Consumption(tuple(pairs), care, (), tuple(ones))
        heads: Counter[int] = Counter()
        cases: list[tuple[Need, int]] = []
        outside: Counter[tuple[frozenset[str], int]] = Counter()
        for price in prices:
            for resource, times in price.per_head:
                heads[resource] += times
            cases += price.per_case
            for group, resource, times in price.outside:
                outside[group, resource] += times
        return Consumption(
            tuple(heads.items()), tuple(cases), tuple((groups, n, times) for (groups, n), times in outside.items())
        )

    def ride(self, leg: LegId) -> Price:
        """What riding one leg takes."""
        known = self._rides.get(leg)
        if known is None:
            heads, cases = self._board(leg)
            outside = Counter(self._reserves[leg]) if leg in self._reserves else {}
            known = self._rides[leg] = _price(
                heads, cases, tuple((groups, number, times) for (groups, number), times in outside.items())
            )
        return known

    def visit(self, visit: Visit) -> Price:
        """What being at a point takes: being let through, waiting, sleeping."""
        known = self._visits.get(visit)
        if known is None:
            cases: list[tuple[Need, int]] = []
            point, slot = self.timetable.points[visit.point], self.timetable.slot
            heads = self._let_through(point, visit)
            if point.kind is STAGING_BASE and not visit.is_start:
                self._sleep(point, visit, heads, cases)
            elif point.holding is not None and visit.leaves > visit.arrives:
                held = self._held(point, point.holding)
                heads += [held[hour] for hour in range(slot(visit.arrives), slot(visit.leaves - 1) + 1)]
            known = self._visits[visit] = _price(heads, tuple(cases), ())
        return known

    def through(self, point: PointId, slot: int) -> int | None:
        """The resource that is the point's throughput in an hour; None if it has no limit."""
        key = (point, slot)
        if key not in self._through:
            place = self.timetable.points[point]
            amount = self._hours.get(key, place.throughput_per_hour)
            self._through[key] = (
                None if amount is None else self._number(THROUGHPUT, point, "heads an hour", amount, slot)
            )
        return self._through[key]

    def _number(self, code: BlockCode, where: str, unit: str, amount: int, slot: int = -1) -> int:
        return self.capacities.number(Resource(code, where, unit, slot), amount)

    def _board(self, leg_id: LegId) -> tuple[list[tuple[int, int]], tuple[tuple[Need, int], ...]]:
        """Per head and per case; the seat comes first."""
        table, number = self.timetable, self._number
        leg = table.legs[leg_id]
        heads = [(number(SEATS, leg_id, "seats", leg.seats), 1)]
        stated = {care.need: care.cases for care in leg.care}
        for need in CARE_NEEDS:
            if need not in stated:
                stated[need] = 0
        cases = tuple([(need, number(CARE, leg_id, PLACES[need], n)) for need, n in stated.items()])
        for passage in leg.passages:
            passed = self.through(passage.point, table.slot(minute_of(passage.at)))
            if passed is not None:
                heads.append((passed, 1))
            heads += [
                (number(COUNTERPART, limit.id, "heads a window", limit.heads), 1)
                for limit in self._limits.get(passage.point, ())
                if limit.heads is not None and passage.at in limit.window
            ]
        return heads, cases

    def _let_through(self, point: Point, visit: Visit) -> list[tuple[int, int]]:
        slot = visit.slot
        if slot is None:
            if visit.is_start:
                return []
            slot = self.timetable.slot(visit.arrives)
        number = self.through(point.id, slot)
        return [] if number is None else [(number, 1)]

    def _held(self, point: Point, holding: int) -> _Held:
        """By hour: the resource that is the room to wait at a point, of which each head takes one."""
        known = self._holding.get(point.id)
        if known is None:
            known = self._holding[point.id] = _Held(self.capacities, point.id, holding)
        return known

    def _sleep(self, point: Point, visit: Visit, heads: list[tuple[int, int]], cases: list[tuple[Need, int]]) -> None:
        first = self.timetable.day(visit.arrives)
        for night in range(first, max(first + 1, self.timetable.day(visit.leaves))):
            beds, care = self._night(point, night)
            heads += beds
            cases += care

    def _night(self, point: Point, night: int) -> tuple[Use, tuple[tuple[Need, int], ...]]:
        """What a night at a staging base takes, per head and per case."""
        known = self._nights.get((point.id, night))
        if known is None:
            by_day = self._by_day.get(point.id)
            if by_day is None:
                by_day = self._by_day[point.id] = {(beds.day - EPOCH).days: beds.beds for beds in point.beds_by_day}
            free = by_day.get(night, point.beds)
            beds = () if free is None else ((self._number(BEDS, point.id, "beds", free, night), 1),)
            care = [
                (one.need, self._number(CARE, point.id, PLACES[one.need], one.cases, night)) for one in point.care
            ]
            known = self._nights[point.id, night] = beds, tuple(care)
        return known

    def _open_reserves(self) -> None:
        by_legs: dict[frozenset[LegId], list[tuple[str, str, int]]] = {}
        for reserve in self.timetable.network.reserves:
            by_legs.setdefault(frozenset(reserve.legs), []).append((reserve.id, reserve.group, reserve.seats))
        for legs, reserves in by_legs.items():
            seats = sum(self.timetable.legs[leg].seats for leg in sorted(legs))
            for size in range(1, len(reserves) + 1):
                for some in combinations(reserves, size):
                    where = " and ".join(name for name, _, _ in some)
                    kept = sum(amount for _, _, amount in some)
                    number = self._number(BlockCode.RESERVE, where, "open seats", max(0, seats - kept))
                    groups = frozenset(group for _, group, _ in some)
                    for leg in sorted(legs):
                        self._reserves.setdefault(leg, []).append((groups, number))

    def _open_vehicle_limits(self) -> None:
        for limit in self.timetable.network.limits:
            if limit.vehicles is None:
                continue
            number = self._number(COUNTERPART, limit.id, "vehicles a window", limit.vehicles)
            for leg in self.timetable.network.legs:
                if any(passage.point == limit.point and passage.at in limit.window for passage in leg.passages):
                    known = self.capacities.vehicle_limits.get(leg.id, ())
                    self.capacities.vehicle_limits[leg.id] = (*known, number)


class _Held(dict[int, tuple[int, int]]):
    """By hour: the room to wait at one point, opened when first asked for."""

    def __init__(self, capacities: Capacities, point: PointId, holding: int) -> None:
        super().__init__()
        self._capacities, self._point, self._room = capacities, point, holding

    def __missing__(self, slot: int) -> tuple[int, int]:
        number = self._capacities.number(Resource(HOLDING, self._point, "heads waiting", slot), self._room)
        self[slot] = (number, 1)
        return self[slot]


def _price(
    pairs: list[tuple[int, int]],
    cases: tuple[tuple[Need, int], ...],
    outside: tuple[tuple[frozenset[str], int, int], ...],
) -> Price:
    """Amounts by resource, of which each pair names one; a resource that is named twice is taken twice."""
    if len(dict(pairs)) == len(pairs):
        return Consumption(tuple(pairs), cases, outside, tuple([resource for resource, _ in pairs]))
    total: Counter[int] = Counter()
    for resource, times in pairs:
        total[resource] += times
    return Consumption(tuple(total.items()), cases, outside)


def night_of(slot: int) -> date:
    """The day whose night a bed resource is for."""
    return EPOCH + timedelta(days=slot)
