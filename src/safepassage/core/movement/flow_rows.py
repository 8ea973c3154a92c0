"""The rows of a model of flows: who takes how much of what can run out, noted column by column, closed at the end."""

from __future__ import annotations

from collections import defaultdict
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
    through: defaultdict[tuple[PointId, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    most_through: dict[tuple[PointId, int], float] = field(default_factory=dict)
    """By access point and last hour of a block of hours: who is let through, and how many can be."""
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
        for block, columns in self.through.items():
            if np.isfinite(self.most_through[block]):
                row = self.rows.row(-np.inf, self.most_through[block], [(column, 1.0) for column in columns])
                number = self.draft.finder.meter.through(*block)
                if number is not None:
                    self.resource_rows[number] = row
        vehicles: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for leg, limits in capacities.vehicle_limits.items():
            seats = self.draft.timetable.legs[leg].seats
            if seats and not capacities.aboard.get(leg):
                for resource in limits:
                    vehicles[resource] += [(column, 1.0 / seats) for column in self.runs[leg]]
        for resource, terms in vehicles.items():
            if terms:
                self.rows.row(-np.inf, float(max(0, capacities.free[resource])), terms)
