"""Queues at access points, and who stands by."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement import (
    Demand,
    HourCapacity,
    PointKind,
    Start,
    Tally,
    forecast_pressure,
    plan_movement,
    pressure_alarms,
    single_bus,
    stand_by_lists,
)
from tests.core.movement.operations import NOW, at

BUS = single_bus(seats=40, departs=at(9), rally_point="Stadium", access_point="North Gate")
ARRIVES = BUS.legs[0].arrives
GATE = next(point for point in BUS.points if point.kind is PointKind.ACCESS_POINT)
HOUR = HourCapacity(ARRIVES.replace(minute=0), 40, low=20, high=80)
SLOW = replace(
    BUS,
    points=tuple(
        replace(p, throughput_per_hour=40, hours=(HOUR,), holding=30) if p.id == GATE.id else p for p in BUS.points
    ),
)
FAMILIES = tuple(Demand(PartyId(f"P{i}"), 5, 1, i, (Start(PointId("rally-1"), 0),)) for i in range(10))


def test_forty_people_off_one_bus_wait_while_ten_go_through_in_a_quarter() -> None:
    plan = plan_movement(BUS, FAMILIES, now=NOW)
    first, second, *_ = forecast_pressure(SLOW, plan)
    assert (first.point, first.arrivals, first.let_through, first.waiting) == (GATE.id, 40, 10, 30)
    assert (first.waiting_low, first.waiting_high) == (20, 35)
    assert second.waiting == 20
    assert [alarm.begins for alarm in pressure_alarms(SLOW, (first, second))] == [first.begins]


def test_what_officers_count_corrects_what_is_still_to_come() -> None:
    plan = plan_movement(BUS, FAMILIES, now=NOW)
    seen = Tally(GATE.id, ARRIVES, 60)
    first = forecast_pressure(SLOW, plan, tallies=(seen,))[0]
    assert (first.arrivals, first.waiting) == (60, 50)
    assert sum(one.let_through for one in forecast_pressure(SLOW, plan, tallies=(seen,))) == 60


def test_parties_left_out_stand_by_in_policy_order_for_seats_likely_to_stay_empty() -> None:
    plan = plan_movement(BUS, FAMILIES, now=NOW)
    (line,) = stand_by_lists(BUS, FAMILIES, plan, empty={BUS.legs[0].id: 6})
    assert (line.booked, line.parties) == (40, ("P8", "P9"))
    assert line.seats_likely == 6
