"""Plans made again: promises kept, changes within a budget, and nobody worse off for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    Commitment,
    Demand,
    Leg,
    Mode,
    Network,
    Plan,
    Point,
    PointKind,
    Scenario,
    Start,
    check_plan,
    count_changes,
    plan_movement,
    replan_frontier,
    single_bus,
)
from safepassage.core.movement import draft as drafts
from tests.core.movement.operations import NOW, at, operations

UNHURRIED = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def after_a_cancelled_leg(scenario: Scenario, cancelled: int) -> tuple[Scenario, Plan]:
    """Everyone who had a place was told; then one leg is gone."""
    before = plan_movement(scenario.network, scenario.demands, now=NOW)
    placed = {one.party for one in before.assignments}
    demands = tuple(
        replace(one, commitment=Commitment.TOLD, told_at=NOW) if one.party in placed else one
        for one in scenario.demands
    )
    gone = scenario.network.legs[cancelled % len(scenario.network.legs)].id
    network = replace(
        scenario.network,
        legs=tuple(leg for leg in scenario.network.legs if leg.id != gone),
        reserves=(),
    )
    return Scenario(network, demands, NOW), before


@pytest.mark.parametrize("listed", [drafts.MAX_LISTED_WAYS, 0], ids=["all ways listed", "ways searched"])
@settings(UNHURRIED)
@given(scenario=operations(), cancelled=st.integers(0, 5), budget=st.integers(1, 3))
def test_changes_stay_within_the_budget_and_no_tier_is_worse_for_them(
    monkeypatch: pytest.MonkeyPatch, listed: int, scenario: Scenario, cancelled: int, budget: int
) -> None:
    monkeypatch.setattr(drafts, "MAX_LISTED_WAYS", listed)
    after, before = after_a_cancelled_leg(scenario, cancelled)
    points = replan_frontier(after.network, after.demands, now=NOW, previous=before, budgets=(0, budget))
    for point in points:
        assert check_plan(after.network, after.demands, point.plan, previous=before).faults == ()
        assert point.changes.unforced <= point.budget
    repair, better = points[0].plan, points[-1].plan
    assert all(b.people >= a.people for a, b in zip(repair.tiers, better.tiers, strict=True))


def test_a_told_party_moves_to_another_bus_so_that_one_left_out_can_come() -> None:
    network = single_bus(seats=4, departs=at(9.5), rally_point="Stadium", access_point="North Gate")
    early = network.legs[0]
    late = replace(early, id=LegId("late"), departs=at(11.5), arrives=at(12.5), vehicle="")
    network = replace(network, legs=(early, late))
    start = Start(PointId("rally-1"), 0)
    told = Demand(PartyId("TOLD"), 4, 2, 1, (start,), told_at=NOW)
    before = plan_movement(network, (told,), now=NOW)
    assert before.assignments[0].legs == (early.id,)
    told = replace(told, commitment=Commitment.TOLD)
    hurried = Demand(PartyId("HURRIED"), 4, 1, 1, (start,), destinations=())
    blocked = replace(network, legs=(early, replace(late, requires=("passport",))))
    from safepassage.core.movement import Clearance

    told = replace(told, clearances=(Clearance("passport"),))
    demands = (told, hurried)
    repair, swapped = replan_frontier(blocked, demands, now=NOW, previous=before, budgets=(0, 1))
    assert [one.party for one in repair.plan.unplaced] == ["HURRIED"]
    assert swapped.plan.unplaced == ()
    assert swapped.changes.unforced == count_changes(before, swapped.plan, demands).unforced == 1


def test_a_party_told_to_come_to_a_gate_that_closes_then_loses_its_place() -> None:
    gate, haven = PointId("GATE"), PointId("HAVEN")
    walk = Leg(LegId("walk"), Mode.FOOT, gate, haven, at(12), at(13), seats=10)
    network = Network((Point(gate, PointKind.ACCESS_POINT), Point(haven, PointKind.SAFE_HAVEN)), (walk,))
    told = Demand(PartyId("TOLD"), 2, 1, 1, (Start(gate, 0),), told_at=NOW)
    before = plan_movement(network, (told,), now=NOW)
    window = before.assignments[0].access_window
    assert window is not None
    shut = replace(network, points=(replace(network.points[0], closures=(window,)), network.points[1]))
    told = replace(told, commitment=Commitment.TOLD)
    after = plan_movement(shut, (told,), now=NOW, previous=before)
    assert check_plan(shut, (told,), after, previous=before).faults == ()
    assert after.lost == ("TOLD",)
