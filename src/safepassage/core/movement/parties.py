"""Parties as the planner handles them: those that can do the same things for the same price stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safepassage.core.ids import PointId
from safepassage.core.movement.capacity import Use
from safepassage.core.movement.demand import Cases, Clearance, Demand
from safepassage.core.movement.plan import BlockCode, Shut
from safepassage.core.movement.timetable import minute_after
from safepassage.core.movement.ways import Way, WayFinder

EarliestStart = tuple[PointId, int]


@dataclass(frozen=True, slots=True)
class PartyClass:
    """What decides which ways a party can go and what it takes on them; tier and rank are no part of it."""

    heads: int
    cases: tuple[Cases, ...]
    starts: tuple[EarliestStart, ...]
    clearances: tuple[Clearance, ...]
    destinations: tuple[PointId, ...]
    groups: tuple[str, ...]


@dataclass(slots=True)
class OpenWay:
    """A way that a class may go, and what one party of it takes: worked out when it is first asked for."""

    way: Way
    heads: int
    cases: tuple[Cases, ...] = ()
    groups: tuple[str, ...] = ()
    _use: Use | None = None

    @property
    def ones(self) -> tuple[int, ...]:
        """The resources of which one is taken for each head, if nothing else is taken; else empty."""
        return self.way.consumption.ones if not self.cases else ()

    @property
    def use(self) -> Use:
        """What one party of the class takes."""
        if self._use is None:
            self._use = self.way.consumption.use(self.heads, self.cases, self.groups)
        return self._use


def class_of(demand: Demand, now: datetime) -> PartyClass:
    """The class of a party when planned at `now`."""
    starts = [(start.point, earliest_at(demand, start.travel_minutes, now)) for start in demand.starts]
    clearances = demand.clearances
    if len(clearances) > 1:
        clearances = tuple(sorted(clearances, key=lambda one: (one.code, str(one))))
    return PartyClass(
        heads=demand.heads,
        cases=tuple(sorted(demand.cases, key=lambda case: case.need)) if demand.cases else (),
        starts=tuple(sorted(starts)),
        clearances=clearances,
        destinations=tuple(sorted(demand.destinations)) if demand.destinations else (),
        groups=tuple(sorted(demand.groups)) if demand.groups else (),
    )


def earliest_at(demand: Demand, travel_minutes: int, now: datetime) -> int:
    """The first minute at which a party can be at a start point: told (or now) plus travel, and not before it can."""
    told = demand.told_at if demand.told_at is not None else now
    earliest = max(minute_after(now), minute_after(told) + travel_minutes)
    return max(earliest, minute_after(demand.not_before)) if demand.not_before is not None else earliest


def static_block(finder: WayFinder, party: PartyClass, way: Way) -> Shut | None:
    """What keeps every party of a class from a way however much is free; None if nothing does."""
    for point, earliest in party.starts:
        if point == way.start and earliest <= way.report:
            return entitlement_block(finder, party, way)
    text = f"it can't be at {way.start} in time for {way.legs[0]}"
    return Shut(BlockCode.TOO_EARLY, text, (("point", way.start), ("leg", way.legs[0])))


def entitlement_block(finder: WayFinder, party: PartyClass, way: Way) -> Shut | None:
    """What the party lacks for a way: a clearance at a departure, or the destination; None if nothing."""
    if party.destinations and way.end not in party.destinations:
        text = f"the way ends at {way.end}, where the party does not go"
        return Shut(BlockCode.DESTINATION, text, (("point", way.end),))
    for leg_id in way.legs:
        leg = finder.timetable.legs[leg_id]
        for code in leg.requires:
            if not any(holds_clearance(clearance, code, leg.departs) for clearance in party.clearances):
                return Shut(BlockCode.CLEARANCE, f"{leg_id} requires {code}", (("leg", leg_id), ("clearance", code)))
    return None


def holds_clearance(clearance: Clearance, code: str, at: datetime) -> bool:
    """Whether this clearance is the one required, and valid at that moment."""
    if clearance.code != code:
        return False
    return (clearance.since is None or clearance.since <= at) and (clearance.until is None or at < clearance.until)


def in_policy_order(demands: Sequence[Demand]) -> list[Demand]:
    """Tier, then rank, then id; those without a tier last."""
    return sorted(demands, key=lambda d: (d.tier is None, d.tier or 0, d.rank, d.party))
