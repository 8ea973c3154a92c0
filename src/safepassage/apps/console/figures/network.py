"""The network drawn: points in columns by kind, flows between them as wide as their people, full ones marked.

Places of the drawing are worked out here; the template only writes them. `is_mirrored` runs it from right to left.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.console.figures.pressure import HOUR, hour_of
from safepassage.apps.movement.loads import LegLoad
from safepassage.core.movement import Network, Point, PointKind

COLUMN, ROW, TOP, MARGIN = 230, 64, 44, 70
WIDEST = 26.0
"""Width of the flow that carries most people."""
FULL = 95
"""From this load in percent on, a flow counts as a bottleneck."""
ORDER = tuple(PointKind)


@dataclass(frozen=True, slots=True)
class Place:
    """One point as drawn; `heads` pass, begin or end there.

    `busy_from` is the hour in which the next of them are there; the next full hour where nobody is expected any more.
    """

    point: str
    name: str
    kind: PointKind
    x: int
    y: int
    heads: int
    busy_from: datetime


@dataclass(frozen=True, slots=True)
class Flow:
    """All legs between two points: people booked, seats, and how full they are in percent."""

    origin: str
    destination: str
    heads: int
    seats: int
    legs: int
    path: str
    width: float

    @property
    def percent(self) -> int:
        """Load of the seats."""
        return round(100 * self.heads / self.seats) if self.seats else 0

    @property
    def is_bottleneck(self) -> bool:
        """Whether more people hardly fit."""
        return self.heads > 0 and self.percent >= FULL


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole schematic, in its own units."""

    width: int
    height: int
    columns: tuple[tuple[PointKind, int], ...]
    places: tuple[Place, ...]
    flows: tuple[Flow, ...]


def draw_network(network: Network, loads: Sequence[LegLoad], *, is_mirrored: bool, now: datetime) -> Drawing:
    """The schematic of a network with the loads of a plan, as it is looked at now."""
    kinds = [kind for kind in ORDER if any(point.kind is kind for point in network.points)]
    width = COLUMN * (len(kinds) - 1) + 2 * MARGIN if kinds else 2 * MARGIN
    spots = _spots(network.points, kinds, width, is_mirrored=is_mirrored)
    tallest = max((sum(point.kind is kind for point in network.points) for kind in kinds), default=1)
    heads, busy = _heads(network, loads), _busy_from(network, loads, now)
    later = hour_of(now, network) + HOUR
    places = tuple(
        Place(key, point.name or key, point.kind, *spots[key], heads[key], busy.get(key, later))
        for key, point in ((str(point.id), point) for point in network.points)
    )
    columns = tuple((kind, _x(number, width, is_mirrored=is_mirrored)) for number, kind in enumerate(kinds))
    return Drawing(width, TOP + ROW * tallest + 20, columns, places, _flows(network, loads, spots))


def _x(number: int, width: int, *, is_mirrored: bool) -> int:
    x = MARGIN + COLUMN * number
    return width - x if is_mirrored else x


def _spots(
    points: Sequence[Point], kinds: Sequence[PointKind], width: int, *, is_mirrored: bool
) -> dict[str, tuple[int, int]]:
    tallest = max((sum(point.kind is kind for point in points) for kind in kinds), default=1)
    spots = {}
    for number, kind in enumerate(kinds):
        of_kind = [point for point in points if point.kind is kind]
        lead = (tallest - len(of_kind)) * ROW // 2
        for row, point in enumerate(of_kind):
            spots[point.id] = (_x(number, width, is_mirrored=is_mirrored), TOP + lead + ROW * row + ROW // 2)
    return {str(key): spot for key, spot in spots.items()}


def _heads(network: Network, loads: Sequence[LegLoad]) -> dict[str, int]:
    passages = {leg.id: leg.passages for leg in network.legs}
    heads: dict[str, int] = defaultdict(int)
    into: dict[str, int] = defaultdict(int)
    for load in loads:
        heads[load.origin] += load.booked
        into[load.destination] += load.booked
        for passage in passages[load.leg]:
            into[passage.point] += load.booked
    return defaultdict(int, {key: max(heads[key], into[key]) for key in {*heads, *into}})


def _busy_from(network: Network, loads: Sequence[LegLoad], now: datetime) -> dict[str, datetime]:
    """The hour in which people are next at each point, by the legs that they go by."""
    passages = {leg.id: leg.passages for leg in network.legs}
    first: dict[str, datetime] = {}
    for load in loads:
        stops = [(load.origin, load.departs), (load.destination, load.arrives)]
        stops += [(one.point, one.at) for one in passages[load.leg]]
        for point, at in stops:
            if load.booked and at > now:
                first[point] = min(at, first.get(point, at))
    return {point: hour_of(at, network) for point, at in first.items()}


def _flows(network: Network, loads: Sequence[LegLoad], spots: dict[str, tuple[int, int]]) -> tuple[Flow, ...]:
    passages = {leg.id: leg.passages for leg in network.legs}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for load in loads:
        stops = [str(load.origin), *(str(one.point) for one in passages[load.leg]), str(load.destination)]
        for pair in itertools.pairwise(stops):
            for place, value in enumerate((load.booked, load.seats, 1)):
                sums[pair][place] += value
    most = max((booked for booked, _, _ in sums.values()), default=0)
    flows = []
    for (origin, destination), (booked, seats, legs) in sorted(sums.items(), key=lambda item: item[1][0]):
        thickness = max(1.2, round(WIDEST * booked / most, 1)) if booked and most else 1.0
        path = _path(spots[origin], spots[destination])
        flows.append(Flow(origin, destination, booked, seats, legs, path, thickness))
    return tuple(flows)


def _path(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = start, end
    bend = (x + to_x) // 2
    return f"M{x} {y}C{bend} {y} {bend} {to_y} {to_x} {to_y}"
