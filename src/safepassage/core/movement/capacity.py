"""The capacity ledger: everything that can run out, numbered, with what is still free of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from safepassage.core.ids import LegId
from safepassage.core.movement.plan import BlockCode

Use = tuple[tuple[int, int], ...]
"""What is taken of which resources: (resource, amount)."""


class Resource(NamedTuple):
    """One thing that can run out: `where` names the leg, point, limit or reserve, `unit` what is counted.

    `slot` is the hour (throughput, holding) or day (beds, care at a base), else -1.
    """

    code: BlockCode
    where: str
    unit: str
    slot: int = -1


@dataclass(slots=True)
class Capacities:
    """Resources get a number when first met; `total` is what there was, `free` what is left.

    `vehicle_limits` gives for a leg the resources of which one is taken when the first party boards it.
    """

    resources: list[Resource] = field(default_factory=list)
    total: list[int] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    vehicle_limits: dict[LegId, tuple[int, ...]] = field(default_factory=dict)
    aboard: dict[LegId, int] = field(default_factory=dict)
    _numbers: dict[Resource, int] = field(default_factory=dict)

    def number(self, resource: Resource, amount: int) -> int:
        """The number of a resource, which is opened with `amount` if it is new."""
        known = self._numbers.get(resource)
        if known is not None:
            return known
        self.resources.append(resource)
        self.total.append(amount)
        self.free.append(amount)
        self._numbers[resource] = len(self.resources) - 1
        return len(self.resources) - 1

    def fits(self, use: Use, legs: Iterable[LegId]) -> bool:
        """Whether all of it is free, and each leg may still run."""
        free = self.free
        for resource, amount in use:
            if free[resource] < amount:
                return False
        return not self.vehicle_limits or not self.short_vehicles(legs)

    def short_vehicles(self, legs: Iterable[LegId]) -> list[int]:
        """Vehicle limits that these legs would break if they ran and do not run yet."""
        wanted: dict[int, int] = {}
        for leg in legs:
            if not self.aboard.get(leg):
                for resource in self.vehicle_limits.get(leg, ()):
                    wanted[resource] = wanted.get(resource, 0) + 1
        return [resource for resource, amount in wanted.items() if self.free[resource] < amount]

    def have(self, resources: Iterable[int], amount: int, legs: Iterable[LegId]) -> bool:
        """Whether so much of each is free, and each leg may still run."""
        if min(map(self.free.__getitem__, resources)) < amount:
            return False
        return not self.vehicle_limits or not self.short_vehicles(legs)

    def take_of_each(self, resources: Iterable[int], amount: int, legs: Iterable[LegId]) -> None:
        """Takes so much of each, even below nothing."""
        free = self.free
        for resource in resources:
            free[resource] -= amount
        self._board(legs)

    def take(self, use: Use, legs: Iterable[LegId]) -> None:
        """Takes it, even below nothing (a frozen place is kept whatever happens)."""
        for resource, amount in use:
            self.free[resource] -= amount
        self._board(legs)

    def _board(self, legs: Iterable[LegId]) -> None:
        for leg in legs:
            if not self.aboard.get(leg):
                for resource in self.vehicle_limits.get(leg, ()):
                    self.free[resource] -= 1
            self.aboard[leg] = self.aboard.get(leg, 0) + 1

    def ride(self, legs: Iterable[LegId], parties: int) -> None:
        """Notes that so many more parties ride legs that run already."""
        for leg in legs:
            self.aboard[leg] += parties

    def give_back(self, use: Use, legs: Iterable[LegId]) -> None:
        """Undoes `take`."""
        for resource, amount in use:
            self.free[resource] += amount
        for leg in legs:
            self.aboard[leg] -= 1
            if not self.aboard[leg]:
                for resource in self.vehicle_limits.get(leg, ()):
                    self.free[resource] += 1
