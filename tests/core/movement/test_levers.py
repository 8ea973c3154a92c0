"""What binds a plan, and whether more of it brings what is said."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    BlockCode,
    Demand,
    Levers,
    Network,
    Point,
    PointKind,
    Start,
    find_levers,
    plan_movement,
    single_bus,
)
from tests.core.movement.operations import NOW, at

BUS = single_bus(seats=10, departs=at(9.5), rally_point="Stadium", access_point="North Gate")
SINGLES = tuple(Demand(PartyId(f"P{i:02d}"), 1, 1 + i // 15, i, (Start(PointId("rally-1"), 0),)) for i in range(25))


def test_ten_more_seats_on_the_one_bus_bring_the_people_that_a_new_plan_then_takes() -> None:
    found = find_levers(BUS, SINGLES, now=NOW)
    (lever,) = found.levers
    assert (found.tiers, found.is_whole) == ((1, 2), True)
    assert (lever.where, lever.unit, lever.extra, lever.gains) == (BUS.legs[0].id, "seats", 10, (5, 5))
    larger = replace(BUS, legs=(replace(BUS.legs[0], seats=20),))
    before, after = (plan_movement(network, SINGLES, now=NOW).tiers for network in (BUS, larger))
    assert tuple(b.people - a.people for a, b in zip(before, after, strict=True)) == lever.gains


def test_where_everyone_is_out_nothing_binds() -> None:
    assert find_levers(BUS, SINGLES[:8], now=NOW) == Levers((1,), (), is_whole=True)
    assert find_levers(BUS, (), now=NOW).is_whole


def by_way_of(middle: Point) -> Network:
    """A bus of thirty to a point and a flight of ten on to a haven, on a clock four and a half hours ahead."""
    haven, bus = Point(PointId("haven"), PointKind.SAFE_HAVEN), replace(BUS.legs[0], seats=30)
    bus = replace(bus, destination=middle.id, departs=at(9), arrives=at(10), passages=())
    flight = replace(bus, id=LegId("flight-1"), origin=middle.id, destination=haven.id, seats=10, boarding_minutes=0)
    flight = replace(flight, departs=at(10.6), arrives=at(12))
    return replace(BUS, points=(BUS.points[0], middle, haven), legs=(bus, flight), utc_offset_minutes=270)


def test_the_hour_of_a_gate_that_binds_is_told_with_its_moment() -> None:
    gate = Point(PointId("gate"), PointKind.ACCESS_POINT, throughput_per_hour=4)
    (hour,) = find_levers(by_way_of(gate), SINGLES, now=NOW).levers
    assert (hour.code, hour.where, hour.unit, hour.gains) == (BlockCode.THROUGHPUT, "gate", "heads an hour", (6, 0))
    assert hour.begins == at(9.5), "14:00 on the clock there"


def test_beds_that_bind_are_told_with_the_day_of_their_night() -> None:
    base = Point(PointId("base"), PointKind.STAGING_BASE, beds=3)
    (night,) = find_levers(by_way_of(base), SINGLES, now=NOW).levers
    assert (night.code, night.where, night.gains) == (BlockCode.BEDS, "base", (12, 8))
    assert night.begins == at(-4.5), "midnight there"


def test_what_time_was_too_short_for_is_not_called_nothing(monkeypatch) -> None:
    monkeypatch.setattr("safepassage.core.movement.levers._people", lambda *_: None)
    assert find_levers(BUS, SINGLES, now=NOW) == Levers((1, 2), (), is_whole=False)
