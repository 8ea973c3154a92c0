"""The judge on ways: do they connect, are they open, have they windows and beds.

A rule looks at all stops, rides or places at once and names the places that break it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import numpy as np

from safepassage.core.ids import PointId
from safepassage.core.movement.check_columns import MINUTE, NONE, Bools, Ground, Ints, Places, ints, moment, moments
from safepassage.core.movement.faults import FaultCode
from safepassage.core.movement.network import Window

Found = tuple[FaultCode, str]
"""A fault and what it says of whom it is."""
Finding = tuple[int, FaultCode, str]
"""The same, with the number of the place."""


def way_faults(ground: Ground, places: Places, now: datetime) -> dict[int, list[Found]]:
    """By the number of a place: everything wrong with its way, capacities left aside."""
    found: defaultdict[int, list[Found]] = defaultdict(list)
    if not len(places.stop_place):
        nowhere = (FaultCode.BROKEN_WAY, "the network knows no point of its way")
        return {place: [nowhere] for place in range(len(places.first))}
    findings = [*_connection_faults(ground, places), *_end_faults(ground, places), *_window_faults(ground, places)]
    findings += [*_open_faults(ground, places, now), *_bed_faults(ground, places)]
    for place, code, text in findings:
        found[place].append((code, text))
    return found


def _connection_faults(ground: Ground, places: Places) -> Iterator[Finding]:
    place, point, leg = places.stop_place, places.stop_point, places.stop_leaves
    order = np.lexsort((point, place))
    again = (np.diff(place[order]) == 0) & (np.diff(point[order]) == 0)
    for stop in np.sort(order[1:][again]).tolist():
        yield int(place[stop]), FaultCode.BROKEN_WAY, f"it comes to {_point(ground, places, stop)} twice"
    goes_on = leg != NONE
    for stop in np.flatnonzero(goes_on & (ground.leg_origin[leg] != point)).tolist():
        text = f"{_leg(ground, places, stop)} does not start at {_point(ground, places, stop)}"
        yield int(place[stop]), FaultCode.BROKEN_WAY, text
    is_access = ground.point_is_access[point]
    passes = ~places.stop_is_start | is_access
    """Whoever comes by a leg or is let in has to be processed and may not wait too long."""
    free_from = np.where(is_access & places.has_window[place], places.window_ends[place], places.stop_arrives)
    free_from = free_from + np.where(passes, ground.point_processing[point], 0)
    for stop in np.flatnonzero(goes_on & (free_from > ground.leg_report[leg])).tolist():
        text = f"it can't be ready at {_point(ground, places, stop)} for {_leg(ground, places, stop)}"
        yield int(place[stop]), FaultCode.BROKEN_WAY, text
    waits = ground.leg_departs[leg] - places.stop_arrives
    for stop in np.flatnonzero(goes_on & passes & (waits > ground.point_max_wait[point])).tolist():
        text = f"it waits at {_point(ground, places, stop)} longer than allowed"
        yield int(place[stop]), FaultCode.WAIT, text


def _point(ground: Ground, places: Places, stop: int) -> str:
    return ground.points[int(places.stop_point[stop])].id


def _leg(ground: Ground, places: Places, stop: int) -> str:
    return ground.legs[int(places.stop_leaves[stop])].id


def _end_faults(ground: Ground, places: Places) -> Iterator[Finding]:
    count = len(places.first)
    last = np.zeros(count, np.int64)
    last[places.stop_place] = np.arange(len(places.stop_place))
    end = ints([ground.point_number.get(one.end, NONE) for one in places.first])
    is_whole = np.bincount(places.stop_place, minlength=count) == places.rides + 1
    is_there = places.stop_point[last] == end
    is_then = places.stop_arrives[last] == moments([one.arrives for one in places.first])
    for place in np.flatnonzero(~(is_whole & is_there & is_then)).tolist():
        yield place, FaultCode.BROKEN_WAY, "its end is not where and when its last leg arrives"
    ends = frozenset(ground.network.ending_points)
    for place, one in enumerate(places.first):
        if one.end not in ends:
            yield place, FaultCode.BROKEN_WAY, f"no movement may end at {one.end}"
    for place in np.flatnonzero(places.rides > ground.network.max_legs).tolist():
        yield place, FaultCode.BROKEN_WAY, "it has more legs than a party may travel"


def _window_faults(ground: Ground, places: Places) -> Iterator[Finding]:
    count = len(places.first)
    passed = np.flatnonzero(ground.point_is_access[places.stop_point])
    times = np.bincount(places.stop_place[passed], minlength=count)
    stop = np.zeros(count, np.int64)
    stop[places.stop_place[passed]] = passed
    point = places.stop_point[stop]
    stated = ints([ground.point_number.get(one.access_point or PointId(""), NONE) for one in places.first])
    names_point = np.array([one.access_point is not None for one in places.first], np.bool_)
    for place in np.flatnonzero(times > 1).tolist():
        yield place, FaultCode.WINDOW, "it passes two access points"
    for place in np.flatnonzero((times == 0) & (places.has_window | names_point)).tolist():
        yield place, FaultCode.WINDOW, "it has a window and passes no access point"
    is_stated = places.has_window & (stated == point)
    for place in np.flatnonzero((times == 1) & ~is_stated).tolist():
        yield place, FaultCode.WINDOW, f"it has no window at {ground.points[point[place]].id}"
    is_let_in = (times == 1) & is_stated
    begins, ends, arrives = places.window_begins, places.window_ends, places.stop_arrives[stop]
    in_one_hour = (ground.hour(begins) == ground.hour(ends - MINUTE)) & (ends > begins)
    for place in np.flatnonzero(is_let_in & ~in_one_hour).tolist():
        yield place, FaultCode.WINDOW, "its window is not inside one hour"
    follows = (begins >= arrives) & (begins - arrives <= ground.point_max_wait[point])
    for place in np.flatnonzero(is_let_in & ~follows).tolist():
        text = f"its window does not follow its arrival at {ground.points[point[place]].id}"
        yield place, FaultCode.WINDOW, text
    for place in np.flatnonzero(is_let_in & ~_is_open(ground, point, begins, ends)).tolist():
        yield place, FaultCode.CLOSED, f"{ground.points[point[place]].id} is not open over its window"


def _is_open(ground: Ground, point: Ints, begins: Ints, ends: Ints) -> Bools:
    """By line: whether a point is open over the whole of a span."""
    is_open = np.ones(len(point), np.bool_)
    for number, place in enumerate(ground.points):
        if not place.opens and not place.closures:
            continue
        lines = np.flatnonzero(point == number)
        first, last = begins[lines], ends[lines]
        inside = np.full(len(lines), not place.opens)
        for window in place.opens:
            inside |= (moment(window.begins) <= first) & (last <= moment(window.ends))
        for window in place.closures:
            inside &= ~_meets(window, first, last)
        is_open[lines] = inside
    return is_open


def _meets(window: Window, begins: Ints, ends: Ints) -> Bools:
    """By line: whether a span and a window share a moment."""
    meets: Bools = (moment(window.begins) < ends) & (begins < moment(window.ends))
    return meets


def _open_faults(ground: Ground, places: Places, now: datetime) -> Iterator[Finding]:
    shut = _shut_legs(ground)
    freezes = {n for n, leg in enumerate(ground.legs) if leg.freezes_at is not None and leg.freezes_at <= now}
    concerned = ints(sorted(freezes | set(shut)))
    for ride in np.flatnonzero(np.isin(places.ride_leg, concerned)).tolist():
        place, leg = int(places.ride_place[ride]), int(places.ride_leg[ride])
        for code, text in shut.get(leg, ()):
            yield place, code, text
        if leg in freezes and not places.is_kept[place]:
            yield place, FaultCode.FROZEN, f"{ground.legs[leg].id} was frozen before this plan was made"


def _shut_legs(ground: Ground) -> dict[int, list[Found]]:
    """By leg: points that are closed when it is there, and curfews in which it is under way."""
    shut: defaultdict[int, list[Found]] = defaultdict(list)
    numbers = np.arange(len(ground.legs))
    leg = np.concatenate((numbers, numbers, ground.passage_leg))
    point = np.concatenate((ground.leg_origin, ground.leg_destination, ground.passage_point))
    at = np.concatenate((ground.leg_departs, ground.leg_arrives, ground.passage_at))
    for visit in np.flatnonzero(~_is_open(ground, point, at, at + MINUTE)).tolist():
        name = ground.legs[leg[visit]].id
        text = f"{ground.points[point[visit]].id} is closed when {name} is there"
        shut[int(leg[visit])].append((FaultCode.CLOSED, text))
    on_land = np.array([one.mode.is_on_land for one in ground.legs], np.bool_)
    for curfew in ground.network.curfews:
        held = on_land & _meets(curfew.window, ground.leg_departs, ground.leg_arrives)
        if curfew.points:
            where = ints([ground.point_number[name] for name in curfew.points if name in ground.point_number])
            held &= np.isin(numbers, leg[np.isin(point, where)])
        for number in np.flatnonzero(held).tolist():
            shut[number].append((FaultCode.CURFEW, f"{ground.legs[number].id} is under way in a curfew"))
    return shut


def _bed_faults(ground: Ground, places: Places) -> Iterator[Finding]:
    count = len(places.first)
    stop = np.flatnonzero(ground.point_is_base[places.stop_point] & ~places.stop_is_start)
    due = (places.stop_place[stop], places.stop_point[stop], places.stop_arrives[stop], leaving(ground, places)[stop])
    stays = [(place, stay) for place, one in enumerate(places.first) for stay in one.stays]
    stated = (
        ints([place for place, _ in stays]),
        ints([ground.point_number.get(stay.point, NONE) for _, stay in stays]),
        moments([stay.arrives for _, stay in stays]),
        moments([stay.leaves for _, stay in stays]),
    )
    wrong = np.bincount(due[0], minlength=count) != np.bincount(stated[0], minlength=count)
    one, other = ([column[~wrong[beds[0]]] for column in beds] for beds in (due, stated))
    differs = np.logical_or.reduce([mine != theirs for mine, theirs in zip(one, other, strict=True)])
    wrong[one[0][differs]] = True
    for place in np.flatnonzero(wrong).tolist():
        yield place, FaultCode.BED_MISSING, "its beds are not those of the staging bases on its way"


def leaving(ground: Ground, places: Places) -> Ints:
    """By stop: when it is left; where the way ends, when a stay at a base would be over."""
    goes_on = places.stop_leaves != NONE
    stays = places.stop_arrives + ground.point_stay[places.stop_point]
    return np.where(goes_on, ground.leg_departs[places.stop_leaves], stays)
