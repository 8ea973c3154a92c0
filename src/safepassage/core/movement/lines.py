"""Parties on their way while a plan is worked out moment by moment, and the lines in which they wait."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from heapq import heappop, heappush

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.capacity import Use
from safepassage.core.movement.consumption import Visit
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.parties import PartyClass
from safepassage.core.movement.stops import Access, Step, Stop


@dataclass(slots=True, eq=False)
class Traveller:
    """A party on its way: where it is, how it came there, what it has taken so far. `order`: that of the policy."""

    demand: Demand
    party: PartyClass
    order: int
    stop: Stop
    share: float = 0.5
    """Of its heads that must be aimed at for it to set out: half is right on the average."""
    heads: int = 0
    legs: list[LegId] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    access: Access | None = None
    taken: list[tuple[Use, tuple[LegId, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heads = self.demand.heads

    def take(self, step: Step, use: Use) -> None:
        """Takes a step for which this was taken."""
        self.taken.append((use, step.legs))
        self.legs += step.legs
        self.visits += step.visits
        self.share = 0.5
        if step.to is not None:
            self.stop = step.to

    def has_been(self, point: PointId, *, is_access: bool, most: int) -> bool:
        """Whether a leg to a point is none for it: been there, or at another access point, or too many legs."""
        if len(self.legs) >= most or (is_access and self.access is not None):
            return True
        return self.stop.point == point or any(visit.point == point for visit in self.visits)


def is_bound_to_wait(traveller: Traveller) -> bool:
    """Whether its wait is limited: it is not where it sets out, waiting for its first leg."""
    return not traveller.stop.is_start or traveller.stop.slot is not None


@dataclass(slots=True)
class Line:
    """Parties of a kind that wait at one point for one thing: by since when, then in policy order.

    Who has not set out has waited for nobody: there the order is that of the policy alone.
    """

    coming: list[tuple[int, int, Traveller]] = field(default_factory=list)
    here: list[tuple[int, int, Traveller]] = field(default_factory=list)

    def add(self, ready: int, traveller: Traveller) -> None:
        """Somebody who can go on from `ready` on."""
        heappush(self.coming, (ready, traveller.order, traveller))

    def at(self, moment: int) -> list[tuple[int, int, Traveller]]:
        """Who can go on at a moment."""
        while self.coming and self.coming[0][0] <= moment:
            traveller = heappop(self.coming)[2]
            since = traveller.stop.arrives if is_bound_to_wait(traveller) else 0
            insort(self.here, (since, traveller.order, traveller))
        return self.here
