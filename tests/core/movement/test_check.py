"""The judge finds each kind of planted fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    CareCapacity,
    Cases,
    Clearance,
    Commitment,
    CounterpartLimit,
    Curfew,
    Demand,
    FaultCode,
    Leg,
    Mode,
    Network,
    Passage,
    Plan,
    Point,
    PointKind,
    Reserve,
    Scenario,
    Start,
    Window,
    check_plan,
    plan_movement,
    read_plan,
    write_plan,
)
from safepassage.core.people import Need
from tests.core.movement.operations import NOW, at

BUS, FLIGHT = LegId("BUS"), LegId("FLIGHT")


def party(number: int, heads: int, tier: int | None = 1, **more: object) -> Demand:
    return Demand(PartyId(f"P{number}"), heads, tier, number, (Start(PointId("RALLY")),), **more)


def calm() -> Scenario:
    """Two parties, room for both, nothing wrong."""
    points = (
        Point(PointId("RALLY"), PointKind.RALLY_POINT),
        Point(PointId("CHECK"), PointKind.COUNTERPART_CHECKPOINT),
        Point(PointId("GATE"), PointKind.ACCESS_POINT, throughput_per_hour=20, max_wait_minutes=240),
        Point(PointId("BASE"), PointKind.STAGING_BASE, beds=20, stay_hours=48),
    )
    care = (CareCapacity(Need.WHEELCHAIR, 1),)
    road = (Passage(PointId("CHECK"), at(6.5)),)
    legs = (
        Leg(BUS, Mode.BUS, PointId("RALLY"), PointId("GATE"), at(6), at(7), 20, care, road, vehicle="V"),
        Leg(FLIGHT, Mode.FLIGHT, PointId("GATE"), PointId("BASE"), at(10), at(14), 20, care),
    )
    one = party(1, 3, cases=(Cases(Need.WHEELCHAIR, 1),), clearances=(Clearance("passport"),))
    return Scenario(Network(points, legs), (one, party(2, 2, tier=2)), NOW)


def codes(scenario: Scenario, plan: Plan, previous: Plan | None = None) -> set[FaultCode]:
    return {fault.code for fault in check_plan(scenario.network, scenario.demands, plan, previous=previous).faults}


def planned(scenario: Scenario) -> Plan:
    return plan_movement(scenario.network, scenario.demands, now=NOW)


def with_point(scenario: Scenario, name: str, **changes: object) -> Scenario:
    points = tuple(replace(p, **changes) if p.id == name else p for p in scenario.network.points)
    return replace(scenario, network=replace(scenario.network, points=points))


def with_leg(scenario: Scenario, name: str, **changes: object) -> Scenario:
    legs = tuple(replace(leg, **changes) if leg.id == name else leg for leg in scenario.network.legs)
    return replace(scenario, network=replace(scenario.network, legs=legs))


def with_network(scenario: Scenario, **changes: object) -> Scenario:
    return replace(scenario, network=replace(scenario.network, **changes))


def with_demand(scenario: Scenario, **changes: object) -> Scenario:
    first, *rest = scenario.demands
    return replace(scenario, demands=(replace(first, **changes), *rest))


def with_first(plan: Plan, **changes: object) -> Plan:
    first, *rest = plan.assignments
    return replace(plan, assignments=(replace(first, **changes), *rest))


def test_a_calm_plan_is_clean_and_counted() -> None:
    scenario = calm()
    report = check_plan(scenario.network, scenario.demands, planned(scenario))
    assert report.is_clean
    assert [(tier.tier, tier.people) for tier in report.tiers] == [(1, 3), (2, 2)]


def test_of_those_who_go_one_way_each_is_judged_on_what_is_its_own() -> None:
    scenario = calm()
    plan = planned(scenario)
    assert len({assignment.legs for assignment in plan.assignments}) == 1
    faulted = {
        name: {fault.party for fault in check_plan(changed.network, changed.demands, plan).faults}
        for name, changed in {
            "one lacks a clearance": with_leg(scenario, FLIGHT, requires=("passport",)),
            "one does not go there": with_demand(scenario, destinations=(PointId("GATE"),)),
            "one can't be there": with_demand(scenario, not_before=at(6.5)),
            "the way waits too long": with_point(scenario, "GATE", max_wait_minutes=60),
        }.items()
    }
    assert faulted == {
        "one lacks a clearance": {"P2"},
        "one does not go there": {"P1"},
        "one can't be there": {"P1"},
        "the way waits too long": {"P1", "P2"},
    }


def test_a_plan_read_from_its_text_is_judged_as_the_one_that_was_written() -> None:
    scenario = calm()
    plan = planned(scenario)
    read = read_plan(write_plan(plan))
    assert read.assignments[0].stays is not read.assignments[1].stays
    for changed in (scenario, *(change(scenario) for change in GROUND_CHANGES.values())):
        assert check_plan(changed.network, changed.demands, read) == check_plan(
            changed.network, changed.demands, plan
        )


def test_what_lies_between_two_minutes_is_seen() -> None:
    scenario = with_demand(calm(), not_before=at(6))
    plan = planned(calm())
    assert FaultCode.TOO_EARLY not in codes(scenario, plan)
    early = with_first(plan, report_at=at(6) - timedelta(microseconds=1))
    assert FaultCode.TOO_EARLY in codes(scenario, early)
    late = with_first(plan, report_at=at(6) + timedelta(microseconds=1))
    assert FaultCode.BROKEN_WAY in codes(scenario, late)


def test_a_fault_says_how_much_is_taken_and_by_which_hour_of_the_operations_clock() -> None:
    scenario = with_network(with_point(calm(), "GATE", throughput_per_hour=4), utc_offset_minutes=270)
    plan = plan_movement(with_point(scenario, "GATE", throughput_per_hour=20).network, scenario.demands, now=NOW)
    window = plan.assignments[0].access_window
    assert window is not None
    (fault,) = check_plan(scenario.network, scenario.demands, plan).faults
    begins = window.begins + timedelta(hours=4, minutes=30)
    assert (fault.code, fault.taken, fault.most) == (FaultCode.THROUGHPUT, 5, 4)
    assert f"{begins:%d %b %H}:00 UTC+04:30" in fault.message


def test_a_network_that_knows_no_point_of_a_way_breaks_it() -> None:
    scenario = calm()
    gone = with_network(scenario, points=())
    assert FaultCode.BROKEN_WAY in codes(gone, planned(scenario))


def test_of_two_who_wait_each_hour_counts_its_own() -> None:
    # Both come to the gate at 7:00 and leave at 10:00: five heads in each hour, and none after.
    scenario = with_point(calm(), "GATE", holding=4)
    faults = check_plan(scenario.network, scenario.demands, planned(calm())).faults
    hours = [fault.message for fault in faults if fault.code is FaultCode.HOLDING]
    assert [text.split(" takes ")[0] for text in hours] == [
        f"GATE in hour 24 Aug {hour}:00 UTC" for hour in ("07", "08", "09")
    ]
    assert all(" takes 5 heads waiting and has 4." in text for text in hours)


GROUND_CHANGES = {
    FaultCode.SEATS: lambda s: with_leg(s, BUS, seats=4),
    FaultCode.CARE: lambda s: with_leg(s, BUS, care=()),
    FaultCode.THROUGHPUT: lambda s: with_point(s, "GATE", throughput_per_hour=4),
    FaultCode.HOLDING: lambda s: with_point(s, "GATE", holding=4),
    FaultCode.BEDS: lambda s: with_point(s, "BASE", beds=4),
    FaultCode.CLOSED: lambda s: with_point(s, "GATE", closures=(Window(at(7), at(8)),)),
    FaultCode.CURFEW: lambda s: with_network(s, curfews=(Curfew(Window(at(5), at(6.5))),)),
    FaultCode.FROZEN: lambda s: with_leg(s, BUS, freezes_at=NOW),
    FaultCode.WAIT: lambda s: with_point(s, "GATE", max_wait_minutes=60),
    FaultCode.BROKEN_WAY: lambda s: with_leg(s, FLIGHT, departs=at(7.5)),
    FaultCode.CLEARANCE: lambda s: with_leg(s, FLIGHT, requires=("visa",)),
    FaultCode.UNKNOWN_LEG: lambda s: with_network(s, legs=s.network.legs[:1]),
    FaultCode.BED_MISSING: lambda s: with_point(s, "BASE", stay_hours=72),
    FaultCode.COUNTERPART: lambda s: with_network(
        s, limits=(CounterpartLimit("DAY", PointId("CHECK"), Window(at(0), at(24)), vehicles=0),)
    ),
    FaultCode.RESERVE: lambda s: with_network(s, reserves=(Reserve("KEPT", "care", 16, (BUS,)),)),
    FaultCode.TURN_AROUND: lambda s: with_leg(with_leg(s, FLIGHT, vehicle="V"), BUS, turnaround_minutes=600),
    FaultCode.CONVOY: lambda s: with_leg(with_leg(s, FLIGHT, convoy="C"), BUS, convoy="C"),
    FaultCode.TOO_EARLY: lambda s: with_demand(s, not_before=at(6.5)),
    FaultCode.DESTINATION: lambda s: with_demand(s, destinations=(PointId("GATE"),)),
    FaultCode.NOT_PLANNABLE: lambda s: with_demand(s, hold="unconfirmed"),
    FaultCode.MISSING: lambda s: replace(s, demands=(*s.demands, party(3, 1))),
    FaultCode.UNKNOWN_PARTY: lambda s: replace(s, demands=s.demands[1:]),
}


@pytest.mark.parametrize("code", GROUND_CHANGES, ids=str)
def test_a_plan_made_before_the_ground_changed_is_faulted(code: FaultCode) -> None:
    scenario = calm()
    plan = planned(scenario)
    assert code in codes(GROUND_CHANGES[code](scenario), plan)


PLAN_CHANGES = {
    FaultCode.TWICE: lambda p: replace(p, assignments=(*p.assignments, p.assignments[0])),
    FaultCode.SPLIT: lambda p: with_first(p, heads=2),
    FaultCode.WINDOW: lambda p: with_first(p, access_window=None),
    FaultCode.BED_MISSING: lambda p: with_first(p, stays=()),
    FaultCode.TOTALS: lambda p: replace(p, tiers=p.tiers[:1]),
    FaultCode.PROMISE: lambda p: with_first(p, is_kept=True),
    FaultCode.TOO_EARLY: lambda p: replace(p, now=NOW + timedelta(hours=2)),
}


@pytest.mark.parametrize("code", PLAN_CHANGES, ids=str)
def test_a_plan_tampered_with_is_faulted(code: FaultCode) -> None:
    scenario = calm()
    assert code in codes(scenario, PLAN_CHANGES[code](planned(scenario)))


@pytest.mark.parametrize("later_tier", [1, 2])
def test_a_later_party_in_the_place_of_an_earlier_one_is_an_inversion(later_tier: int) -> None:
    scenario = calm()
    early, late = party(1, 2, tier=1), party(2, 2, tier=later_tier)
    tight = with_leg(replace(scenario, demands=(early, late)), BUS, seats=2)
    swapped = plan_movement(tight.network, (replace(early, rank=9, tier=3), late), now=NOW)
    assert [a.party for a in swapped.assignments] == ["P2"]
    assert FaultCode.INVERSION in codes(tight, swapped)
    assert FaultCode.INVERSION not in codes(tight, planned(tight))


def test_a_frozen_party_that_lost_its_place_is_faulted() -> None:
    scenario = calm()
    before = planned(scenario)
    frozen = replace(scenario, demands=tuple(replace(d, commitment=Commitment.FROZEN) for d in scenario.demands))
    gone = replace(before, assignments=before.assignments[1:])
    assert FaultCode.PROMISE in codes(frozen, gone, before)


def test_every_code_of_the_judge_is_planted_here() -> None:
    planted = set(GROUND_CHANGES) | set(PLAN_CHANGES) | {FaultCode.INVERSION}
    assert planted == set(FaultCode)
