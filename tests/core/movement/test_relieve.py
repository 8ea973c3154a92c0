"""The fewest arrivals to move so that a gate is not crowded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    Demand,
    Leg,
    Mode,
    Network,
    Point,
    PointKind,
    Start,
    Tally,
    forecast_pressure,
    move_leg,
    plan_movement,
    pressure_alarms,
    relieve,
)
from tests.core.movement.operations import NOW, at

GATE = PointId("GATE")


def network(buses: int, holding: int) -> Network:
    """Buses of twenty that all arrive at nine at a gate that lets eighty an hour through: twenty in a quarter."""
    points = (
        Point(PointId("RALLY"), PointKind.RALLY_POINT),
        Point(GATE, PointKind.ACCESS_POINT, throughput_per_hour=80, holding=holding, max_wait_minutes=600),
    )
    legs = tuple(
        Leg(LegId(f"BUS-{n}"), Mode.BUS, PointId("RALLY"), GATE, at(8), at(9), seats=20) for n in range(buses)
    )
    return Network(points, legs)


def crowd(buses: int, holding: int):
    """A plan by a gate that holds everybody, looked at as one that does not."""
    asked = tuple(Demand(PartyId(f"P{n:02d}"), 5, 1, n, (Start(PointId("RALLY"), 0),)) for n in range(4 * buses))
    roomy = network(buses, 1000)
    open_gate = (roomy.points[0], replace(roomy.points[1], throughput_per_hour=None))
    plan = plan_movement(replace(roomy, points=open_gate), asked, now=NOW)
    assert plan.people == 20 * buses
    return network(buses, holding), plan


def test_one_bus_of_three_is_moved_where_that_is_enough_and_no_alarm_is_left_when_it_is() -> None:
    net, plan = crowd(3, holding=20)
    (alarm,) = pressure_alarms(net, forecast_pressure(net, plan))
    assert alarm.begins == at(9)
    (found,) = relieve(net, plan, now=NOW)
    assert found.is_enough
    (move,) = found.moves
    assert (move.heads, move.minutes, len(move.parties)) == (20, 15, 4)
    assert move.leg is not None
    moved = move_leg(net, move.leg, timedelta(minutes=move.minutes))
    assert pressure_alarms(moved, forecast_pressure(moved, plan)) == ()


def test_two_are_moved_where_one_is_not_enough() -> None:
    net, plan = crowd(4, holding=20)
    (found,) = relieve(net, plan, now=NOW)
    assert found.is_enough
    assert len(found.moves) == 2
    for move in found.moves:
        assert move.leg is not None
        net = move_leg(net, move.leg, timedelta(minutes=move.minutes))
    assert pressure_alarms(net, forecast_pressure(net, plan)) == ()


def test_where_no_move_is_enough_it_is_said() -> None:
    net, plan = crowd(30, holding=1)
    (found,) = relieve(net, plan, now=NOW)
    assert not found.is_enough
    assert found.moves, "what helps is told all the same"


def test_nobody_is_moved_who_arrives_within_the_hour() -> None:
    net, plan = crowd(3, holding=20)
    (found,) = relieve(net, plan, now=at(8.25))
    assert (found.moves, found.is_enough) == ((), False)


def test_a_calm_gate_needs_nothing_and_a_tally_can_change_that() -> None:
    net, plan = crowd(1, holding=20)
    assert relieve(net, plan, now=NOW) == ()
    seen = (Tally(GATE, at(8.75), 45),)
    (found,) = relieve(net, plan, now=NOW, tallies=seen)
    assert found.point == GATE


def test_the_queue_goes_on_from_the_crowd_that_officers_see() -> None:
    net, plan = crowd(1, holding=30)
    assert pressure_alarms(net, forecast_pressure(net, plan)) == ()
    standing = (Tally(GATE, at(8.75), 50, is_crowd=True),)
    first, second, *_ = forecast_pressure(net, plan, tallies=standing)
    assert (first.begins, first.waiting, second.waiting) == (at(8.75), 50, 50)
    (alarm,) = pressure_alarms(net, (second,))
    assert alarm.begins == at(9)
