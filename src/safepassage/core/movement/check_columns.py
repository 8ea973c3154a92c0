"""The judge's own reading of a network and a plan: columns of numbers, one line per leg, place, ride or stop.

Parties that are given one and the same place are judged together on what is the place's, and one by one on what is
theirs: a plan of tens of thousands has a few thousand places. Moments are whole microseconds since 1970 here, not the
planner's minutes: what lies between two minutes is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.network import Leg, Network, Point, PointKind, Window
from safepassage.core.movement.plan import Assignment

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Pair = tuple[Demand, Assignment]
SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND
NONE = -1
"""In a column of numbers of points or legs: there is none, or none that the network knows."""


def ints(values: Iterable[int]) -> Ints:
    """A column of numbers."""
    return np.array(values if isinstance(values, list) else list(values), np.int64)


def moments(values: Iterable[datetime]) -> Ints:
    """A column of moments, in microseconds since 1970."""
    seconds = np.array([moment.timestamp() for moment in values], np.float64)
    return np.rint(seconds * SECOND).astype(np.int64)


def moment(value: datetime) -> int:
    """One moment, as in a column."""
    return int(moments([value])[0])


@dataclass(frozen=True, slots=True)
class Ground:
    """A network by columns.

    Those that begin with `leg_` have a line per leg, with `point_` per point, with `passage_` per passage of a leg.
    """

    network: Network
    points: tuple[Point, ...]
    legs: tuple[Leg, ...]
    point_number: dict[PointId, int]
    leg_number: dict[LegId, int]
    offset: int
    leg_origin: Ints
    leg_destination: Ints
    leg_departs: Ints
    leg_arrives: Ints
    leg_report: Ints
    """Until when people have to be there for boarding."""
    point_is_access: Bools
    point_is_base: Bools
    point_processing: Ints
    point_max_wait: Ints
    point_stay: Ints
    passage_leg: Ints
    passage_point: Ints
    passage_at: Ints

    @classmethod
    def of(cls, network: Network) -> Ground:
        """The ground that a network is. A checkpoint that the network lacks is passed over."""
        points, legs = network.points, network.legs
        number = {point.id: index for index, point in enumerate(points)}
        passages = [
            (index, number[passage.point], passage.at)
            for index, leg in enumerate(legs)
            for passage in leg.passages
            if passage.point in number
        ]
        departs = moments([leg.departs for leg in legs])
        return cls(
            network=network,
            points=points,
            legs=legs,
            point_number=number,
            leg_number={leg.id: index for index, leg in enumerate(legs)},
            offset=network.utc_offset_minutes * MINUTE,
            leg_origin=ints([number.get(leg.origin, NONE) for leg in legs]),
            leg_destination=ints([number.get(leg.destination, NONE) for leg in legs]),
            leg_departs=departs,
            leg_arrives=moments([leg.arrives for leg in legs]),
            leg_report=departs - MINUTE * ints([leg.boarding_minutes for leg in legs]),
            point_is_access=np.array([point.kind is PointKind.ACCESS_POINT for point in points], np.bool_),
            point_is_base=np.array([point.kind is PointKind.STAGING_BASE for point in points], np.bool_),
            point_processing=MINUTE * ints([point.processing_minutes for point in points]),
            point_max_wait=MINUTE * ints([point.max_wait_minutes for point in points]),
            point_stay=HOUR * ints([point.stay_hours for point in points]),
            passage_leg=ints([leg for leg, _, _ in passages]),
            passage_point=ints([point for _, point, _ in passages]),
            passage_at=moments([at for _, _, at in passages]),
        )

    def hour(self, at: Ints) -> Ints:
        """The number of the hour, on the operation's clock, that holds a moment."""
        return (at + self.offset) // HOUR

    def day(self, at: Ints) -> Ints:
        """The number of the day, on the operation's clock, that holds a moment."""
        return (at + self.offset) // DAY


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a plan gives.

    `stop_` columns have a line per stop: the start and each leg's destination, in order, as far as the network knows
    the points; `ride_` columns a line per leg that a place rides.
    """

    pairs: Sequence[Pair]
    of_pair: Ints
    """By pair: the number of its place."""
    first: list[Assignment]
    """By place: the first assignment that has it; it says of the way what all of them say."""
    heads: Ints
    is_kept: Bools
    rides: Ints
    """By place: how many legs."""
    ride_place: Ints
    ride_leg: Ints
    has_window: Bools
    window_begins: Ints
    window_ends: Ints
    stop_place: Ints
    stop_point: Ints
    stop_arrives: Ints
    stop_leaves: Ints
    """By stop: the leg that it is left by, `NONE` where the way ends."""
    stop_is_start: Bools

    @classmethod
    def of(cls, ground: Ground, pairs: Sequence[Pair]) -> Places:
        """Parties by their place: where and when to be, legs, window, end and beds, kept or not. The legs exist."""
        of_pair, first = _numbered([assignment for _, assignment in pairs])
        number, legs = ground.point_number, ground.leg_number
        windows = [one.access_window or Window(one.report_at, one.report_at) for one in first]
        rides = ints([len(one.legs) for one in first])
        ride_leg = ints([legs[leg] for one in first for leg in one.legs])
        ride_place = np.repeat(np.arange(len(first)), rides)
        # One stop more than rides: each ride's end, behind the start of its place.
        starts = np.cumsum(rides + 1) - rides - 1
        total = int(rides.sum()) + len(first)
        is_start = np.zeros(total, np.bool_)
        is_start[starts] = True
        stop_point, stop_arrives, stop_leaves = (np.full(total, NONE, np.int64) for _ in range(3))
        stop_point[starts] = ints([number.get(one.start, NONE) for one in first])
        stop_arrives[starts] = moments([one.report_at for one in first])
        stop_point[~is_start] = ground.leg_destination[ride_leg]
        stop_arrives[~is_start] = ground.leg_arrives[ride_leg]
        stop_leaves[np.flatnonzero(~is_start) - 1] = ride_leg
        known = stop_point != NONE
        return cls(
            pairs=pairs,
            of_pair=of_pair,
            first=first,
            heads=np.bincount(of_pair, [d.heads for d, _ in pairs], len(first)).astype(np.int64),
            is_kept=np.array([one.is_kept for one in first], np.bool_),
            rides=rides,
            ride_place=ride_place,
            ride_leg=ride_leg,
            has_window=np.array([one.access_window is not None for one in first], np.bool_),
            window_begins=moments([window.begins for window in windows]),
            window_ends=moments([window.ends for window in windows]),
            stop_place=np.repeat(np.arange(len(first)), rides + 1)[known],
            stop_point=stop_point[known],
            stop_arrives=stop_arrives[known],
            stop_leaves=stop_leaves[known],
            stop_is_start=is_start[known],
        )


def _numbered(assignments: list[Assignment]) -> tuple[Ints, list[Assignment]]:
    """By assignment the number of its place, and by place the first assignment that has it."""
    beds: dict[int, int] = {}
    equal_beds: dict[object, int] = {}
    for one in assignments:
        # Beds are mostly one object for all who share a place; working out what equals what is slow.
        if id(one.stays) not in beds:
            beds[id(one.stays)] = equal_beds.setdefault(one.stays, len(equal_beds))
    known: dict[object, int] = {}
    first: list[Assignment] = []
    of_pair = []
    for one in assignments:
        window = one.access_window
        place = (
            *(one.legs, one.start, one.report_at, one.end, one.arrives, one.access_point, one.is_kept),
            *(beds[id(one.stays)], None if window is None else (window.begins, window.ends)),
        )
        number = known.get(place)
        if number is None:
            number = known[place] = len(first)
            first.append(one)
        of_pair.append(number)
    return ints(of_pair), first
