"""Why a party has its place or none, and what the judge found, in the reader's language with ids and figures kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from safepassage.apps.console.sayings.movement import said_block, said_fault, said_place
from safepassage.apps.console.words import word
from safepassage.core.ids import PartyId
from safepassage.core.movement import (
    Block,
    BlockCode,
    Curfew,
    Explainer,
    Fault,
    FaultCode,
    Scenario,
    Window,
    check_plan,
    explain_party,
    plan_movement,
)
from tests.core.movement.operations import NOW, at, operations
from tests.core.movement.test_check import BUS, calm, party, planned, with_leg, with_point

LATIN = set("abcdefghijklmnopqrstuvwxyz")


def explained(scenario: Scenario, name: str):
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    return explain_party(scenario.network, scenario.demands, plan, PartyId(name))


def full_bus() -> Scenario:
    return with_leg(replace(calm(), demands=(party(1, 3), party(2, 4, tier=2))), BUS, seats=4)


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_a_place_that_a_bus_does_not_have_at_all_is_not_told_as_one_that_is_taken(language: str) -> None:
    values = (("total", "0"), ("unit", "wheelchair places"), ("need", "wheelchair"))
    none = Block(BlockCode.CARE, "BUS", "", needed=1, free=0, values=values)
    with override(language):
        said = said_block(none)
        taken = said_block(replace(none, values=(("total", "2"), *values[1:])))
        assert word("need", "wheelchair") in said
    assert "0" not in said
    assert "0" in taken
    assert "BUS" in said


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_a_full_bus_is_told_with_its_figures(language: str) -> None:
    with override(language):
        said = said_place(explained(full_bus(), "P2"))
    assert len(said.sentences) == 2
    assert all(text in said.sentences[1] for text in ("BUS", "1", "4"))
    assert "3" in said.would_board_if[0]
    assert "RALLY" in said.next_chance
    assert not LATIN & set("".join((*said.sentences, *said.would_board_if, said.next_chance)))


def test_in_english_it_is_core_s_own_sentences() -> None:
    why = explained(full_bus(), "P2")
    with override("en"):
        said = said_place(why)
    assert (said.sentences, said.would_board_if, said.next_chance) == (
        why.reasons,
        why.would_board_if,
        why.next_chance,
    )


def test_a_time_is_told_in_the_zone_of_the_operation() -> None:
    why = explained(calm(), "P1")
    assert why.next_chance == "Be at RALLY by 24 Aug 06:00 UTC."
    with override("fa-af"), timezone.override("Asia/Kabul"):
        assert "10:30" in said_place(why).next_chance


def test_an_explanation_that_an_older_version_kept_is_shown_as_it_is() -> None:
    old = replace(explained(full_bus(), "P2"), notes=(), blocks=(), chance=None)
    with override("ps"):
        assert said_place(old).sentences == old.reasons


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=operations())
def test_whatever_keeps_a_party_out_is_said_in_dari(scenario: Scenario) -> None:
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    explainer = Explainer.of(scenario.network, scenario.demands, plan)
    for demand in scenario.demands:
        why = explainer.explain(demand.party)
        with override("fa-af"):
            said = said_place(why)
        assert len(said.sentences) == len(why.reasons) or not why.assignment
        for english, dari in zip(why.reasons[1:], said.sentences[1:], strict=False):
            assert english.rstrip(".") != dari.rstrip(".")
        assert said.next_chance != why.next_chance
        blocks = [block for option in why.options if (block := option.block)] + list(why.blocks)
        with override("fa-af"):
            assert all(said_block(block) != block.reason for block in blocks)


def test_what_shuts_a_leg_is_told_with_the_leg_and_the_time() -> None:
    closed = with_point(calm(), "GATE", closures=(Window(at(5), at(9)),))
    curfew = replace(calm(), network=replace(calm().network, curfews=(Curfew(Window(at(5), at(9))),)))
    frozen = with_leg(calm(), BUS, freezes_at=NOW)
    for scenario, code in ((closed, "closed"), (curfew, "curfew"), (frozen, "frozen")):
        (block,) = explained(scenario, "P1").blocks
        assert block.code == code
        with override("ps"):
            said = said_block(block)
        assert "BUS" in said
        assert ":" in said
        assert not LATIN & set(said)


def test_a_block_without_its_values_is_told_in_english() -> None:
    bare = Block(BlockCode.SEATS, "BUS", "BUS has 0 of 4 seats free")
    with override("fa-af"):
        assert said_block(bare) == bare.reason


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_each_fault_names_whom_or_what_it_is_about(language: str) -> None:
    scenario = calm()
    plan = planned(scenario)
    crowded = with_leg(scenario, BUS, seats=2)
    (fault,) = [
        one for one in check_plan(crowded.network, crowded.demands, plan).faults if one.code is FaultCode.SEATS
    ]
    with override(language):
        said = said_fault(fault)
        every = [said_fault(Fault(code, "the English of it", PartyId("P1"))) for code in FaultCode]
    assert all(text in said for text in ("BUS", "5", "2"))
    assert all("P1" in one and not LATIN & set(one) for one in every)
