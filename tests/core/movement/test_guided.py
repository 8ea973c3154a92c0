"""Plans guided by flows: sound, and never above a bound that no plan exceeds."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings

from safepassage.core.movement import (
    Demand,
    Leg,
    Method,
    Mode,
    Network,
    Plan,
    Point,
    PointKind,
    Scenario,
    Start,
    check_plan,
    draft,
    plan_movement,
)
from tests.core.movement.brute import best_vector
from tests.core.movement.operations import NOW, operations

UNHURRIED = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def planned(scenario: Scenario, method: Method) -> Plan:
    plan = plan_movement(scenario.network, scenario.demands, now=NOW, method=method)
    assert check_plan(scenario.network, scenario.demands, plan).faults == ()
    return plan


@settings(UNHURRIED)
@given(operations())
def test_no_plan_gets_more_people_out_than_the_flows_say(scenario: Scenario) -> None:
    plan = planned(scenario, Method.GUIDED)
    best = list(accumulate(best_vector(scenario)))
    before = 0
    for tier, most in zip(plan.tiers, best, strict=True):
        assert tier.bound is not None
        assert most <= before + tier.bound
        before += tier.people
    if plan.is_optimal:
        assert tuple(tier.people for tier in plan.tiers) == best_vector(scenario)


@settings(UNHURRIED)
@given(operations())
def test_where_ways_are_too_many_to_list_the_judge_still_finds_nothing(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    monkeypatch.setattr(draft, "MAX_LISTED_WAYS", 0)
    guided, greedy = planned(scenario, Method.GUIDED), planned(scenario, Method.GREEDY)
    assert [tier.people for tier in guided.tiers] >= [tier.people for tier in greedy.tiers]


def test_a_plan_to_publish_at_once_comes_before_the_better_one() -> None:
    from tests.core.movement.test_check import calm

    scenario, seen = calm(), []
    plan = plan_movement(scenario.network, scenario.demands, now=NOW, method=Method.GUIDED, first=seen.append)
    assert [one.method for one in seen] == [Method.GREEDY]
    assert check_plan(scenario.network, scenario.demands, seen[0]).is_clean
    assert plan.method is Method.GUIDED


def test_whoever_comes_in_the_middle_of_an_hour_waits_from_then_on() -> None:
    """A bus at 09:00 in a local hour from 08:30 on, an hour's wait at most, a flight at 10:00: one may go."""
    at = datetime(2021, 8, 24, tzinfo=UTC)
    gate = Point("GATE", PointKind.ACCESS_POINT, throughput_per_hour=2, max_wait_minutes=60)
    points = (Point("RALLY", PointKind.RALLY_POINT), gate, Point("BASE", PointKind.STAGING_BASE, beds=2))
    bus = Leg("BUS", Mode.BUS, "RALLY", "GATE", departs=at.replace(hour=8), arrives=at.replace(hour=9), seats=1)
    flight = Leg(
        "FLIGHT", Mode.FLIGHT, "GATE", "BASE", departs=at.replace(hour=10), arrives=at.replace(hour=13), seats=1
    )
    network = Network(points, (bus, flight), utc_offset_minutes=270)
    demands = tuple(Demand(f"PARTY-{n}", heads=1, tier=1, rank=n, starts=(Start("RALLY"),)) for n in range(2))
    plan = planned(Scenario(network, demands, NOW), Method.GUIDED)
    assert [(tier.people, tier.bound) for tier in plan.tiers] == [(1, 1)]


def test_hours_that_one_kind_counts_together_and_another_does_not_let_through_what_they_can() -> None:
    """Three come by bus at 09:00, two are there since 05:00, three an hour: all can be let through by 10:00."""
    at = datetime(2021, 8, 24, tzinfo=UTC)
    gate = Point("GATE", PointKind.ACCESS_POINT, throughput_per_hour=3)
    points = (Point("RALLY", PointKind.RALLY_POINT), gate, Point("HAVEN", PointKind.SAFE_HAVEN))
    legs = (
        Leg("BUS", Mode.BUS, "RALLY", "GATE", at.replace(hour=8), at.replace(hour=9), seats=3),
        Leg("FLIGHT", Mode.FLIGHT, "GATE", "HAVEN", at.replace(hour=10), at.replace(hour=13), seats=5),
    )
    by_bus = tuple(
        Demand(f"BY-BUS-{n}", heads=1, tier=1, rank=n, starts=(Start("RALLY"),), destinations=("HAVEN",))
        for n in range(3)
    )
    there = Demand("THERE", heads=2, tier=1, rank=-1, starts=(Start("GATE"),))
    too_many = Demand("TOO-MANY", heads=6, tier=1, rank=9, starts=(Start("GATE"),))
    plan = planned(Scenario(Network(points, legs), (*by_bus, there, too_many), NOW), Method.GUIDED)
    assert [(tier.people, tier.bound) for tier in plan.tiers] == [(5, 5)]
