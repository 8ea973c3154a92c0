"""Explanations name what blocks, and what they say would help does help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from safepassage.core.errors import NotFoundError
from safepassage.core.ids import PartyId
from safepassage.core.movement import (
    BlockCode,
    CareCapacity,
    Commitment,
    Explainer,
    Scenario,
    explain_party,
    give_more,
    plan_movement,
)
from safepassage.core.movement import draft as drafts
from safepassage.core.people import Need
from tests.core.movement.operations import NOW, operations
from tests.core.movement.test_check import BUS, calm, party, with_leg

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
SIMPLE = (BlockCode.SEATS, BlockCode.BEDS, BlockCode.THROUGHPUT, BlockCode.HOLDING)


@pytest.mark.parametrize("listed", [drafts.MAX_LISTED_WAYS, 0], ids=["all ways listed", "ways searched"])
@settings(UNHURRIED, max_examples=40)
@given(scenario=operations())
def test_what_would_help_does_help_when_tried(
    monkeypatch: pytest.MonkeyPatch, listed: int, scenario: Scenario
) -> None:
    monkeypatch.setattr(drafts, "MAX_LISTED_WAYS", listed)
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    explainer = Explainer.of(scenario.network, scenario.demands, plan)
    for line in plan.unplaced:
        explanation = explainer.explain(line.party)
        assert explanation.reasons
        if not explanation.remedies or any(block.code not in SIMPLE for block in explanation.remedies):
            continue
        network = scenario.network
        for block in explanation.remedies:
            network = give_more(network, block)
        demands = tuple(
            replace(d, commitment=Commitment.FROZEN if d.party != line.party else Commitment.FREE)
            for d in scenario.demands
            if d.party == line.party or d.party in {a.party for a in plan.assignments}
        )
        after = plan_movement(network, demands, now=NOW, previous=plan)
        assert line.party in {a.party for a in after.assignments}


def test_a_full_bus_is_named_with_what_is_missing() -> None:
    scenario = with_leg(replace(calm(), demands=(party(1, 3), party(2, 4, tier=2))), BUS, seats=4)
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    explanation = explain_party(scenario.network, scenario.demands, plan, PartyId("P2"))
    assert [(b.code, b.where, b.needed, b.free) for b in explanation.remedies] == [(BlockCode.SEATS, "BUS", 4, 1)]
    assert explanation.would_board_if[0].startswith("BUS had 3 more")
    assert "Stand by at RALLY" in explanation.next_chance


@pytest.mark.parametrize("hold", ["minor-without-adult", "nobody-confirmed"])
def test_why_a_party_waits_is_said_in_words(hold: str) -> None:
    scenario = replace(calm(), demands=(party(1, 1, hold=hold),))
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    (reason,) = plan.unplaced[0].reasons
    assert hold not in reason
    assert "confirmed" in reason


def test_a_party_on_hold_and_one_without_tier_hear_why() -> None:
    scenario = replace(calm(), demands=(party(1, 1, hold="unconfirmed"), party(2, 1, tier=None)))
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    assert [line.code for line in plan.unplaced] == [BlockCode.HELD, BlockCode.NO_TIER]
    assert "unconfirmed" in explain_party(scenario.network, scenario.demands, plan, PartyId("P1")).reasons[0]


def test_a_bus_without_a_place_for_a_wheelchair_is_no_place_for_one() -> None:
    scenario = with_leg(calm(), BUS, care=(CareCapacity(Need.MEDICAL, 1),))
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    assert [(line.party, line.code) for line in plan.unplaced] == [("P1", BlockCode.CARE)]


def test_an_unknown_party_is_refused() -> None:
    scenario = calm()
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    with pytest.raises(NotFoundError):
        explain_party(scenario.network, scenario.demands, plan, PartyId("NOBODY"))
