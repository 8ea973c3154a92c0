"""Large parties go as often as small ones, and no fewer people go for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    Demand,
    Method,
    Network,
    Plan,
    Scenario,
    Start,
    check_plan,
    plan_movement,
    planner,
    seat_chances,
    single_bus,
)
from tests.core.movement.operations import NOW, at, operations

BUS = single_bus(seats=12, departs=at(9), rally_point="Stadium", access_point="North Gate")


def five_buses() -> Network:
    (leg,) = BUS.legs
    later = [timedelta(hours=hours) for hours in range(5)]
    legs = tuple(
        replace(leg, id=LegId(f"bus-{n}"), vehicle=f"v{n}", departs=leg.departs + by, arrives=leg.arrives + by)
        for n, by in enumerate(later)
    )
    return replace(BUS, legs=legs)


def parties(heads: int, count: int, first: int) -> tuple[Demand, ...]:
    starts = (Start(PointId("rally-1"), 0),)
    return tuple(Demand(PartyId(f"P{first + i:03d}"), heads, 1, first + i, starts) for i in range(count))


def placed(plan: Plan, heads: int) -> int:
    return sum(one.heads == heads for one in plan.assignments)


@pytest.mark.parametrize("method", [Method.GREEDY, Method.EXACT, Method.GUIDED])
def test_families_of_ten_go_as_often_as_parties_of_one_that_come_before_them(method: Method) -> None:
    asked = (*parties(1, 60, 0), *parties(10, 12, 60))
    plan = plan_movement(five_buses(), asked, now=NOW, method=method)
    assert plan.people == 60, "every seat is filled all the same"
    assert placed(plan, 10) >= 4, "a third of everyone goes, and so does a third of them"
    assert check_plan(five_buses(), asked, plan).faults == ()
    assert {one.party for one in plan.assignments if one.heads == 10} == {
        PartyId(f"P{60 + i:03d}") for i in range(placed(plan, 10))
    }, "the first of them by rank"


def test_without_it_small_parties_fill_what_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (*parties(1, 60, 0), *parties(10, 12, 60))
    monkeypatch.setattr(planner, "even_out", lambda _draft: 0)
    plan = plan_movement(five_buses(), asked, now=NOW, method=Method.GREEDY)
    assert placed(plan, 10) < 4, "else the test above tests nothing"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60)
@given(scenario=operations(max_parties=10))
def test_no_tier_loses_anybody_by_it(scenario: Scenario) -> None:
    plan = plan_movement(scenario.network, scenario.demands, now=NOW, method=Method.GREEDY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planner, "even_out", lambda _draft: 0)
        before = plan_movement(scenario.network, scenario.demands, now=NOW, method=Method.GREEDY)
    assert [one.people for one in plan.tiers] >= [one.people for one in before.tiers]
    assert check_plan(scenario.network, scenario.demands, plan).faults == ()


def test_chances_are_counted_by_tier_and_size() -> None:
    plan = plan_movement(BUS, (*parties(10, 2, 0), *parties(2, 1, 2)), now=NOW)
    assert [(one.tier, one.least, one.most, one.asked, one.placed, one.percent) for one in seat_chances(plan)] == [
        (1, 2, 3, 1, 1, 100),
        (1, 10, 999, 2, 1, 50),
    ]
