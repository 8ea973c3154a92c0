"""A plan with some arrivals moved and all else as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    Commitment,
    Demand,
    FaultCode,
    HourCapacity,
    Leg,
    Mode,
    Network,
    Point,
    PointKind,
    Relief,
    Scenario,
    Start,
    amend_plan,
    check_plan,
    forecast_pressure,
    move_arrivals,
    parties_moved,
    plan_movement,
    pressure_alarms,
    promised,
    relieve,
)
from tests.core.movement.operations import NOW, at, operations

GATE, RALLY = PointId("GATE"), PointId("RALLY")
NEVER = {
    FaultCode.UNKNOWN_PARTY,
    FaultCode.UNKNOWN_LEG,
    FaultCode.TWICE,
    FaultCode.MISSING,
    FaultCode.SPLIT,
    FaultCode.NOT_PLANNABLE,
    FaultCode.WINDOW,
    FaultCode.BED_MISSING,
    FaultCode.SEATS,
    FaultCode.CARE,
    FaultCode.RESERVE,
    FaultCode.PROMISE,
    FaultCode.INVERSION,
    FaultCode.TOTALS,
}
"""What moving arrivals can't bring about: the judge would find a fault of the amendment, and not of the move."""


def three_buses(holding: int, *, per_hour: int | None = 80) -> tuple[Network, tuple[Demand, ...]]:
    """Three buses of twenty at nine, at a gate that lets twenty a quarter through, and five who walk there."""
    points = (
        Point(RALLY, PointKind.RALLY_POINT),
        Point(GATE, PointKind.ACCESS_POINT, throughput_per_hour=per_hour, holding=holding, max_wait_minutes=600),
        Point(PointId("HAVEN"), PointKind.SAFE_HAVEN),
    )
    legs = (
        *(Leg(LegId(f"BUS-{n}"), Mode.BUS, RALLY, GATE, at(8), at(9), seats=20) for n in range(3)),
        Leg(LegId("FLIGHT"), Mode.FLIGHT, GATE, PointId("HAVEN"), at(14), at(18), seats=100),
    )
    asked = tuple(Demand(PartyId(f"P{n:02d}"), 5, 1, n, (Start(RALLY if n < 12 else GATE, 0),)) for n in range(13))
    return Network(points, legs), asked


def amended(network: Network, asked, plan, moves, *, now=NOW):
    after = move_arrivals(network, moves)
    demands = promised(asked, plan)
    new = amend_plan(network, after, demands, plan, moves, now=now)
    return new, check_plan(after, demands, new, previous=plan)


def test_the_bus_that_is_to_be_moved_is_moved_and_nobody_else() -> None:
    roomy, asked = three_buses(1000, per_hour=None)
    plan = plan_movement(roomy, asked, now=NOW)
    assert plan.people == 65
    network = replace(roomy, points=(roomy.points[0], three_buses(20)[0].points[1], roomy.points[2]))
    (found,) = relieve(network, plan, now=NOW)
    (move,) = found.moves
    new, report = amended(roomy, asked, plan, found.moves)
    assert report.is_clean, report.faults
    assert (new.previous, new.version) == (plan.id, plan.version + 1)
    assert set(parties_moved(plan, new)) == set(move.parties)
    was = {one.party: one for one in plan.assignments}
    for one in new.assignments:
        if one.party in move.parties:
            assert one.report_at - was[one.party].report_at == timedelta(minutes=move.minutes)
            assert one.access_window.begins == was[one.party].access_window.begins + timedelta(minutes=move.minutes)
            assert one.arrives == was[one.party].arrives, "the flight goes when it went"
        else:
            assert replace(one, is_kept=False) == replace(was[one.party], is_kept=False)
    after = move_arrivals(network, found.moves)
    assert pressure_alarms(after, forecast_pressure(after, new)) == (), "and the gate is no longer too full"


def test_who_comes_by_themselves_is_told_another_time() -> None:
    network, asked = three_buses(1000, per_hour=None)
    plan = plan_movement(network, asked, now=NOW)
    (walker,) = (one for one in plan.assignments if one.start == GATE)
    move = Relief(GATE, None, walker.report_at, 30, 5, (walker.party,))
    new, report = amended(network, asked, plan, (move,))
    assert report.is_clean, report.faults
    assert parties_moved(plan, new) == (walker.party,)
    (now_at,) = (one for one in new.assignments if one.party == walker.party)
    assert now_at.report_at - walker.report_at == timedelta(minutes=30)
    assert now_at.access_window.begins >= now_at.report_at


def test_an_hour_that_is_full_sends_them_to_the_next_one() -> None:
    network, asked = three_buses(1000, per_hour=None)
    plan = plan_movement(network, asked, now=NOW)
    slow = replace(network.points[1], throughput_per_hour=65, hours=(HourCapacity(at(10), 10),))
    tight = replace(network, points=(network.points[0], slow, network.points[2]))
    new, report = amended(tight, asked, plan, (Relief(GATE, LegId("BUS-0"), at(9), 60, 20, ()),))
    assert report.is_clean, report.faults
    begin = sorted(one.access_window.begins for one in new.assignments if "BUS-0" in one.legs)
    assert begin == [at(10), at(10), at(11), at(11)]


def test_what_misses_its_flight_is_found_by_the_judge() -> None:
    network, asked = three_buses(1000, per_hour=None)
    plan = plan_movement(network, asked, now=NOW)
    move = Relief(GATE, LegId("BUS-0"), at(9), 360, 20, ())
    _, report = amended(network, asked, plan, (move,))
    assert {one.code for one in report.faults} == {FaultCode.BROKEN_WAY}


def test_a_convoy_is_moved_once_though_two_of_its_buses_are_named() -> None:
    network, _ = three_buses(1000)
    legs = tuple(replace(leg, convoy="C1") if leg.mode is Mode.BUS else leg for leg in network.legs)
    moves = [Relief(GATE, LegId(f"BUS-{n}"), at(9), 30, 20, ()) for n in range(2)]
    after = move_arrivals(replace(network, legs=legs), moves)
    assert [leg.departs for leg in after.legs[:3]] == [at(8.5)] * 3


def test_who_came_after_the_plan_waits_and_who_is_gone_loses_the_place() -> None:
    network, asked = three_buses(1000, per_hour=None)
    plan = plan_movement(network, asked, now=NOW)
    late = Demand(PartyId("LATE"), 5, 1, 99, (Start(RALLY, 0),))
    new, report = amended(network, (*asked[1:], late), plan, ())
    assert report.is_clean, report.faults
    assert {one.party for one in new.assignments} == {one.party for one in asked[1:]}
    assert [one.commitment for one in promised((*asked, late), plan)] == [Commitment.TOLD] * 13


@settings(max_examples=150, deadline=None)
@given(operations(), st.data())
def test_an_amendment_breaks_only_what_the_move_breaks(scenario: Scenario, data: st.DataObject) -> None:
    plan = plan_movement(scenario.network, scenario.demands, now=NOW)
    buses = sorted({leg for one in plan.assignments for leg in one.legs if leg.startswith("BUS")})
    if not buses:
        return
    leg = data.draw(st.sampled_from(buses))
    minutes = data.draw(st.sampled_from((-60, -15, 15, 30, 75)))
    new, report = amended(
        scenario.network, scenario.demands, plan, (Relief(GATE, LegId(leg), at(9), minutes, 1, ()),)
    )
    assert not {fault.code for fault in report.faults} & NEVER, report.faults
    assert new.people == plan.people
