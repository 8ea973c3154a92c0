"""The queue forecast beside a simulation of single arrivals by a maintained library (SimPy)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import simpy

from safepassage.core.ids import PointId
from safepassage.core.movement import HourCapacity, Point, PointKind
from safepassage.core.movement.pressure import QUARTER, queue_at
from safepassage.core.movement.timetable import minute_of

BEGINS = datetime(2026, 3, 1, 8, tzinfo=UTC)
FIRST = minute_of(BEGINS) // QUARTER
USUAL, LOW, HIGH = 120, 80, 160
"""Heads an hour."""


def gate() -> Point:
    hours = tuple(HourCapacity(BEGINS + timedelta(hours=hour), USUAL, low=LOW, high=HIGH) for hour in range(48))
    return replace(Point(PointId("gate-1"), PointKind.ACCESS_POINT, "North Gate"), hours=hours)


def simulated(arrivals: list[float], minutes_each: Iterator[float], quarters: int) -> list[int]:
    """Heads there at the end of each quarter, if one after the other is seen to; `arrivals` in minutes."""
    env = simpy.Environment()
    lane = simpy.Resource(env, capacity=1)
    here, seen = [0], []

    def person(at: float) -> Iterator[simpy.Event]:
        yield env.timeout(at)
        here[0] += 1
        with lane.request() as turn:
            yield turn
            yield env.timeout(next(minutes_each))
        here[0] -= 1

    def look() -> Iterator[simpy.Event]:
        yield env.timeout(-0.001 + QUARTER)  # before the next quarter's load is there
        for _ in range(quarters):
            seen.append(here[0])
            yield env.timeout(QUARTER)

    for at in arrivals:
        env.process(person(at))
    env.process(look())
    env.run(until=quarters * QUARTER + 1)
    return seen


def loads(seed: int) -> list[int]:
    """Heads in each of sixteen quarters, a bus load now and then: about as many as pass in the end."""
    rng = np.random.default_rng(seed)
    return [int(heads) if rng.random() < 0.4 else 0 for heads in rng.integers(5, 130, 16)]


@pytest.mark.parametrize("seed", range(12))
def test_bus_loads_that_come_at_once_wait_as_long_as_in_a_simulation(seed: int) -> None:
    heads = loads(seed)
    forecast = queue_at(gate(), dict(enumerate(heads, FIRST)), {}, {})
    arrivals = [quarter * QUARTER for quarter, count in enumerate(heads) for _ in range(count)]
    found = simulated(arrivals, iter(lambda: 60 / USUAL, None), len(forecast))
    assert max(abs(one.waiting - there) for one, there in zip(forecast, found, strict=True)) <= 1


@pytest.mark.parametrize("seed", range(6))
def test_people_who_come_one_by_one_wait_within_the_interval_nine_times_in_ten(seed: int) -> None:
    rng = np.random.default_rng(1000 + seed)
    heads = loads(seed)
    forecast = queue_at(gate(), dict(enumerate(heads, FIRST)), {}, {})
    inside = total = 0
    for _ in range(20):
        rate = rng.uniform(LOW, HIGH)
        arrivals = [(quarter + rng.random()) * QUARTER for quarter, count in enumerate(heads) for _ in range(count)]
        found = simulated(arrivals, iter(lambda rate=rate: rng.exponential(60 / rate), None), len(forecast))
        for one, there in zip(forecast, found, strict=True):
            inside += one.waiting_low - 1 <= there <= one.waiting_high
            total += 1
    assert inside / total >= 0.85
