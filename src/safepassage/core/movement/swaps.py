"""Places of told parties changed for others' sake, within a budget: nobody who was told loses a place by it."""

from __future__ import annotations

from collections import defaultdict

from safepassage.core.ids import PointId
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block

TRIED = 400
"""Places looked at for one class of parties before it is given up."""


def swap_for_others(draft: Draft, budget: int) -> int:
    """Gets parties in that were left out, each by moving one told party to another free way; says how many moved.

    A party left out takes over the place of a told one, as it stands, if that one finds another way. So nobody is
    worse off than if nothing were swapped, tier by tier; only what some were told changes, at most `budget` times.
    """
    moved = 0
    elsewhere: dict[int, bool] = {}
    given_up: set[int] = set()
    movable = _movable(draft)
    for demand in draft.plannable:
        party = draft.classes[demand.party]
        if moved >= budget:
            break
        if demand.party in draft.placed or id(party) in given_up:
            continue
        if _take_place(draft, demand, party, movable, elsewhere):
            moved += 1
        else:
            given_up.add(id(party))
    return moved


def _movable(draft: Draft) -> dict[PointId, list[Demand]]:
    """Told parties that keep their place, the latest first, by where they start."""
    by_start: defaultdict[PointId, list[Demand]] = defaultdict(list)
    for demand in reversed(draft.order):
        if demand.party in draft.kept and demand.commitment is Commitment.TOLD:
            by_start[draft.placed[demand.party].way.start].append(demand)
    return by_start


def _take_place(
    draft: Draft,
    demand: Demand,
    party: PartyClass,
    movable: dict[PointId, list[Demand]],
    elsewhere: dict[int, bool],
) -> bool:
    tried = 0
    for start, _ in party.starts:
        for other in movable.get(start, ()):
            theirs = draft.classes[other.party]
            if other.party not in draft.kept or not elsewhere.get(id(theirs), True):
                continue
            way = draft.placed[other.party].way
            if party.heads > theirs.heads or static_block(draft.finder, party, way) is not None:
                continue
            tried += 1
            if tried > TRIED:
                return False
            if _swap(draft, demand, OpenWay(way, way.consumption.use(party.heads, party.cases, party.groups)), other):
                return True
            elsewhere[id(theirs)] = draft.chooser.first_free(theirs) is not None
    return False


def _swap(draft: Draft, demand: Demand, open_way: OpenWay, other: Demand) -> bool:
    alternative = draft.chooser.first_free(draft.classes[other.party])
    if alternative is None:
        return False
    was = draft.placed.pop(other.party)
    draft.capacities.give_back(was.use, was.way.legs)
    if draft.fits(open_way):
        draft.place(demand.party, open_way)
        if draft.fits(alternative):
            draft.place(other.party, alternative)
            draft.kept.discard(other.party)
            draft.moved.add(other.party)
            return True
        taken = draft.placed.pop(demand.party)
        draft.capacities.give_back(taken.use, taken.way.legs)
    draft.place(other.party, was)
    return False
