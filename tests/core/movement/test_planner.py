"""The planner against brute force and against the judge, on small random operations."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from safepassage.core.movement import Scenario, check_plan, plan_movement
from tests.core.movement.brute import best_vector
from tests.core.movement.operations import NOW, operations

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@settings(UNHURRIED, max_examples=500)
@given(operations())
def test_people_out_by_tier_equal_brute_force_and_the_judge_finds_nothing(scenario: Scenario) -> None:
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    assert check_plan(scenario.network, scenario.demands, plan).faults == ()
    assert tuple(tier.people for tier in plan.tiers) == best_vector(scenario)
    assert plan.is_optimal
    assert all(tier.bound == tier.people for tier in plan.tiers)
