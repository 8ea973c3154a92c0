"""A point in the flows: people come, are let through, wait, sleep, go on or are where they were to go."""

from __future__ import annotations

from safepassage.core.ids import LegId
from safepassage.core.movement.consumption import Consumption, Visit
from safepassage.core.movement.flow_gate import add_gate
from safepassage.core.movement.kind_flow import KindFlow
from safepassage.core.movement.network import Point, PointKind


def add_point(flow: KindFlow, point: Point, coming: list[LegId], leaving: list[LegId]) -> None:
    """Adds the columns and balances of one kind at a point, given the legs by which it may come and leave."""
    table = flow.builder.draft.timetable
    may_end = point.id in table.ends and (not flow.kind.destinations or point.id in flow.kind.destinations)
    arrivals = [(table.arrives[leg], _come(flow, point, leg, may_end, bool(leaving))) for leg in coming]
    if point.kind is PointKind.ACCESS_POINT:
        add_gate(flow, point, arrivals, leaving, may_end=may_end)
        return
    on = [(moment + point.processing_minutes, column) for moment, column in arrivals if column is not None]
    on += flow.entering.get(point.id, [])
    _price_arrivals(flow, point, coming, leaving)
    inventory = flow.line(on, [(table.report(leg), flow.legs[leg]) for leg in leaving])
    if leaving and point.id not in flow.entering:
        came = [(moment, column) for moment, column in arrivals if column is not None]
        flow.wait_on(point, came, leaving, inventory, point.processing_minutes)
    if point.holding is not None and point.kind is not PointKind.STAGING_BASE:
        _hold(flow, point, inventory, [(m, c) for m, c in arrivals if c is not None])
    if point.kind is PointKind.STAGING_BASE and coming:
        _sleep_on(flow, point, [(m, c) for m, c in arrivals if c is not None])


def _come(flow: KindFlow, point: Point, leg: LegId, may_end: bool, leads_on: bool) -> int | None:  # noqa: FBT001
    """The column of those who go on from a leg's arrival; None if all end there."""
    rows, column = flow.builder.rows, flow.legs[leg]
    if point.kind is PointKind.ACCESS_POINT:
        return column
    if may_end and not leads_on:
        _end(flow, point, leg, column)
        return None
    if not may_end:
        if not leads_on:
            rows.row(0.0, 0.0, [(column, 1.0)])
            return None
        return column
    on, ends = rows.column(rows.upper[column]), rows.column(rows.upper[column])
    rows.row(0.0, 0.0, [(column, 1.0), (on, -1.0), (ends, -1.0)])
    _end(flow, point, leg, ends)
    flow.onward[leg] = on
    return on


def _end(flow: KindFlow, point: Point, leg: LegId, column: int) -> None:
    """Those whose way ends here take beds for their stay, or the room of their arrival."""
    table, finder = flow.builder.draft.timetable, flow.builder.draft.finder
    arrives = table.arrives[leg]
    visit = Visit(point.id, arrives, finder.last_minute(point.id, arrives, None))
    flow.builder.price(flow.kind, column, finder.meter.visit(visit))


def _price_arrivals(flow: KindFlow, point: Point, coming: list[LegId], leaving: list[LegId]) -> None:
    """Throughput of those who go on; of who starts here, the room they take while boarding."""
    table, meter = flow.builder.draft.timetable, flow.builder.draft.finder.meter
    for leg in coming:
        column = flow.onward.get(leg, flow.legs[leg])
        resource = meter.through(point.id, table.slot(table.arrives[leg]))
        if resource is not None and (leg in flow.onward or not _ends_all(flow, point, leaving)):
            flow.builder.uses[resource].append((column, 1.0))
    if not coming and point.holding is not None:
        for leg in leaving:
            visit = Visit(point.id, table.report(leg), table.departs[leg], is_start=True)
            flow.builder.price(flow.kind, flow.legs[leg], meter.visit(visit))


def _ends_all(flow: KindFlow, point: Point, leaving: list[LegId]) -> bool:
    return point.id in flow.builder.draft.timetable.ends and not leaving


def _hold(flow: KindFlow, point: Point, inventory: list[tuple[int, int]], arrivals: list[tuple[int, int]]) -> None:
    """Heads in an hour: who is there as it begins, and who comes in it or is still being processed."""
    table = flow.builder.draft.timetable
    if not arrivals:
        return
    before: dict[int, int] = {}
    for moment, column in inventory:
        before[table.slot(moment)] = column
    slots = range(table.slot(min(m for m, _ in arrivals)), table.slot(inventory[-1][0]) + 1 if inventory else 0)
    there: int | None = None
    for slot in slots:
        if there is not None:
            flow.builder.price(flow.kind, there, _room(flow, point, slot))
        there = before.get(slot, there)
    for moment, column in arrivals if point.processing_minutes else ():
        for slot in range(table.slot(moment), table.slot(moment + point.processing_minutes - 1) + 1):
            flow.builder.price(flow.kind, column, _room(flow, point, slot))


def _room(flow: KindFlow, point: Point, slot: int) -> Consumption:
    """What waiting in an hour takes."""
    table, meter = flow.builder.draft.timetable, flow.builder.draft.finder.meter
    begins = table.slot_begins(slot)
    return _holding_only(meter.visit(Visit(point.id, begins, begins + 1)), meter.through(point.id, slot))


def _sleep_on(flow: KindFlow, point: Point, arrivals: list[tuple[int, int]]) -> None:
    """Those who go on take a bed for the night of their arrival at least."""
    table, meter = flow.builder.draft.timetable, flow.builder.draft.finder.meter
    for moment, column in arrivals:
        beds = _holding_only(
            meter.visit(Visit(point.id, moment, moment + 1)), meter.through(point.id, table.slot(moment))
        )
        flow.builder.price(flow.kind, column, beds)


def _holding_only(price: Consumption, through: int | None) -> Consumption:
    """A stay without being let through."""
    return Consumption(tuple(pair for pair in price.per_head if pair[0] != through), (), ())
