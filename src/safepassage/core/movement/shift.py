"""One placed party moved to another free way, so that one left out comes in by its place; nobody loses one by it."""

from __future__ import annotations

from collections import defaultdict

from safepassage.core.ids import PointId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block


def shift_for_others(
    draft: Draft, waiting: list[Demand], movable: list[Demand], budget: int | None = None
) -> list[Demand]:
    """Gets parties in that were left out, each by moving a placed one to another free way; gives those moved.

    `waiting`: parties in policy order, of which those without a place are tried. `movable`: placed parties that may
    be moved, those to be asked first first. Nobody loses a place by it.
    """
    by_class: dict[PointId, dict[int, list[Demand]]] = defaultdict(lambda: defaultdict(list))
    for demand in movable:
        found = draft.placed.get(demand.party)
        if found is not None:
            by_class[found.way.start][id(draft.classes[demand.party])].append(demand)
    mobile: dict[PointId, list[tuple[PartyClass, list[Demand]]]] = {}
    for point, classes in by_class.items():
        some = [(draft.classes[mine[0].party], mine) for mine in classes.values()]
        free = [(party, mine) for party, mine in some if draft.chooser.first_free(party) is not None]
        mobile[point] = sorted(free, key=lambda one: one[0].heads)
    moved: list[Demand] = []
    hopeless: set[int] = set()
    for demand in waiting:
        party = draft.classes[demand.party]
        if budget is not None and len(moved) >= budget:
            break
        if demand.party in draft.placed or id(party) in hopeless:
            continue
        other = _shift_one(draft, demand, party, mobile)
        if other is None:
            hopeless.add(id(party))
        else:
            moved.append(other)
    return moved


def _shift_one(
    draft: Draft, demand: Demand, party: PartyClass, mobile: dict[PointId, list[tuple[PartyClass, list[Demand]]]]
) -> Demand | None:
    """Moves the first party whose place this one can take and that finds another; who it was."""
    for point, _ in party.starts:
        for theirs, others in mobile.get(point, ()):
            if theirs.heads < party.heads:
                continue
            elsewhere = draft.chooser.first_free(theirs)
            for other in others if elsewhere is not None else ():
                way = draft.placed[other.party].way
                if elsewhere is None or static_block(draft.finder, party, way) is not None:
                    continue
                mine = OpenWay(way, party.heads, party.cases, party.groups)
                if _swap(draft, demand, mine, other, elsewhere):
                    others.remove(other)
                    return other
    return None


def _swap(draft: Draft, demand: Demand, mine: OpenWay, other: Demand, elsewhere: OpenWay) -> bool:
    """Gives a party the place of another, which goes elsewhere; puts everything back if that does not fit."""
    was = draft.placed.pop(other.party)
    draft.capacities.give_back(was.use, was.way.legs)
    if draft.fits(mine):
        draft.place(demand.party, mine)
        if draft.fits(elsewhere):
            draft.place(other.party, elsewhere)
            return True
        del draft.placed[demand.party]
        draft.capacities.give_back(mine.use, mine.way.legs)
    draft.place(other.party, was)
    return False
