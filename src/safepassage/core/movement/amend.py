"""A plan with some arrivals moved and all else as it was: what a planner decides where a gate gets too full.

It plans nothing: legs are moved with whoever goes by them, people who come by themselves are told another time, and
each gets the first access hour after it that has room. Whether that can be is for the judge (`check_plan`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from safepassage.core.ids import LegId, PartyId, PlanId, PointId, derived_id
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.network import Leg, Network, Point, PointKind, Window
from safepassage.core.movement.plan import Assignment, Plan, PlanStatus, Stay, TierPeople
from safepassage.core.movement.plan_text import digest_network, digest_plan
from safepassage.core.movement.relieve import Relief
from safepassage.core.movement.what_if import move_leg

_HOUR = timedelta(hours=1)


def move_arrivals(network: Network, moves: Sequence[Relief]) -> Network:
    """The network with the legs of these moves at their new times; a convoy goes together, and is moved once.

    Raises:
        NotFoundError: the network has no such leg.
    """
    convoys = {leg.id: leg.convoy for leg in network.legs}
    gone: set[str] = set()
    for move in moves:
        if move.leg is None or (convoys.get(move.leg) and convoys[move.leg] in gone):
            continue
        network = move_leg(network, move.leg, timedelta(minutes=move.minutes))
        gone.add(convoys[move.leg])
    return network


def promised(demands: Sequence[Demand], plan: Plan) -> tuple[Demand, ...]:
    """The demands of those who stand in a plan, everyone with a place held as told it: an amendment moves no other.

    Whoever came after the plan was made waits for the next one.
    """
    placed = {one.party for one in plan.assignments}
    known = placed | {one.party for one in plan.unplaced}
    return tuple(
        replace(one, commitment=Commitment.TOLD) if one.party in placed and one.commitment is Commitment.FREE else one
        for one in demands
        if one.party in known
    )


def amend_plan(
    before: Network, after: Network, demands: Sequence[Demand], plan: Plan, moves: Sequence[Relief], *, now: datetime
) -> Plan:
    """The plan with the moves made, everyone else as they were; to be judged before anybody acts on it.

    Args:
        before: The network that the plan was made for.
        after: The same with the moved legs (`move_arrivals`), seats beyond those promised included.
        demands: Of `promised`. Who is no longer among them loses their place: they are gone.
        plan: The plan that stands.
        moves: What `relieve` proposed.
        now: The moment.
    """
    by_party = {demand.party: demand for demand in demands}
    shifts = {party: timedelta(minutes=one.minutes) for one in moves if one.leg is None for party in one.parties}
    new = _Amended.of(before, after)
    stand = [one for one in plan.assignments if one.party in by_party]
    moved = {one.party for one in stand if one.party in shifts or new.has_moved(one)}
    for one in stand:
        if one.party not in moved:
            new.take(one)
    assignments = []
    for one in stand:
        demand = by_party[one.party]
        placed = new.moved(one, shifts.get(one.party, timedelta())) if one.party in moved else one
        is_kept = one.party not in moved and demand.commitment is not Commitment.FREE
        tier, rank = (one.tier, one.rank) if demand.tier is None else (demand.tier, demand.rank)
        assignments.append(replace(placed, heads=demand.heads, tier=tier, rank=rank, is_kept=is_kept))
    return _signed(plan, after, by_party, assignments, now)


def parties_moved(before: Plan, after: Plan) -> tuple[PartyId, ...]:
    """Parties that go by the same legs in both plans, and have to be told another time; in the order of the plan."""
    was = {one.party: one for one in before.assignments}
    return tuple(
        one.party
        for one in after.assignments
        if one.party in was
        and (was[one.party].report_at, was[one.party].access_window) != (one.report_at, one.access_window)
    )


def _signed(
    plan: Plan,
    network: Network,
    by_party: dict[PartyId, Demand],
    assignments: Sequence[Assignment],
    now: datetime,
) -> Plan:
    people: Counter[int] = Counter()
    demanded: Counter[int] = Counter()
    for one in assignments:
        if by_party[one.party].tier is not None:
            people[one.tier] += one.heads
    for demand in by_party.values():
        if demand.tier is not None:
            demanded[demand.tier] += demand.heads
    unplaced = [
        replace(one, heads=by_party[one.party].heads, tier=by_party[one.party].tier, rank=by_party[one.party].rank)
        for one in plan.unplaced
        if one.party in by_party
    ]
    amended = replace(
        plan,
        id=PlanId(""),
        version=plan.version + 1,
        now=now,
        network_digest=digest_network(network),
        digest="",
        assignments=tuple(assignments),
        unplaced=tuple(unplaced),
        tiers=tuple(TierPeople(tier, people[tier], demanded[tier]) for tier in sorted(people.keys() | demanded)),
        is_optimal=False,
        status=PlanStatus.DRAFT,
        previous=plan.id,
        lost=(),
    )
    digest = digest_plan(amended)
    return replace(amended, id=PlanId(derived_id("PL", digest)), digest=digest)


@dataclass(slots=True)
class _Amended:
    """Legs before and after, and the heads that each access hour has taken so far."""

    network: Network
    points: dict[PointId, Point]
    before: dict[LegId, Leg]
    after: dict[LegId, Leg]
    through: Counter[tuple[PointId, datetime]]

    @classmethod
    def of(cls, before: Network, after: Network) -> _Amended:
        points = {point.id: point for point in after.points}
        was, will = ({leg.id: leg for leg in one.legs} for one in (before, after))
        return cls(after, points, was, will, Counter())

    def has_moved(self, one: Assignment) -> bool:
        return any(self.before[leg].departs != self.after[leg].departs for leg in one.legs if leg in self.before)

    def take(self, one: Assignment) -> None:
        if one.access_point and one.access_window:
            self.through[one.access_point, self._hour(one.access_window.begins)] += one.heads

    def moved(self, one: Assignment, by: timedelta) -> Assignment:
        """The place with its legs at their new times; `by` is how much later somebody comes who walks to the gate."""
        rides = [self.after[leg] for leg in one.legs]
        first = self.after[one.legs[0]].departs - self.before[one.legs[0]].departs
        is_at_gate = one.access_point == one.start
        report_at = one.report_at + (by if is_at_gate else first)
        arrived = report_at
        if not is_at_gate:
            arrived = next((ride.arrives for ride in rides if ride.destination == one.access_point), report_at)
        window = self._window(one, arrived) if one.access_window else None
        placed = replace(
            one,
            report_at=report_at,
            arrives=rides[-1].arrives,
            access_window=window,
            stays=tuple(self._stays(rides)),
        )
        self.take(placed)
        return placed

    def _window(self, one: Assignment, arrived: datetime) -> Window:
        """The first hour after the arrival that has room and leaves time for the next leg; else the arrival's."""
        point = self.points[one.access_point] if one.access_point else None
        first = Window(arrived, self._hour(arrived) + _HOUR)
        if point is None:
            return first
        after = [self.after[leg] for leg in one.legs if self.after[leg].origin == point.id]
        latest = arrived + timedelta(minutes=point.max_wait_minutes)
        if after:
            boards = after[0].departs - timedelta(minutes=after[0].boarding_minutes)
            latest = min(latest, boards - timedelta(minutes=point.processing_minutes) - _HOUR)
        window = first
        while window == first or window.begins <= latest:
            if _is_open(point, window) and self._has_room(point, window.begins, one.heads):
                return window
            window = Window(window.ends, window.ends + _HOUR)
        return first

    def _has_room(self, point: Point, at: datetime, heads: int) -> bool:
        hour = self._hour(at)
        most = next((one.heads for one in point.hours if self._hour(one.hour) == hour), point.throughput_per_hour)
        return most is None or self.through[point.id, hour] + heads <= most

    def _stays(self, rides: Sequence[Leg]) -> list[Stay]:
        """Beds at the staging bases on the way, until the next leg or for as long as one stays there."""
        stays = []
        for number, ride in enumerate(rides):
            point = self.points[ride.destination]
            if point.kind is PointKind.STAGING_BASE:
                onward = rides[number + 1].departs if number + 1 < len(rides) else None
                leaves = onward or ride.arrives + timedelta(hours=point.stay_hours)
                stays.append(Stay(point.id, ride.arrives, leaves))
        return stays

    def _hour(self, moment: datetime) -> datetime:
        """The hour of the operation's own clock that holds a moment."""
        offset = timedelta(minutes=self.network.utc_offset_minutes)
        return (moment + offset).replace(minute=0, second=0, microsecond=0) - offset


def _is_open(point: Point, window: Window) -> bool:
    inside = not point.opens or any(one.begins <= window.begins and window.ends <= one.ends for one in point.opens)
    return inside and not any(closure.overlaps(window) for closure in point.closures)
