"""Few vehicles, many trips: who goes where how often, so that the last person is safe soonest.

A vehicle begins at its dock, empty; each trip takes it to one place to pick people up and on to a dock where they are
safe. What a vehicle can do in a given time is worked out exactly; what all of them do together is chosen by a search
over the makespan: for one or two places by a table of people (exact), for more by an integer program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from safepassage.core.errors import Problems
from safepassage.core.movement.exact import choose_options

Counts = tuple[int, ...]
"""Trips to each place."""


@dataclass(frozen=True, slots=True)
class Craft:
    """A vehicle or vessel. Speeds in distance an hour; it loads and unloads for `loading_minutes` each time."""

    name: str
    origin: str
    seats: int
    speed_empty: float
    speed_loaded: float
    loading_minutes: float
    available_minutes: float
    docks: frozenset[str]
    """Where it can land."""


@dataclass(frozen=True, slots=True)
class Shuttle:
    """The task: people at places, each with its docks; docks where they are safe; distances between docks."""

    crafts: tuple[Craft, ...]
    people: Mapping[str, int]
    pickups: Mapping[str, tuple[str, ...]]
    havens: tuple[str, ...]
    distances: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip of one craft; minutes count from the beginning of the operation."""

    craft: str
    number: int
    place: str
    pickup: str
    haven: str
    begins: float
    ends: float
    people: int


@dataclass(frozen=True, slots=True)
class ShuttlePlan:
    """Trips, the minute at which the last person is safe, and a minute before which that can't be."""

    trips: tuple[Trip, ...]
    makespan_minutes: float
    bound_minutes: float


@dataclass(frozen=True, slots=True)
class _Step:
    """The least time for a number of trips to each place, ending at a haven; and the trip that came last."""

    minutes: float
    before: tuple[Counts, str] | None
    pickup: str = ""


Reach = dict[Counts, dict[str, _Step]]


def plan_shuttle(task: Shuttle, *, time_limit_seconds: float = 10.0) -> ShuttlePlan:
    """The trips with the least makespan; proven where people wait at one or two places.

    Raises:
        ProblemsError: people at a place that no craft can serve.
    """
    places = tuple(place for place, people in task.people.items() if people > 0)
    needed = tuple(task.people[place] for place in places)
    if not places:
        return ShuttlePlan((), 0.0, 0.0)
    _require_served(task, places)
    horizon = 60.0
    while True:
        reaches = [_reach(task, craft, places, horizon) for craft in task.crafts]
        best, _ = _chosen(task, reaches, needed, horizon, time_limit_seconds)
        if best is not None:
            break
        horizon *= 2
    moments = sorted({least for reach in reaches for least in map(_least, reach.values()) if least > 0})
    low = proven = 0
    high = len(moments) - 1
    while low < high:
        middle = (low + high) // 2
        found, is_proven = _chosen(task, reaches, needed, moments[middle], time_limit_seconds)
        if found is not None:
            best, high = found, middle
        else:
            low = middle + 1
            proven = low if is_proven else proven
    trips = _trips(task, places, needed, reaches, best)
    return ShuttlePlan(trips, max(trip.ends for trip in trips), moments[proven])


def _require_served(task: Shuttle, places: tuple[str, ...]) -> None:
    problems = Problems()
    for place in places:
        if not any(_trip(task, craft, craft.origin, place, haven) for craft in task.crafts for haven in task.havens):
            problems.add(
                "unserved",
                f"No craft can take people from {place}.",
                where=place,
                advice="Add a craft or a distance.",
            )
    problems.raise_if_any("the shuttle")


def _trip(task: Shuttle, craft: Craft, dock: str, place: str, haven: str) -> tuple[float, str] | None:
    """Least minutes from a dock over a place to a haven, with loading and unloading, and the pick-up dock for it."""
    if haven not in craft.docks or not craft.seats:
        return None
    ways = []
    for pickup in task.pickups[place]:
        there, on = task.distances.get((dock, pickup)), task.distances.get((pickup, haven))
        if pickup in craft.docks and there is not None and on is not None:
            minutes = there / craft.speed_empty * 60 + on / craft.speed_loaded * 60 + 2 * craft.loading_minutes
            ways.append((minutes, pickup))
    return min(ways, default=None)


def _reach(task: Shuttle, craft: Craft, places: tuple[str, ...], horizon: float) -> Reach:
    """All that a craft can do within the horizon: trips to each place, and where it can be after them by when."""
    legs = {
        (dock, index, haven): trip
        for dock, (index, place), haven in product((craft.origin, *task.havens), enumerate(places), task.havens)
        if (trip := _trip(task, craft, dock, place, haven)) is not None
    }
    nothing = (0,) * len(places)
    reach: Reach = {nothing: {craft.origin: _Step(craft.available_minutes, None)}}
    wave = [nothing]
    most = [-(-task.people[place] // craft.seats) if craft.seats else 0 for place in places]
    while wave:
        following: dict[Counts, None] = {}
        for counts in wave:
            for (dock, index, haven), (minutes, pickup) in legs.items():
                step = reach[counts].get(dock)
                if step is None or counts[index] >= most[index]:
                    continue
                ends = step.minutes + minutes
                after = (*counts[:index], counts[index] + 1, *counts[index + 1 :])
                known = reach.get(after, {}).get(haven)
                if ends <= horizon + 1e-9 and (known is None or ends < known.minutes):
                    reach.setdefault(after, {})[haven] = _Step(ends, (counts, dock), pickup)
                    following[after] = None
        wave = list(following)
    reach[nothing] = {craft.origin: _Step(0.0, None)}
    return reach


def _least(steps: dict[str, _Step]) -> float:
    return min(step.minutes for step in steps.values())


def _options(reach: Reach, horizon: float) -> list[Counts]:
    """What a craft can do by then, leaving out what another option does and more."""
    possible = sorted((c for c, steps in reach.items() if _least(steps) <= horizon + 1e-9), reverse=True)
    kept: list[Counts] = []
    for counts in possible:
        if not any(all(a >= b for a, b in zip(other, counts, strict=True)) for other in kept):
            kept.append(counts)
    return kept


def _chosen(
    task: Shuttle, reaches: list[Reach], needed: Counts, horizon: float, time_limit_seconds: float
) -> tuple[tuple[Counts, ...] | None, bool]:
    """What each craft does so that everyone is out by the horizon; and whether a None is proven."""
    options = [_options(reach, horizon) for reach in reaches]
    seats = [craft.seats for craft in task.crafts]
    if len(needed) > 2:
        carried = [
            [tuple(n * many for n in counts) for counts in some] for some, many in zip(options, seats, strict=True)
        ]
        picked, is_proven = choose_options(carried, needed, time_limit_seconds=time_limit_seconds)
        if picked is None:
            return None, is_proven
        return tuple(some[i] for some, i in zip(options, picked, strict=True)), True
    return _by_table(options, seats, needed), True


def _by_table(options: list[list[Counts]], seats: list[int], needed: Counts) -> tuple[Counts, ...] | None:
    """For each number of people from the first place, the most from the second; craft by craft."""
    first, second = needed[0], needed[1] if len(needed) > 1 else 0
    impossible = -(10**9)
    table: NDArray[np.int64] = np.full(first + 1, impossible)
    table[0] = 0
    tables = []
    picks = []
    for some, many in zip(options, seats, strict=True):
        after = np.full(first + 1, impossible)
        pick = np.zeros(first + 1, dtype=np.int64)
        for number, counts in enumerate(some):
            taken = min(first, counts[0] * many)
            shifted = np.full(first + 1, impossible)
            shifted[taken:] = table[: first + 1 - taken]
            if taken:
                shifted[first] = table[first - taken :].max()
            shifted += counts[1] * many if len(counts) > 1 else 0
            better = shifted > after
            after[better], pick[better] = shifted[better], number
        tables.append(table)
        picks.append(pick)
        table = after
    if table[first] < second:
        return None
    chosen: list[Counts] = []
    at = first
    for some, many, pick, before in zip(options[::-1], seats[::-1], picks[::-1], tables[::-1], strict=True):
        counts = some[pick[at]]
        chosen.append(counts)
        taken = min(first, counts[0] * many)
        if at == first:
            at = first - taken + int(np.argmax(before[first - taken :]))
        else:
            at -= taken
    return tuple(chosen[::-1])


def _trips(
    task: Shuttle, places: tuple[str, ...], needed: Counts, reaches: list[Reach], chosen: tuple[Counts, ...]
) -> tuple[Trip, ...]:
    left = dict(zip(places, needed, strict=True))
    trips = []
    for craft, reach, goal in zip(task.crafts, reaches, chosen, strict=True):
        steps: list[tuple[Counts, str, _Step]] = []
        counts = goal
        if not any(counts):
            continue
        haven = min(reach[counts], key=lambda one, at=counts: (reach[at][one].minutes, one))  # type: ignore[misc]
        while True:
            step = reach[counts][haven]
            if step.before is None:
                break
            steps.append((counts, haven, step))
            counts, haven = step.before
        begins = craft.available_minutes
        for number, (after, ends_at, step) in enumerate(reversed(steps), start=1):
            before = step.before[0] if step.before else after
            place = places[next(i for i, (a, b) in enumerate(zip(after, before, strict=True)) if a != b)]
            people = min(craft.seats, left[place])
            left[place] -= people
            if people:
                trips.append(Trip(craft.name, number, place, step.pickup, ends_at, begins, step.minutes, people))
            begins = step.minutes
    return tuple(trips)
