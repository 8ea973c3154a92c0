"""A network changed before it is real: a leg moved or taken out, a point closed, more of what runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.blocks import Block
from safepassage.core.movement.consumption import night_of
from safepassage.core.movement.network import DayBeds, HourCapacity, Leg, Network, Point, Window
from safepassage.core.movement.plan import BlockCode
from safepassage.core.movement.timetable import moment_of

_HOUR = timedelta(hours=1)


def move_leg(network: Network, leg: LegId, by: timedelta) -> Network:
    """The network with a leg earlier or later, its passages and freeze with it; a convoy goes together.

    Raises:
        NotFoundError: the network has no such leg.
    """
    moved = _leg_of(network, leg)
    together = {one.id for one in network.legs if one.id == leg or (moved.convoy and one.convoy == moved.convoy)}
    return replace(network, legs=tuple(_shifted(one, by) if one.id in together else one for one in network.legs))


def cancel_leg(network: Network, leg: LegId) -> Network:
    """The network without a leg; reserves no longer count it.

    Raises:
        NotFoundError: the network has no such leg.
    """
    _leg_of(network, leg)
    reserves = tuple(replace(one, legs=tuple(x for x in one.legs if x != leg)) for one in network.reserves)
    seats = {one.id: one.seats for one in network.legs}
    kept = tuple(
        replace(one, seats=min(one.seats, sum(seats[key] for key in one.legs))) for one in reserves if one.legs
    )
    return replace(network, legs=tuple(one for one in network.legs if one.id != leg), reserves=kept)


def close_point(network: Network, point: PointId, window: Window) -> Network:
    """The network with a point closed over a window, beside the closures that it has.

    Raises:
        NotFoundError: the network has no such point.
    """
    if point not in {one.id for one in network.points}:
        raise NotFoundError("The network has no such point.", where=point, advice="Look at the plan page's table.")
    return replace(
        network,
        points=tuple(
            replace(one, closures=(*one.closures, window)) if one.id == point else one for one in network.points
        ),
    )


def give_more(network: Network, block: Block) -> Network:
    """The network with as much more of something as a block says is missing: seats, beds, throughput, holding.

    Other blocks change nothing here: what they lack is no number of the network.
    """
    if block.needed is None or block.free is None:
        return network
    more = block.needed - block.free
    if block.code is BlockCode.SEATS:
        legs = tuple(replace(one, seats=one.seats + more) if one.id == block.where else one for one in network.legs)
        return replace(network, legs=legs)
    points = tuple(_with_more(network, one, block, more) if one.id == block.where else one for one in network.points)
    return replace(network, points=points)


def _with_more(network: Network, point: Point, block: Block, more: int) -> Point:
    if block.code is BlockCode.BEDS:
        night = night_of(block.slot)
        beds = {one.day: one.beds for one in point.beds_by_day}.get(night, point.beds) or 0
        others = tuple(one for one in point.beds_by_day if one.day != night)
        return replace(point, beds_by_day=(*others, DayBeds(night, beds + more)))
    if block.code is BlockCode.HOLDING:
        return replace(point, holding=(point.holding or 0) + more)
    if block.code is BlockCode.THROUGHPUT:
        begins = moment_of(block.slot * 60 - network.utc_offset_minutes)
        same = [one for one in point.hours if begins <= one.hour < begins + _HOUR]
        heads = same[0].heads if same else point.throughput_per_hour or 0
        rest = tuple(one for one in point.hours if one not in same)
        return replace(point, hours=(*rest, HourCapacity(begins, heads + more)))
    return point


def _leg_of(network: Network, leg: LegId) -> Leg:
    found = next((one for one in network.legs if one.id == leg), None)
    if found is None:
        raise NotFoundError("The network has no such leg.", where=leg, advice="Look at the plan page's table.")
    return found


def _shifted(leg: Leg, by: timedelta) -> Leg:
    return replace(
        leg,
        departs=leg.departs + by,
        arrives=leg.arrives + by,
        passages=tuple(replace(one, at=one.at + by) for one in leg.passages),
        freezes_at=leg.freezes_at + by if leg.freezes_at else None,
    )
