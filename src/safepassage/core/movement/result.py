"""A finished draft as a plan: assignments, who is left out and why, people by tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from safepassage.core.ids import LegId, PartyId, PlanId, PointId, derived_id
from safepassage.core.movement.blocks import Block, nearest_block, shortages
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.network import Window
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block
from safepassage.core.movement.plan import Assignment, BlockCode, Method, Plan, Stay, TierPeople, Unplaced
from safepassage.core.movement.plan_text import digest_network, digest_plan
from safepassage.core.movement.timetable import moment_of
from safepassage.core.movement.ways import Way


def plan_of(
    draft: Draft, *, now: datetime, method: Method, previous: Plan | None, bounds: dict[int, int], is_optimal: bool
) -> Plan:
    """The draft as a plan, with `bounds` (people at most, by tier) where they are proven."""
    before = {assignment.party: assignment for assignment in previous.assignments} if previous else {}
    assignments = tuple(_assignments(draft, before))
    people = dict(zip(draft.tiers, draft.vector(), strict=True))
    demanded = draft.demanded()
    plan = Plan(
        id=PlanId(""),
        version=previous.version + 1 if previous else 1,
        now=now,
        network_digest=digest_network(draft.timetable.network),
        digest="",
        assignments=assignments,
        unplaced=_unplaced(draft),
        tiers=tuple(TierPeople(tier, people[tier], demanded[tier], bounds.get(tier)) for tier in draft.tiers),
        method=method,
        is_optimal=is_optimal,
        previous=previous.id if previous else None,
        lost=tuple(sorted(draft.lost)),
    )
    digest = digest_plan(plan)
    return replace(plan, id=PlanId(derived_id("PL", digest)), digest=digest)


Place = tuple[
    PointId, datetime, tuple[LegId, ...], PointId, datetime, PointId | None, Window | None, tuple[Stay, ...]
]
"""What of an assignment all parties share that go one way, in the order of its fields."""


def _place_of(way: Way) -> Place:
    return (
        way.start,
        moment_of(way.report),
        way.legs,
        way.end,
        moment_of(way.arrives),
        way.access_point,
        Window(moment_of(way.window[0]), moment_of(way.window[1])) if way.window else None,
        tuple([Stay(visit.point, moment_of(visit.arrives), moment_of(visit.leaves)) for visit in way.stays]),
    )


def _assignments(draft: Draft, before: dict[PartyId, Assignment]) -> Iterator[Assignment]:
    places: dict[int, Place] = {}
    placed, kept = draft.placed, draft.kept
    for demand in draft.order:
        party = demand.party
        if party not in placed:
            continue
        way = placed[party].way
        place = places.get(id(way))
        if place is None:
            place = places[id(way)] = _place_of(way)
        tier = demand.tier
        if tier is None and party in before:
            tier = before[party].tier
        yield Assignment(party, demand.heads, tier or 0, demand.rank, *place, party in kept)


@dataclass(slots=True)
class Nearest:
    """What blocks the option that came nearest: parties that are alike are blocked alike, so each class once."""

    _known: dict[int, tuple[Block, ...]] = field(default_factory=dict)
    _ways: dict[object, Way] = field(default_factory=dict)

    def blocks(self, draft: Draft, demand: Demand) -> tuple[Block, ...]:
        """What blocks a party that is left out of a finished draft."""
        if demand.tier is None or demand.hold:
            return nearest_block(draft, demand)
        party_class = draft.classes[demand.party]
        known = self._known.get(id(party_class))
        if known is None:
            known = self._known[id(party_class)] = _blocks(draft, demand, party_class, self._ways)
        return known


def _unplaced(draft: Draft) -> tuple[Unplaced, ...]:
    """One line for each party left out."""
    nearest = Nearest()
    lines = []
    placed, classes, lost = draft.placed, draft.classes, draft.lost
    told: dict[int, tuple[BlockCode, tuple[str, ...]]] = {}
    for demand in draft.order:
        party = demand.party
        if party in placed:
            continue
        alike = id(classes[party])
        why = told.get(alike) if demand.tier is not None and not demand.hold else None
        if why is None:
            blocks = nearest.blocks(draft, demand)
            why = blocks[0].code, tuple([block.reason for block in blocks])
            if demand.tier is not None and not demand.hold:
                told[alike] = why
        lines.append(Unplaced(party, demand.heads, demand.tier, demand.rank, *why, party in lost))
    return tuple(lines)


def _blocks(draft: Draft, demand: Demand, party_class: PartyClass, nearest: dict[object, Way]) -> tuple[Block, ...]:
    """What blocks a class. Where ways are too many, the one that came nearest for one size stands for others."""
    if not draft.is_vast:
        return nearest_block(draft, demand)
    alike = (party_class.starts, party_class.clearances, party_class.destinations, party_class.groups)
    known = nearest.get(alike)
    if known is None:
        ways = [
            way
            for start, _ in party_class.starts
            for way in draft.chooser.ways_from(start)
            if static_block(draft.finder, party_class, way) is None
        ]
        if not ways:
            return nearest_block(draft, demand)
        known = nearest[alike] = min(ways, key=lambda way: _lacking(draft, way, party_class.heads))
    mine = OpenWay(known, party_class.heads, party_class.cases, party_class.groups)
    return shortages(draft, mine) or nearest_block(draft, demand)


def _lacking(draft: Draft, way: Way, heads: int) -> int:
    """How many things a way lacks for so many heads, care and reserves left aside; more than any if none."""
    free, takes = draft.capacities.free, way.consumption.per_head
    return sum([free[resource] < times * heads for resource, times in takes]) or len(takes)
