"""Promises: told and frozen parties against a network that changed under them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.movement import Commitment, Scenario, check_plan, compare_plans, plan_movement
from tests.core.movement.operations import NOW, operations
from tests.core.movement.test_check import BUS, FLIGHT, calm, party, planned, with_leg
from tests.core.movement.test_planner import UNHURRIED


@settings(UNHURRIED, max_examples=40)
@given(operations(), st.lists(st.sampled_from(list(Commitment)), min_size=6, max_size=6))
def test_replanning_keeps_every_promise_and_the_judge_finds_nothing(
    scenario: Scenario, commitments: list[Commitment]
) -> None:
    before = plan_movement(scenario.network, scenario.demands, now=NOW)
    demands = tuple(replace(d, commitment=c) for d, c in zip(scenario.demands, commitments, strict=False))
    after = plan_movement(scenario.network, demands, now=NOW, previous=before)
    assert check_plan(scenario.network, demands, after, previous=before).faults == ()
    promised = {d.party for d in demands if d.commitment is not Commitment.FREE}
    assert not [c for c in compare_plans(before, after).changes if c.party in promised and c.before is not None]
    assert after.version == before.version + 1


def test_a_told_party_keeps_its_seat_before_an_earlier_tier() -> None:
    scenario = with_leg(calm(), BUS, seats=2)
    late = replace(party(2, 2, tier=2), commitment=Commitment.TOLD)
    before = plan_movement(scenario.network, (late,), now=NOW)
    after = plan_movement(scenario.network, (party(1, 2), late), now=NOW, previous=before)
    assert [(a.party, a.is_kept) for a in after.assignments] == [("P2", True)]


def test_a_told_party_whose_bus_shrank_is_named_as_one_to_call() -> None:
    scenario = calm()
    before = planned(scenario)
    told = tuple(replace(d, commitment=Commitment.TOLD) for d in scenario.demands)
    after = plan_movement(with_leg(scenario, FLIGHT, seats=3).network, told, now=NOW, previous=before)
    assert [(line.party, line.had_place, line.code.value) for line in after.unplaced] == [("P2", True, "seats")]
