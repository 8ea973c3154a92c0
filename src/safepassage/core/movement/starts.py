"""Where a party can begin, from the place in which its members say they are."""

from __future__ import annotations

from collections.abc import Iterable

from safepassage.core.movement.demand import Start
from safepassage.core.movement.network import Network, PointKind
from safepassage.core.names import skeleton

ELSEWHERE_MINUTES = 240
"""Travel to a rally point that is not in the party's own place: far, and not ruled out."""
HERE_MINUTES = 60


def starts_for(network: Network, places: Iterable[str]) -> tuple[Start, ...]:
    """The rally points where a party can begin, each with the minutes that it needs to get there.

    A rally point whose name shares a word with a stated place (in either script) is near; every other one is
    `ELSEWHERE_MINUTES` away. Without a stated place all are `HERE_MINUTES` away: nobody is ruled out for a cell
    that a list left blank. A network without rally points begins at its access points.
    """
    kinds = (PointKind.RALLY_POINT,)
    if not any(point.kind in kinds for point in network.points):
        kinds = (PointKind.ACCESS_POINT,)
    stated = {word for place in places for word in skeleton(place)}
    starts = []
    for point in network.points:
        if point.kind in kinds:
            is_near = not stated or bool(stated & set(skeleton(point.name)))
            starts.append(Start(point.id, HERE_MINUTES if is_near else ELSEWHERE_MINUTES))
    return tuple(sorted(starts, key=lambda start: (start.travel_minutes, start.point)))
