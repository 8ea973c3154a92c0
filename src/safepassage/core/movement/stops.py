"""Stops on a way, and the steps from one to the next: what parties that stand at one place at one time share.

A step is worked out once for all who take it, wherever they came from: when they are there, and what it takes of each
head, each case and each head outside a reserve. Every rule of a way but capacity is held here or by who goes (no
point twice, the longest number of legs).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.consumption import Consumption, Visit
from safepassage.core.movement.network import PointKind
from safepassage.core.movement.ways import WayFinder

Access = tuple[PointId, int, int]
"""An access point, and the window in which one is let through."""


@dataclass(slots=True, eq=False)
class Stop:
    """A place where parties are since `arrives` and can board again from `ready` on.

    `slot` is the hour of the access window, `paid` the throughput resource that was taken on coming (None: none).
    """

    point: PointId
    arrives: int
    ready: int
    is_start: bool = False
    slot: int | None = None
    access: Access | None = None
    paid: int | None = None
    steps: dict[object, Step | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the stop that it leads to (None: the way is done), what it takes, the visits that it completes."""

    to: Stop | None
    takes: Consumption
    legs: tuple[LegId, ...] = ()
    visits: tuple[Visit, ...] = ()


class Steps:
    """Works out steps."""

    def __init__(self, finder: WayFinder) -> None:
        self._finder = finder
        self._stops: dict[tuple[PointId, int, bool], Stop] = {}

    def start(self, point: PointId, earliest: int) -> Stop:
        """Where a party sets out."""
        return self._stops.setdefault((point, earliest, True), Stop(point, earliest, earliest, is_start=True))

    def board(self, stop: Stop, leg: LegId, *, is_last: bool) -> Step | None:
        """Leaving by a leg; `is_last`: the movement ends where it arrives. None if the rules forbid it."""
        key = (leg, is_last)
        if key not in stop.steps:
            stop.steps[key] = self._board(stop, leg, is_last=is_last)
        return stop.steps[key]

    def enter(self, stop: Stop, slot: int) -> Step | None:
        """Being let through at an access point in an hour. None if the rules forbid it."""
        if slot not in stop.steps:
            stop.steps[slot] = self._enter(stop, slot)
        return stop.steps[slot]

    def stay(self, stop: Stop) -> Step | None:
        """Going no further. None if a movement may not end there."""
        if stop.is_start or stop.point not in self._finder.timetable.ends:
            return None
        leaves = self._finder.last_minute(stop.point, stop.arrives, stop.access)
        takes, visit = self._leave(stop, stop.arrives, leaves)
        return Step(None, takes, (), (visit,))

    def _board(self, stop: Stop, leg_id: LegId, *, is_last: bool) -> Step | None:
        table, meter = self._finder.timetable, self._finder.meter
        leg, departs, arrives = table.legs[leg_id], table.departs[leg_id], table.arrives[leg_id]
        waits = not (stop.is_start and stop.slot is None)
        if stop.ready > table.report(leg_id) or (
            waits and departs - stop.arrives > table.points[stop.point].max_wait_minutes
        ):
            return None
        stay, visit = self._leave(stop, stop.arrives if waits else table.report(leg_id), departs)
        pieces = [meter.ride(leg_id), stay]
        point = table.points[leg.destination]
        key = (point.id, arrives, False)
        to = self._stops.get(key)
        if to is None:
            to = self._stops[key] = Stop(point.id, arrives, arrives)
            if point.kind is not PointKind.ACCESS_POINT:
                to.ready = arrives + point.processing_minutes
                to.paid = meter.through(point.id, table.slot(arrives))
        if to.paid is not None:
            pieces.append(Consumption(((to.paid, 1),), (), ()))
        if not is_last:
            return Step(to, _sum(pieces), (leg_id,), (visit,))
        end, last = self._leave(to, arrives, self._finder.last_minute(point.id, arrives, None))
        return Step(None, _sum([*pieces, end]), (leg_id,), (visit, last))

    def _enter(self, stop: Stop, slot: int) -> Step | None:
        table = self._finder.timetable
        point = table.points[stop.point]
        begins, ends = table.slot_begins(slot), table.slot_begins(slot + 1)
        if not stop.is_start:
            begins = max(begins, stop.arrives)
        if (
            not stop.arrives <= begins < ends
            or not table.spans[point.id].hold(begins, ends)
            or not (stop.is_start or begins <= stop.arrives + point.max_wait_minutes)
        ):
            return None
        arrives = begins if stop.is_start else stop.arrives
        paid = self._finder.meter.through(point.id, slot)
        ready, access = ends + point.processing_minutes, (point.id, begins, ends)
        to = Stop(point.id, arrives, ready, stop.is_start, slot, access, paid)
        return Step(to, Consumption(((paid, 1),) if paid is not None else (), (), ()))

    def _leave(self, stop: Stop, since: int, leaves: int) -> tuple[Consumption, Visit]:
        """What the stay takes beyond what was taken on coming, if it ends then."""
        visit = Visit(stop.point, since, leaves, stop.slot, is_start=stop.is_start)
        price = self._finder.meter.visit(visit)
        if stop.paid is None:
            return price, visit
        pairs = [(resource, times - (resource == stop.paid)) for resource, times in price.per_head]
        return Consumption(tuple([pair for pair in pairs if pair[1]]), price.per_case, ()), visit


def _sum(pieces: list[Consumption]) -> Consumption:
    """What some pieces of a way take together."""
    heads: dict[int, int] = {}
    for piece in pieces:
        for resource, times in piece.per_head:
            heads[resource] = heads.get(resource, 0) + times
    return Consumption(
        tuple(heads.items()),
        tuple([case for piece in pieces for case in piece.per_case]),
        tuple([one for piece in pieces for one in piece.outside]),
    )
