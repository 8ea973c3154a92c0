"""Seats that a policy keeps, on the legs of a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import Demand, Start, check_plan, kept_seats, plan_movement, single_bus, with_reserves
from safepassage.core.policy import Reserve, ReservePer
from tests.core.movement.operations import NOW, at

BUS = single_bus(seats=10, departs=at(9.5), rally_point="Stadium", access_point="North Gate")
LATER = replace(BUS.legs[0], id=LegId("later"), departs=at(11.5), arrives=at(12.5), vehicle="")
TWO = replace(BUS, legs=(BUS.legs[0], LATER))


def kept(**changes: object) -> Reserve:
    return replace(Reserve("medical", {}, None, seats=4), **changes)  # type: ignore[arg-type]


def test_seats_are_kept_on_each_leg_or_on_all_of_a_day_together() -> None:
    per_leg = with_reserves(TWO, (kept(),), NOW).reserves
    assert [(one.seats, len(one.legs)) for one in per_leg] == [(4, 1), (4, 1)]
    per_day = with_reserves(TWO, (kept(per=ReservePer.DAY, seats=None, share=0.25),), NOW).reserves
    assert [(one.seats, len(one.legs), one.group) for one in per_day] == [(5, 2, "medical")]


def test_released_seats_are_nobodys() -> None:
    soon = kept(release_hours=3.0)
    assert [one.legs for one in with_reserves(TWO, (soon,), at(7)).reserves] == [("later",)]
    assert with_reserves(TWO, (soon,), at(9.5) + timedelta(hours=2)).reserves == ()


def test_others_leave_the_kept_seats_free_and_the_group_may_fill_all() -> None:
    network = with_reserves(BUS, (kept(),), NOW)
    start = (Start(PointId("rally-1"), 0),)
    others = tuple(Demand(PartyId(f"O{i}"), 3, 1, i, start) for i in range(3))
    member = Demand(PartyId("M"), 4, 2, 1, start, groups=("medical",))
    plan = plan_movement(network, (*others, member), now=NOW)
    assert check_plan(network, (*others, member), plan).is_clean
    assert {one.party for one in plan.assignments} == {"O0", "O1", "M"}


def test_a_release_by_somebody_ends_the_keeping_on_that_leg_at_once() -> None:
    released = {("medical", LATER.id)}
    assert [one.legs for one in with_reserves(TWO, (kept(),), NOW, released).reserves] == [(BUS.legs[0].id,)]
    a_day = kept(per=ReservePer.DAY, seats=None, share=0.25)
    assert [(one.seats, len(one.legs)) for one in with_reserves(TWO, (a_day,), NOW, released).reserves] == [(2, 1)]
    assert with_reserves(TWO, (kept(),), NOW, {("elderly", LATER.id)}) == with_reserves(TWO, (kept(),), NOW)


def test_seats_are_kept_until_the_hours_before_the_leg_are_over() -> None:
    (first, second) = kept_seats(TWO, (kept(release_hours=3.0),), NOW)
    assert (first.until, second.until) == (at(6.5), at(8.5))
    (day,) = kept_seats(TWO, (kept(release_hours=3.0, per=ReservePer.DAY),), NOW)
    assert (day.reserve.seats, day.until) == (4, at(8.5)), "the last leg of the day"
