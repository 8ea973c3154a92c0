"""Promises first: places that a plan before gave to parties that were told, or that are under way."""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.core.ids import PointId
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.network import Window
from safepassage.core.movement.parties import OpenWay, entitlement_block
from safepassage.core.movement.plan import Assignment, BlockCode, Plan
from safepassage.core.movement.timetable import Timetable, minute_of
from safepassage.core.movement.ways import Way


def keep_promises(draft: Draft, previous: Plan) -> None:
    """Puts frozen parties back where they were, then told ones in policy order as long as that can be kept.

    A frozen place is kept whatever happens, if its legs still exist (the judge tells what it breaks). A told place is
    given up only if it can't be kept: a leg is gone or moved, a point closed, no room left. Its party is then planned
    as any other and stands in `draft.lost`.
    """
    before = {assignment.party: assignment for assignment in previous.assignments}
    places: dict[object, _Place] = {}
    for commitment in (Commitment.FROZEN, Commitment.TOLD):
        for demand in draft.order:
            if demand.commitment is commitment and demand.party in before:
                open_way = _place_before(draft, demand, before[demand.party], places)
                if open_way is None:
                    draft.lost.add(demand.party)
                else:
                    draft.place(demand.party, open_way)
                    draft.kept.add(demand.party)


@dataclass(slots=True)
class _Place:
    """What all parties share that had one place: its way, if its legs exist, and whether that can still be gone."""

    way: Way | None
    connects: bool
    open_to: dict[int, bool] = field(default_factory=dict)
    """By class (its identity): whether it may go that way."""


def _place_before(
    draft: Draft, demand: Demand, assignment: Assignment, places: dict[object, _Place]
) -> OpenWay | None:
    window = assignment.access_window
    key = (assignment.start, assignment.legs, window and window.begins, window and window.ends, assignment.report_at)
    place = places.get(key)
    if place is None:
        way = draft.finder.way_of(assignment)
        place = places[key] = _Place(way, way is not None and still_connects(draft.timetable, assignment))
    way = place.way
    if way is None:
        return None
    is_frozen = demand.commitment is Commitment.FROZEN
    if not is_frozen:
        if demand.tier is None or demand.hold or not place.connects:
            return None
        party = draft.classes[demand.party]
        may_go = place.open_to.get(id(party))
        if may_go is None:
            may_go = place.open_to[id(party)] = entitlement_block(draft.finder, party, way) is None
        if not may_go:
            return None
    open_way = OpenWay(way, demand.heads, demand.cases, demand.groups)
    return open_way if is_frozen or draft.fits(open_way) else None


def still_connects(table: Timetable, assignment: Assignment) -> bool:
    """Whether the legs of a place still run, meet and pass open points as they did when it was given."""
    at, free_from = assignment.start, minute_of(assignment.report_at)
    arrived: int | None = None
    if assignment.access_point == at and assignment.access_window is not None:
        if not _is_open(table, assignment.access_point, assignment.access_window):
            return False
        free_from = minute_of(assignment.access_window.ends) + table.points[at].processing_minutes
    for leg_id in assignment.legs:
        leg = table.legs[leg_id]
        why = table.unusable.get(leg_id)
        if (
            leg.origin != at
            or (why is not None and why.code is not BlockCode.FROZEN)
            or table.report(leg_id) < free_from
        ):
            return False
        if arrived is not None and table.departs[leg_id] - arrived > table.points[at].max_wait_minutes:
            return False
        at, arrived = leg.destination, table.arrives[leg_id]
        free_from = arrived + table.points[at].processing_minutes
        if at == assignment.access_point and assignment.access_window is not None:
            window = assignment.access_window
            if minute_of(window.begins) < arrived or not _is_open(table, at, window):
                return False
            free_from = minute_of(window.ends) + table.points[at].processing_minutes
    return at in table.ends and at == assignment.end


def _is_open(table: Timetable, point: PointId, window: Window) -> bool:
    return table.spans[point].hold(minute_of(window.begins), minute_of(window.ends))
