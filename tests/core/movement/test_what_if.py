"""A network changed before it is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    Demand,
    PointKind,
    Reserve,
    Start,
    Window,
    cancel_leg,
    close_point,
    move_leg,
    plan_movement,
    single_bus,
)
from tests.core.movement.operations import NOW, at

BUS = single_bus(seats=40, departs=at(9), rally_point="Stadium", access_point="North Gate")
LEG = BUS.legs[0]
GATE = next(point.id for point in BUS.points if point.kind is PointKind.ACCESS_POINT)
FAMILY = (Demand(PartyId("P1"), 5, 1, 0, (Start(PointId("rally-1"), 0),)),)


def test_a_leg_moved_takes_its_freeze_and_its_convoy_along() -> None:
    twin = replace(LEG, id=LegId("bus-twin"), convoy="c1", vehicle="two")
    network = replace(BUS, legs=(replace(LEG, convoy="c1", freezes_at=at(8)), twin))
    later = move_leg(network, LEG.id, timedelta(minutes=30))
    assert [leg.departs for leg in later.legs] == [at(9.5), at(9.5)]
    assert later.legs[0].freezes_at == at(8.5)
    assert later.legs[0].arrives - later.legs[0].departs == LEG.arrives - LEG.departs


def test_a_leg_taken_out_is_counted_by_no_reserve() -> None:
    other = replace(LEG, id=LegId("bus-other"), vehicle="two", seats=10)
    kept = Reserve("day", "care", 30, (LEG.id, other.id))
    network = cancel_leg(replace(BUS, legs=(LEG, other), reserves=(kept,)), LEG.id)
    assert [(one.legs, one.seats) for one in network.reserves] == [((other.id,), 10)]
    assert cancel_leg(network, other.id).reserves == ()


def test_nobody_goes_by_a_point_that_is_closed() -> None:
    assert plan_movement(BUS, FAMILY, now=NOW).people == 5
    closed = close_point(BUS, GATE, Window(at(0), at(30)))
    assert plan_movement(closed, FAMILY, now=NOW).people == 0


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(NotFoundError, match="no such leg"):
        move_leg(BUS, LegId("none"), timedelta())
    with pytest.raises(NotFoundError, match="no such point"):
        close_point(BUS, PointId("none"), Window(at(0), at(1)))
