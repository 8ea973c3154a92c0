"""What a way takes: which resources per head, per case, and per head of parties outside a reserve's group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.capacity import Capacities, Resource, Use
from safepassage.core.movement.demand import Cases
from safepassage.core.movement.network import CARE_NEEDS, CounterpartLimit, Point, PointKind
from safepassage.core.movement.plan import BlockCode
from safepassage.core.movement.timetable import Timetable, minute_of
from safepassage.core.people import Need

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Visit:
    """A party at a point of its way from one minute to another. `slot` is the hour of its access window."""

    point: PointId
    arrives: int
    leaves: int
    slot: int | None = None
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Consumption:
    """Amounts per head, per case of a need, and per head of parties in none of `groups`."""

    per_head: Use
    per_case: tuple[tuple[Need, int], ...]
    outside: tuple[tuple[frozenset[str], int, int], ...]

    def use(self, heads: int, cases: tuple[Cases, ...], groups: tuple[str, ...]) -> Use:
        """What a party takes."""
        if not cases and not self.outside:
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
    _holding: dict[tuple[PointId, int], int] = field(default_factory=dict)
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
        prices = (*map(self.ride, legs), *map(self.visit, visits))
        pairs = [pair for price in prices for pair in price.per_head]
        if len(dict(pairs)) == len(pairs) and not [1 for price in prices if price.outside]:
            return Consumption(tuple(pairs), tuple([case for price in prices for case in price.per_case]), ())
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
            heads: Counter[int] = Counter()
            cases: list[tuple[Need, int]] = []
            self._board(leg, heads, cases)
            outside = Counter(self._reserves.get(leg, ()))
            known = self._rides[leg] = Consumption(
                tuple(heads.items()),
                tuple(cases),
                tuple((groups, number, times) for (groups, number), times in outside.items()),
            )
        return known

    def visit(self, visit: Visit) -> Price:
        """What being at a point takes: being let through, waiting, sleeping."""
        known = self._visits.get(visit)
        if known is None:
            heads: Counter[int] = Counter()
            cases: list[tuple[Need, int]] = []
            point = self.timetable.points[visit.point]
            self._let_through(point, visit, heads)
            if point.kind is PointKind.STAGING_BASE and not visit.is_start:
                self._sleep(point, visit, heads, cases)
            elif point.holding is not None and visit.leaves > visit.arrives:
                for slot in range(self.timetable.slot(visit.arrives), self.timetable.slot(visit.leaves - 1) + 1):
                    heads[self._held(point, point.holding, slot)] += 1
            known = self._visits[visit] = Consumption(tuple(heads.items()), tuple(cases), ())
        return known

    def through(self, point: PointId, slot: int) -> int | None:
        """The resource that is the point's throughput in an hour; None if it has no limit."""
        key = (point, slot)
        if key not in self._through:
            place = self.timetable.points[point]
            amount = self._hours.get(key, place.throughput_per_hour)
            self._through[key] = (
                None if amount is None else self._number(BlockCode.THROUGHPUT, point, "heads an hour", amount, slot)
            )
        return self._through[key]

    def _number(self, code: BlockCode, where: str, unit: str, amount: int, slot: int = -1) -> int:
        return self.capacities.number(Resource(code, where, unit, slot), amount)

    def _board(self, leg_id: LegId, heads: Counter[int], cases: list[tuple[Need, int]]) -> None:
        leg = self.timetable.legs[leg_id]
        heads[self._number(BlockCode.SEATS, leg.id, "seats", leg.seats)] += 1
        stated = {care.need: care.cases for care in leg.care}
        for need in CARE_NEEDS:
            stated.setdefault(need, 0)
        cases += [(need, self._number(BlockCode.CARE, leg.id, f"{need} places", n)) for need, n in stated.items()]
        for passage in leg.passages:
            minute = minute_of(passage.at)
            self._throughput(self.timetable.points[passage.point], self.timetable.slot(minute), heads)
            for limit in self._limits.get(passage.point, ()):
                if limit.heads is not None and passage.at in limit.window:
                    heads[self._number(BlockCode.COUNTERPART, limit.id, "heads a window", limit.heads)] += 1

    def _let_through(self, point: Point, visit: Visit, heads: Counter[int]) -> None:
        if visit.slot is not None:
            self._throughput(point, visit.slot, heads)
        elif not visit.is_start:
            self._throughput(point, self.timetable.slot(visit.arrives), heads)

    def _throughput(self, point: Point, slot: int, heads: Counter[int]) -> None:
        number = self.through(point.id, slot)
        if number is not None:
            heads[number] += 1

    def _held(self, point: Point, holding: int, slot: int) -> int:
        """The resource that is the room to wait at a point in an hour."""
        known = self._holding.get((point.id, slot))
        if known is None:
            known = self._number(BlockCode.HOLDING, point.id, "heads waiting", holding, slot)
            self._holding[point.id, slot] = known
        return known

    def _sleep(self, point: Point, visit: Visit, heads: Counter[int], cases: list[tuple[Need, int]]) -> None:
        first = self.timetable.day(visit.arrives)
        for night in range(first, max(first + 1, self.timetable.day(visit.leaves))):
            beds, care = self._night(point, night)
            for number, times in beds:
                heads[number] += times
            cases += care

    def _night(self, point: Point, night: int) -> tuple[Use, tuple[tuple[Need, int], ...]]:
        """What a night at a staging base takes, per head and per case."""
        known = self._nights.get((point.id, night))
        if known is None:
            by_day = self._by_day.get(point.id)
            if by_day is None:
                by_day = self._by_day[point.id] = {(beds.day - EPOCH).days: beds.beds for beds in point.beds_by_day}
            free = by_day.get(night, point.beds)
            beds = () if free is None else ((self._number(BlockCode.BEDS, point.id, "beds", free, night), 1),)
            care = [
                (one.need, self._number(BlockCode.CARE, point.id, f"{one.need} places", one.cases, night))
                for one in point.care
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
            number = self._number(BlockCode.COUNTERPART, limit.id, "vehicles a window", limit.vehicles)
            for leg in self.timetable.network.legs:
                if any(passage.point == limit.point and passage.at in limit.window for passage in leg.passages):
                    known = self.capacities.vehicle_limits.get(leg.id, ())
                    self.capacities.vehicle_limits[leg.id] = (*known, number)


def night_of(slot: int) -> date:
    """The day whose night a bed resource is for."""
    return EPOCH + timedelta(days=slot)
