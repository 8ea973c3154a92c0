"""The corridor as a river: how many people ever got as far as each stage, in bands of tiers, and where they are now.

Drawn as one SVG stretched over a grid of columns; the words stand in the grid, so that text is never stretched.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

from safepassage.apps.ledger.kept import Kept
from safepassage.core.ledger import LedgerState, Stage
from safepassage.core.ledger.stages import CORRIDOR

COLUMN = 100
"""Width of a column in the units of the drawing."""
HEIGHT = 200
BANDS = 5
"""Tiers that have a colour of their own; later ones share the last."""

PLACES = {
    Stage.KNOWN: "console:parties",
    Stage.IDENTIFIED: "console:reviews",
    Stage.ELIGIBLE: "console:policy",
    Stage.CALLED: "console:calls",
    Stage.BOOKED: "console:plan",
    Stage.AT_ACCESS_POINT: "console:gate",
    Stage.ADMITTED: "console:gate",
    Stage.LEFT_BEHIND: "console:left-behind",
}
"""Where the console shows who is at a stage."""


@dataclass(frozen=True, slots=True)
class Station:
    """One stage: people who are there now, and who ever got there or further. `share` is in percent of all known.

    Of the called only those count who were: whoever is booked, or came, without a call was not.
    """

    stage: Stage
    now: int
    reached: int
    share: float
    place: str


@dataclass(frozen=True, slots=True)
class Band:
    """People of one tier (0: none) as an outline along the corridor."""

    tier: int
    outline: str


@dataclass(frozen=True, slots=True)
class River:
    """The corridor drawn: stations, bands, and the stages beside with their people."""

    stations: tuple[Station, ...]
    bands: tuple[Band, ...]
    beside: tuple[Station, ...]
    people: int

    @property
    def width(self) -> int:
        """Units of the drawing, the inflow of lists included."""
        return COLUMN * (len(self.stations) + 1)


_KEPT = Kept[River]()


def draw_river(state: LedgerState) -> River:
    """The river of a state. Cost: one pass over the people, once until an event comes."""
    return _KEPT.get((state,), lambda: _drawn(state))


def _drawn(state: LedgerState) -> River:
    now: Counter[Stage] = Counter()
    furthest: Counter[tuple[int, int]] = Counter()
    called: Counter[int] = Counter()
    for person in state.people.values():
        now[person.stage] += 1
        tier = min(person.tier, BANDS)
        furthest[tier, person.ever.place] += 1
        called[tier] += person.is_called
    people = len(state.people)
    tiers = [*range(1, BANDS + 1), 0]
    reached = {tier: _reached(tier, furthest) for tier in tiers}
    for tier in tiers:
        reached[tier][Stage.CALLED.place] = called[tier]
    totals = [sum(reached[tier][place] for tier in tiers) for place in range(len(CORRIDOR))]
    stations = tuple(_station(stage, now[stage], totals[stage.place], people) for stage in CORRIDOR)
    beside = tuple(_station(stage, now[stage], now[stage], people) for stage in list(Stage)[len(CORRIDOR) :])
    return River(stations, _bands(tiers, reached, totals), beside, people)


def _station(stage: Stage, now: int, reached: int, people: int) -> Station:
    return Station(stage, now, reached, round(100 * reached / people, 2) if people else 0.0, PLACES.get(stage, ""))


def _reached(tier: int, furthest: Counter[tuple[int, int]]) -> list[int]:
    return [sum(furthest[tier, later] for later in range(place, len(CORRIDOR))) for place in range(len(CORRIDOR))]


def _bands(tiers: list[int], reached: dict[int, list[int]], totals: list[int]) -> tuple[Band, ...]:
    if not totals[0]:
        return ()
    scale = HEIGHT / totals[0]
    tops = [(HEIGHT - total * scale) / 2 for total in totals]
    bands = []
    for tier in tiers:
        if not reached[tier][0]:
            continue
        bottoms = [top + people * scale for top, people in zip(tops, reached[tier], strict=True)]
        end = max(place for place, people in enumerate(reached[tier]) if people)
        bands.append(Band(tier, _outline(tops[: end + 1], bottoms[: end + 1])))
        tops = bottoms
    return tuple(bands)


def _outline(tops: list[float], bottoms: list[float]) -> str:
    """Along the upper bank and back along the lower one; it bends between the columns."""
    there = [(COLUMN * (place + 1.5), height) for place, height in enumerate(tops)]
    back = [(COLUMN * (place + 1.5), height) for place, height in enumerate(bottoms)][::-1]
    end = COLUMN * (len(tops) + 1) + COLUMN / 3
    start = f"M{COLUMN} {tops[0]:.1f}L{there[0][0]:.0f} {there[0][1]:.1f}"
    turn = f"L{end:.0f} {tops[-1]:.1f}L{end:.0f} {bottoms[-1]:.1f}L{back[0][0]:.0f} {back[0][1]:.1f}"
    return f"{start}{_bends(there)}{turn}{_bends(back)}L{COLUMN} {bottoms[0]:.1f}Z"


def _bends(points: list[tuple[float, float]]) -> str:
    parts = []
    for (x, y), (to_x, to_y) in itertools.pairwise(points):
        middle = (x + to_x) / 2
        parts.append(f"C{middle:.0f} {y:.1f} {middle:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}")
    return "".join(parts)
