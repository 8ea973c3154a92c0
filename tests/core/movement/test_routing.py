"""Few vehicles, many trips: the least makespan, against every assignment tried by hand."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.errors import ProblemsError
from safepassage.core.movement.routing import Craft, Shuttle, plan_shuttle

DOCKS = {("home", place): 2.0 for place in "ABC"} | {(place, "home"): 2.0 for place in "ABC"}


def boat(name: str, seats: int, speed: float, available: float = 0.0) -> Craft:
    return Craft(name, "home", seats, speed, speed, 5.0, available, frozenset({"home", "A", "B", "C"}))


def shuttle(boats: tuple[Craft, ...], people: dict[str, int]) -> Shuttle:
    return Shuttle(boats, people, {place: (place,) for place in people}, ("home",), DOCKS)


def test_three_boats_share_the_trips_so_that_the_last_one_home_is_early() -> None:
    boats = (boat("slow", 10, 12), boat("fast", 10, 24), boat("late", 10, 24, 100))
    plan = plan_shuttle(shuttle(boats, {"A": 30}))
    assert [(trip.craft, trip.people) for trip in plan.trips] == [("slow", 10), ("fast", 10), ("fast", 10)]
    assert plan.makespan_minutes == plan.bound_minutes == 40.0


def test_nobody_is_left_and_no_boat_is_overfull() -> None:
    boats = (boat("small", 7, 20), boat("large", 40, 10))
    plan = plan_shuttle(shuttle(boats, {"A": 55, "B": 31}))
    assert sum(trip.people for trip in plan.trips if trip.place == "A") == 55
    assert sum(trip.people for trip in plan.trips if trip.place == "B") == 31
    assert all(trip.people <= {"small": 7, "large": 40}[trip.craft] for trip in plan.trips)


def test_a_place_that_nothing_can_land_at_is_named() -> None:
    with pytest.raises(ProblemsError):
        plan_shuttle(Shuttle((boat("one", 5, 10),), {"D": 3}, {"D": ("D",)}, ("home",), DOCKS))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from([8.0, 12.0, 24.0])), min_size=1, max_size=3),
    st.lists(st.integers(1, 15), min_size=1, max_size=3),
)
def test_the_makespan_is_the_least_of_all_assignments(fleet: list[tuple[int, float]], people: list[int]) -> None:
    boats = tuple(boat(f"boat {i}", seats, speed) for i, (seats, speed) in enumerate(fleet))
    needs = dict(zip("ABC", people, strict=False))
    plan = plan_shuttle(shuttle(boats, needs))
    assert plan.makespan_minutes == pytest.approx(least(boats, people))
    assert plan.bound_minutes <= plan.makespan_minutes + 1e-9


def least(boats: tuple[Craft, ...], people: list[int]) -> float:
    """All trips are alike here: any split of trips among boats, then any of places among trips."""
    minutes = [4.0 / craft.speed_empty * 60 + 10 for craft in boats]
    moments = sorted({n * one for one in minutes for n in range(1, sum(people) + 1)})
    for moment in moments:
        trips = [int(moment / one + 1e-9) for one in minutes]
        if can_carry([craft.seats for craft in boats], trips, people):
            return moment
    raise AssertionError("somebody can always be fetched")


def can_carry(seats: list[int], trips: list[int], people: list[int]) -> bool:
    states = {tuple(people)}
    for many, count in zip(seats, trips, strict=True):
        following = set()
        for left in states:
            need = [-(-amount // many) for amount in left]
            for shares in product(*(range(min(count, one) + 1) for one in need)):
                if sum(shares) == min(count, sum(need)):
                    following.add(tuple(max(0, a - s * many) for a, s in zip(left, shares, strict=True)))
        states = following
    return any(not any(left) for left in states)
