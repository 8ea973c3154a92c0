"""What binds a plan, and whether more of it brings what is said."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement import Demand, Start, find_levers, plan_movement, single_bus
from tests.core.movement.operations import NOW, at

BUS = single_bus(seats=10, departs=at(9.5), rally_point="Stadium", access_point="North Gate")
SINGLES = tuple(Demand(PartyId(f"P{i:02d}"), 1, 1 + i // 15, i, (Start(PointId("rally-1"), 0),)) for i in range(25))


def test_ten_more_seats_on_the_one_bus_bring_the_people_that_a_new_plan_then_takes() -> None:
    (lever,) = find_levers(BUS, SINGLES, now=NOW)
    assert (lever.where, lever.unit, lever.extra, lever.gains) == (BUS.legs[0].id, "seats", 10, (5, 5))
    larger = replace(BUS, legs=(replace(BUS.legs[0], seats=20),))
    before, after = (plan_movement(network, SINGLES, now=NOW).tiers for network in (BUS, larger))
    assert tuple(b.people - a.people for a, b in zip(before, after, strict=True)) == lever.gains


def test_where_everyone_is_out_nothing_binds() -> None:
    assert find_levers(BUS, SINGLES[:8], now=NOW) == ()
