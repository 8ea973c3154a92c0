"""The planner against brute force and against the judge, on small random operations."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    Clearance,
    Demand,
    HourCapacity,
    Leg,
    Mode,
    Network,
    Point,
    PointKind,
    Scenario,
    Start,
    check_plan,
    plan_movement,
)
from tests.core.movement.brute import best_vector
from tests.core.movement.operations import NOW, at, operations

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@settings(UNHURRIED, max_examples=250)
@given(operations())
def test_people_out_by_tier_equal_brute_force_and_the_judge_finds_nothing(scenario: Scenario) -> None:
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    assert check_plan(scenario.network, scenario.demands, plan).faults == ()
    assert tuple(tier.people for tier in plan.tiers) == best_vector(scenario)
    assert plan.is_optimal
    assert all(tier.bound == tier.people for tier in plan.tiers)


def test_a_better_optimum_than_the_solution_before_is_taken_with_its_places() -> None:
    """HiGHS 1.16 proves three people here, and gives back the places of the two that it was given to begin with."""
    gate = Point(
        PointId("GATE"),
        PointKind.ACCESS_POINT,
        throughput_per_hour=2,
        hours=(HourCapacity(at(7), 0), HourCapacity(at(8), 0)),
        max_wait_minutes=400,
    )
    base = Point(PointId("BASE"), PointKind.STAGING_BASE, beds=2, stay_hours=12, max_wait_minutes=2880)
    haven = Point(PointId("HAVEN"), PointKind.SAFE_HAVEN)
    points = (Point(PointId("RALLY-1"), PointKind.RALLY_POINT), gate, base, haven)
    legs = (
        Leg(LegId("BUS-0"), Mode.BUS, points[0].id, gate.id, at(6.5), at(7.25), seats=2),
        Leg(LegId("FLIGHT-0"), Mode.FLIGHT, gate.id, base.id, at(12.5), at(15.5), seats=2),
        Leg(LegId("FLIGHT-1"), Mode.FLIGHT, gate.id, haven.id, at(9), at(12), seats=1),
    )
    passport = (Clearance("passport"),)
    demands = (
        Demand(PartyId("PARTY-0"), 1, 1, 0, (Start(points[0].id),)),
        Demand(PartyId("PARTY-1"), 1, 1, 1, (Start(points[0].id),)),
        Demand(PartyId("PARTY-2"), 1, 1, 2, (Start(points[0].id),), clearances=passport),
        Demand(PartyId("PARTY-3"), 1, 2, 3, (Start(gate.id),)),
    )
    network = Network(points, legs)
    plan = plan_movement(network, demands, now=NOW)
    assert [(tier.people, tier.bound) for tier in plan.tiers] == [(2, 2), (1, 1)]
    assert check_plan(network, demands, plan).faults == ()
