"""Parties that follow flows: whole, and with nothing taken that their places do not take."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given

from safepassage.core.movement import Demand, Leg, Method, Mode, Network, Point, PointKind, Scenario, Start, Window
from safepassage.core.movement.draft import new_draft
from safepassage.core.movement.flows import flow_model
from safepassage.core.movement.follow import Follower
from safepassage.core.movement.guided import guide_of
from tests.core.movement.operations import NOW, operations
from tests.core.movement.test_guided import UNHURRIED, planned


@UNHURRIED
@given(operations())
def test_what_is_taken_step_by_step_is_what_the_places_take(scenario: Scenario) -> None:
    draft = new_draft(scenario.network, scenario.demands, NOW)
    model = flow_model(draft)
    guide = guide_of(draft, reached=draft.vector(), time_limit_seconds=10.0)
    if guide.solution is None:
        return
    Follower(draft, model, guide.solution.values).run()
    taken: Counter[int] = Counter()
    for place in draft.placed.values():
        taken.update(dict(place.use))
    limits = {number for some in draft.capacities.vehicle_limits.values() for number in some}
    for number, (total, free) in enumerate(zip(draft.capacities.total, draft.capacities.free, strict=True)):
        assert free >= 0
        if number not in limits:
            assert total - taken[number] == free


def test_a_flow_of_whole_parties_is_followed_to_the_last_seat() -> None:
    """Four sizes, two flights of nine: 3 + 6 and 4 + 5 fill both, and nobody stays."""
    day = datetime(2021, 8, 24, tzinfo=UTC)
    points = (Point("GATE", PointKind.ACCESS_POINT, throughput_per_hour=9), Point("BASE", PointKind.STAGING_BASE))
    legs = tuple(
        Leg(
            f"FLIGHT-{hour}", Mode.FLIGHT, "GATE", "BASE", day.replace(hour=hour), day.replace(hour=hour + 3), seats=9
        )
        for hour in (10, 14)
    )
    sizes = (3, 4, 5, 6)
    demands = tuple(Demand(f"PARTY-{n}", n, 1, n, (Start("GATE"),)) for n in sizes)
    plan = planned(Scenario(Network(points, legs), demands, NOW), Method.GUIDED)
    assert plan.people == 18


def test_nobody_let_through_too_early_for_the_next_flight_is_counted_in_the_bound() -> None:
    """Shut from 9 to 14, one an hour before, three hours' wait at most, flights at 8 and 14: one goes, one can't."""
    day = datetime(2021, 8, 24, tzinfo=UTC)
    shut = (Window(day.replace(hour=9), day.replace(hour=14)),)
    gate = Point("GATE", PointKind.ACCESS_POINT, closures=shut, throughput_per_hour=1, max_wait_minutes=180)
    legs = (
        Leg("EARLY", Mode.FLIGHT, "GATE", "BASE", day.replace(hour=8), day.replace(hour=10), seats=1),
        Leg("LATE", Mode.FLIGHT, "GATE", "BASE", day.replace(hour=14), day.replace(hour=16), seats=1),
    )
    network = Network((gate, Point("BASE", PointKind.STAGING_BASE)), legs)
    demands = tuple(Demand(f"PARTY-{n}", 1, 1, n, (Start("GATE", 120),)) for n in range(2))
    plan = planned(Scenario(network, demands, NOW), Method.GUIDED)
    assert [(tier.people, tier.bound) for tier in plan.tiers] == [(1, 1)]
