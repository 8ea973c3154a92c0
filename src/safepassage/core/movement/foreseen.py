"""What flows foresee, by the number of a kind: over which legs, in which hours of access points, and how many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.flow_model import FlowModel
from safepassage.core.movement.linear import Floats
from safepassage.core.movement.timetable import Timetable

TRICKLE = 0.5
"""People: a flow of no more is none."""
NEVER = 1 << 60
Hours = dict[tuple[PointId, int], int]
"""By access point and hour: the column of the block of hours that holds it."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Flows in people. All lists are by the number of a kind."""

    table: Timetable
    number: dict[int, int]
    """By the identity of a class (`Draft.classes`): the number of its kind."""
    flows: list[dict[LegId, float]]
    onward: list[dict[LegId, float]]
    """Of who comes by a leg to a point where the movement may end: those who go on."""
    blocks: list[tuple[Hours, Hours]]
    """Who came by a leg, and who begins there."""
    through: dict[int, float]
    """By column of a block: people let through in it."""
    destinations: list[tuple[PointId, ...]]
    departures: list[dict[PointId, list[tuple[int, int]]]]
    """By point: boarding and departure of the legs by which the flows leave it, by boarding."""

    @classmethod
    def of(cls, draft: Draft, model: FlowModel, values: Floats) -> Foreseen:
        """What a solution of the model says."""
        kinds = list(model.leg_columns)
        numbers = {kind: number for number, kind in enumerate(kinds)}
        blocks = [(model.window_columns[kind], model.enter_columns[kind]) for kind in kinds]
        flows = [_over(TRICKLE, model.leg_columns[kind], values) for kind in kinds]
        return cls(
            table=draft.timetable,
            number={of: numbers[kind] for of, kind in model.kind_of.items() if kind in numbers},
            flows=flows,
            onward=[_over(-1.0, model.onward_columns[kind], values) for kind in kinds],
            blocks=blocks,
            through={column: float(values[column]) for both in blocks for some in both for column in some.values()},
            destinations=[kind.destinations for kind in kinds],
            departures=[_departures(draft.timetable, some) for some in flows],
        )

    def may_end(self, number: int, point: PointId) -> bool:
        """Whether the movement of a kind may end at a point."""
        return point in self.table.ends and (not self.destinations[number] or point in self.destinations[number])

    def leads_on(self, number: int, point: PointId, ready: int, latest: int) -> bool:
        """Whether the flows leave a point by a leg that can be boarded from `ready` on and departs by `latest`."""
        if self.may_end(number, point):
            return True
        moments = self.departures[number].get(point, [])
        at = bisect_left(moments, (ready, 0))
        return at < len(moments) and moments[at][1] <= latest

    def next_departure(self, number: int, leg: LegId) -> int:
        """When the leg departs by which the flows next leave the same point; `NEVER` if this is the last."""
        moments = self.departures[number][self.table.legs[leg].origin]
        at = bisect_right(moments, (self.table.report(leg), self.table.departs[leg]))
        return moments[at][1] if at < len(moments) else NEVER


def _over(least: float, columns: dict[LegId, int], values: Floats) -> dict[LegId, float]:
    """Flows by leg, those above `least`."""
    return {leg: float(values[column]) for leg, column in columns.items() if values[column] > least}


def _departures(table: Timetable, flows: dict[LegId, float]) -> dict[PointId, list[tuple[int, int]]]:
    by_point: defaultdict[PointId, list[tuple[int, int]]] = defaultdict(list)
    for leg in flows:
        by_point[table.legs[leg].origin].append((table.report(leg), table.departs[leg]))
    return {point: sorted(some) for point, some in by_point.items()}
