"""The rows of a model of flows: who takes how much of what can run out, noted column by column, closed at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.consumption import Consumption
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.flow_model import FlowKind
from safepassage.core.movement.linear import ProgramBuilder
from safepassage.core.people import Need


@dataclass(slots=True)
class FlowRows:
    """The program as it grows, and what each column takes."""

    draft: Draft
    rows: ProgramBuilder = field(default_factory=ProgramBuilder)
    shares: dict[FlowKind, dict[Need, float]] = field(default_factory=dict)
    uses: defaultdict[int, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    """By resource: the columns that take of it."""
    through: dict[tuple[PointId, int, int], list[int]] = field(default_factory=dict)
    """By access point, first and last hour of a block of hours: the columns of who is let through in it."""
    resource_rows: dict[int, int] = field(default_factory=dict)
    runs: defaultdict[LegId, list[int]] = field(default_factory=lambda: defaultdict(list))

    def price(self, kind: FlowKind, column: int, price: Consumption) -> None:
        """Notes what one person in a column takes."""
        for resource, times in price.per_head:
            self.uses[resource].append((column, float(times)))
        for groups, resource, times in price.outside:
            if groups.isdisjoint(kind.groups):
                self.uses[resource].append((column, float(times)))
        shares = self.shares[kind]
        for need, resource in price.per_case:
            if need in shares:
                self.uses[resource].append((column, shares[need]))

    def close(self) -> None:
        """The rows of everything that can run out."""
        capacities = self.draft.capacities
        for resource, terms in self.uses.items():
            most = float(max(0, capacities.free[resource]))
            self.resource_rows[resource] = self.rows.row(-np.inf, most, terms)
        self._close_gates()
        vehicles: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for leg, limits in capacities.vehicle_limits.items():
            seats = self.draft.timetable.legs[leg].seats
            if seats and not capacities.aboard.get(leg):
                for resource in limits:
                    vehicles[resource] += [(column, 1.0 / seats) for column in self.runs[leg]]
        for resource, terms in vehicles.items():
            if terms:
                self.rows.row(-np.inf, float(max(0, capacities.free[resource])), terms)

    def _close_gates(self) -> None:
        """What the hours of access points let through: in each block, and in blocks that overlap, together.

        The blocks of two kinds may differ, so that one counts hours which the other doesn't: whatever lies within a
        span of hours is no more than that span lets through.
        """
        meter, free = self.draft.finder.meter, self.draft.capacities.free
        for point, first, last in sorted(_spans(self.through)):
            columns = [
                column
                for (where, begins, ends), some in self.through.items()
                if where == point and first <= begins and ends <= last
                for column in some
            ]
            hours = [meter.through(point, slot) for slot in range(first, last + 1)]
            most = [max(0, free[number]) for number in hours if number is not None]
            if len(most) == len(hours) and columns:
                row = self.rows.row(-np.inf, float(sum(most)), [(column, 1.0) for column in columns])
                self.resource_rows[hours[-1] or 0] = row


def _spans(blocks: Iterable[tuple[PointId, int, int]]) -> set[tuple[PointId, int, int]]:
    """The blocks, and the unions of those that overlap."""
    found = set(blocks)
    reach: dict[PointId, tuple[int, int]] = {}
    for point, first, last in sorted(found):
        begins, ends = reach.get(point, (first, -1))
        reach[point] = (begins, max(ends, last)) if first <= ends else (first, last)
        found.add((point, *reach[point]))
    return found
