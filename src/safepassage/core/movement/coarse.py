"""Vehicles that leave and arrive in the same hours counted as one: a bound for networks whose flows are too many.

The network that comes out allows for whatever the network does, and a little more: everyone is there as soon as the
first of the vehicles arrives, nobody has to board before the last of them does, and one may wait an hour longer. So
what no plan exceeds over it, no plan exceeds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from safepassage.core.ids import LegId
from safepassage.core.movement.capacity import Capacities
from safepassage.core.movement.chooser import Chooser
from safepassage.core.movement.consumption import Meter
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.network import Leg
from safepassage.core.movement.parties import holds_clearance
from safepassage.core.movement.plan import BlockCode
from safepassage.core.movement.search import LazySearch
from safepassage.core.movement.timetable import Timetable, timetable_of
from safepassage.core.movement.ways import WayFinder

HOUR = 60
"""Minutes that two vehicles counted as one differ by at most, in boarding and in arriving: less than this."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When legs froze that nobody new may be put on, for whatever reason."""


def coarse_draft(draft: Draft) -> Draft:
    """A draft of the same free parties over fewer legs and what the kept ones leave: for flows, no plan can be of it.

    `draft` must hold kept placements only. Legs of the result may be boarded later than they depart.
    """
    table = draft.timetable
    legs: list[Leg] = [replace(table.legs[leg], freezes_at=LONG_AGO) for leg in table.unusable]
    stands_for = {leg.id: leg.id for leg in legs}
    for alike in _alike(draft):
        legs.append(_as_one(table, alike))
        stands_for |= dict.fromkeys(alike, legs[-1].id)
    network = replace(
        table.network,
        points=tuple([replace(one, max_wait_minutes=one.max_wait_minutes + HOUR) for one in table.network.points]),
        legs=tuple(legs),
        curfews=(),
        reserves=tuple(
            [
                replace(one, legs=tuple(dict.fromkeys([stands_for[leg] for leg in one.legs])))
                for one in table.network.reserves
            ]
        ),
    )
    coarse = timetable_of(network, LONG_AGO)
    capacities = Capacities()
    finder = WayFinder(coarse, Meter(coarse, capacities))
    _leave(draft.capacities, capacities, stands_for)
    chooser = Chooser(finder, capacities, LazySearch(finder, capacities), is_vast=True)
    return Draft(
        coarse, capacities, finder, chooser, draft.order, draft.classes, kept=set(draft.kept), moved=set(draft.moved)
    )


def _alike(draft: Draft) -> list[list[LegId]]:
    """Usable legs by what they share: ends, hours of boarding and arrival, who may ride, all that a ride takes."""
    table, meter = draft.timetable, draft.finder.meter
    held = list(dict.fromkeys(party.clearances for party in draft.classes.values()))
    groups: dict[object, list[LegId]] = {}
    for leg_id, leg in table.legs.items():
        if leg_id in table.unusable:
            continue
        ride = meter.ride(leg_id)
        riders = [
            index
            for index, clearances in enumerate(held if leg.requires else ())
            if all(any(holds_clearance(one, code, leg.departs) for one in clearances) for code in leg.requires)
        ]
        key = (
            leg.origin,
            leg.destination,
            table.slot(table.report(leg_id)),
            table.slot(table.arrives[leg_id]),
            (leg.requires, tuple(riders)),
            (ride.per_head[1:], ride.outside),
            leg_id if leg_id in draft.capacities.vehicle_limits else "",
        )
        groups.setdefault(key, []).append(leg_id)
    return list(groups.values())


def _as_one(table: Timetable, alike: list[LegId]) -> Leg:
    """One leg that allows for whatever these do together."""
    first = min(alike, key=lambda leg: (table.departs[leg], leg))
    departs = table.departs[first]
    return replace(
        table.legs[first],
        arrives=min(table.legs[leg].arrives for leg in alike),
        seats=sum(table.legs[leg].seats for leg in alike),
        boarding_minutes=departs - max(table.report(leg) for leg in alike),
        freezes_at=None,
    )


def _leave(free: Capacities, coarse: Capacities, stands_for: dict[LegId, LegId]) -> None:
    """Takes from the coarse capacities what is taken of those that they stand for. Care is no part of flows."""
    for number, resource in enumerate(free.resources):
        if resource.code is BlockCode.SEATS:
            where = stands_for[LegId(resource.where)]
            taken = free.total[number] - free.free[number]
            if taken:
                coarse.free[coarse.number(resource._replace(where=where), 0)] -= taken
        elif resource.code is not BlockCode.CARE:
            coarse.free[coarse.number(resource, free.total[number])] = free.free[number]
    for leg, parties in free.aboard.items():
        coarse.aboard[stands_for[leg]] = coarse.aboard.get(stands_for[leg], 0) + parties
