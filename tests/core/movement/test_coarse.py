"""Vehicles of an hour counted as one: what no plan exceeds over them, no plan exceeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import accumulate

import pytest
from hypothesis import given, settings

from safepassage.core.movement import Commitment, Demand, Method, Scenario, Start, check_plan, guided, plan_movement
from safepassage.core.movement.coarse import coarse_draft
from safepassage.core.movement.draft import new_draft
from safepassage.core.movement.guided import flow_bound
from tests.core.movement.brute import best_vector
from tests.core.movement.operations import NOW, operations
from tests.core.movement.test_check import calm
from tests.core.movement.test_guided import UNHURRIED


@settings(UNHURRIED, max_examples=120)
@given(operations())
def test_no_plan_gets_more_people_out_than_the_flows_of_an_hours_vehicles_say(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    monkeypatch.setattr(guided, "MAX_LEGS_FOLLOWED", 0)
    plan = plan_movement(scenario.network, scenario.demands, now=NOW, method=Method.GUIDED)
    assert check_plan(scenario.network, scenario.demands, plan).faults == ()
    before = 0
    for tier, most in zip(plan.tiers, accumulate(best_vector(scenario)), strict=True):
        assert tier.bound is not None
        assert most <= before + tier.bound
        before += tier.people


@settings(UNHURRIED)
@given(operations())
def test_they_never_say_less_than_the_flows_of_each_vehicle(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    """Also where some were told a place and others take what is left."""
    before = plan_movement(scenario.network, scenario.demands, now=NOW, method=Method.GREEDY)
    told = {one.party for one in before.assignments[::2]}
    demands = [
        replace(one, commitment=Commitment.TOLD, told_at=NOW) if one.party in told else one
        for one in scenario.demands
    ]
    fine = flow_bound(scenario.network, demands, now=NOW, previous=before)
    monkeypatch.setattr(guided, "MAX_LEGS_FOLLOWED", 0)
    coarse = flow_bound(scenario.network, demands, now=NOW, previous=before)
    assert fine is not None
    assert coarse is not None
    assert coarse >= fine


def test_buses_that_leave_and_arrive_in_the_same_hours_are_one() -> None:
    """Seats add up; boarding is as late as the last one's, arrival as early as the first one's."""
    scenario = calm()
    bus = scenario.network.legs[0]
    later = replace(
        bus,
        id="BUS-LATER",
        departs=bus.departs + timedelta(minutes=1),
        arrives=bus.arrives + timedelta(minutes=1),
        vehicle="",
    )
    network = replace(scenario.network, legs=(*scenario.network.legs, later))
    draft = new_draft(network, scenario.demands, NOW)
    coarse = coarse_draft(draft).timetable
    assert len(coarse.legs) == len(scenario.network.legs)
    assert coarse.legs[bus.id].seats == 2 * bus.seats
    assert coarse.report(bus.id) == draft.timetable.report(later.id)
    assert coarse.arrives[bus.id] == draft.timetable.arrives[bus.id]


def test_a_large_network_has_a_bound_and_keeps_the_plan_that_came_first(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = calm()
    start = scenario.demands[0].starts[0].point
    many = tuple(Demand(f"P{i}", 1, 1, i, (Start(start, 0),)) for i in range(200))
    monkeypatch.setattr(guided, "MAX_LEGS_FOLLOWED", 0)
    greedy = plan_movement(scenario.network, many, now=NOW, method=Method.GREEDY)
    plan = plan_movement(scenario.network, many, now=NOW, method=Method.GUIDED)
    assert plan.people == greedy.people < 200
    assert plan.tiers[0].bound == plan.people
    assert plan.is_optimal
