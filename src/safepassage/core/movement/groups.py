"""Parties that are alike, as groups with the ways worth a variable: what the exact planner counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, PartyClass

MAX_COLUMNS = 6_000
"""Above this `auto` does not try: proof takes minutes, not seconds."""


@dataclass(frozen=True, slots=True)
class Group:
    """Parties of one tier that are alike, in rank order, and the ways worth a variable."""

    tier: int
    party_class: PartyClass
    members: tuple[Demand, ...]
    ways: tuple[OpenWay, ...]


def is_small(draft: Draft) -> bool:
    """Whether grouping is worth its time: kinds of parties times their ways, a few times what may remain after it."""
    if draft.is_vast:
        return False
    kinds = {(demand.tier, draft.classes[demand.party]) for demand in draft.plannable}
    return sum(len(draft.chooser.open_ways(party_class)) for _, party_class in kinds) <= 4 * MAX_COLUMNS


def groups_of(draft: Draft) -> tuple[Group, ...]:
    """The free parties as groups over what the kept ones leave. `draft` must hold kept placements only."""
    members: dict[tuple[int, PartyClass], list[Demand]] = {}
    for demand in draft.plannable:
        if demand.tier is not None:
            members.setdefault((demand.tier, draft.classes[demand.party]), []).append(demand)
    open_ways = {key: [w for w in draft.chooser.open_ways(key[1]) if draft.fits(w)] for key in members}
    binding = _binding(draft, members, open_ways)
    return tuple(
        Group(tier, party_class, tuple(parties), _distinct(draft, open_ways[tier, party_class], binding))
        for (tier, party_class), parties in members.items()
    )


def _binding(
    draft: Draft,
    members: dict[tuple[int, PartyClass], list[Demand]],
    open_ways: dict[tuple[int, PartyClass], list[OpenWay]],
) -> set[int]:
    """Resources that could run out if everyone who can use them did."""
    wanted: dict[int, int] = defaultdict(int)
    for key, parties in members.items():
        most: dict[int, int] = {}
        for open_way in open_ways[key]:
            for resource, amount in open_way.use:
                most[resource] = max(amount, most.get(resource, 0))
        for resource, amount in most.items():
            wanted[resource] += amount * len(parties)
    return {resource for resource, amount in wanted.items() if amount > draft.capacities.free[resource]}


def _distinct(draft: Draft, ways: list[OpenWay], binding: set[int]) -> tuple[OpenWay, ...]:
    """One way, the earliest, of all that take the same of what could run out; none that takes more than another."""
    limited = draft.capacities.vehicle_limits
    kept: dict[tuple[frozenset[tuple[int, int]], tuple[str, ...]], OpenWay] = {}
    for open_way in ways:
        use = frozenset((resource, amount) for resource, amount in open_way.use if resource in binding)
        kept.setdefault((use, tuple(leg for leg in open_way.way.legs if leg in limited)), open_way)
    if len(kept) > 400:
        return tuple(kept.values())
    return tuple(
        open_way
        for (use, legs), open_way in kept.items()
        if not any(other < use and set(others) <= set(legs) for other, others in kept)
    )


def columns(groups: tuple[Group, ...]) -> int:
    """Variables that a model of these groups has."""
    return sum(len(group.ways) for group in groups)
