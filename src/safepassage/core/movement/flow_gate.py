"""An access point in the flows: people wait, are let through in an hour, and go on after it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from safepassage.core.ids import LegId
from safepassage.core.movement.kind_flow import KindFlow
from safepassage.core.movement.network import Point

QUIET_HOURS = 4
"""Hours in which nobody comes to an access point, after which its queue is taken to be gone."""

Moments = list[tuple[int, int]]
"""Minutes (or hours) and columns."""


def add_gate(
    flow: KindFlow, point: Point, arrivals: list[tuple[int, int | None]], leaving: list[LegId], *, may_end: bool
) -> None:
    """Adds the columns and balances of one kind at an access point.

    Those who begin there and those who come by a leg stand in lines of their own: the first wait at home, as long as
    they like; the others wait at the point, and no longer than is allowed.
    """
    table, rows = flow.builder.draft.timetable, flow.builder.rows
    came = [(moment, column) for moment, column in arrivals if column is not None]
    enters = flow.entering.get(point.id, [])
    at_home = [(table.slot(earliest - 1) + 1, column) for earliest, column in enters]
    slots = [table.slot(moment) for moment, _ in came] + [slot for slot, _ in at_home]
    if not slots:
        return
    last = max(table.slot(table.departs[leg]) for leg in leaving) if leaving else max(slots)
    if may_end and not leaving:
        last += point.max_wait_minutes // 60 + 1
    blocks = _blocks(flow, point, range(min(slots), last + 1), came, leaving, is_fine=may_end)
    through = [(some[-1], _block(flow, point, some)) for some in blocks]
    last_of = {slot: some[-1] for some in blocks for slot in some}
    homes, ways = _parts(flow, through, bool(at_home), bool(came))
    for slot, last_slot in last_of.items():
        if homes:
            flow.enters[point.id, slot] = dict(homes)[last_slot]
        if ways:
            flow.windows[point.id, slot] = dict(ways)[last_slot]
    if at_home:
        flow.line([(last_of.get(slot, slot), column) for slot, column in at_home], homes)
    if came:
        inventory = flow.line([(last_of.get(table.slot(m), table.slot(m)), column) for m, column in came], ways)
        _limit_wait(flow, point, came, leaving, inventory, ways)
    ready = [(table.slot_begins(slot + 1) + point.processing_minutes, column) for slot, column in through]
    gone = [(table.report(leg), flow.legs[leg]) for leg in leaving]
    if may_end:
        gone += [(moment, rows.column(flow.people())) for moment, _ in ready]
    still = flow.line(ready, gone)
    if leaving and not may_end:
        begun = [(_latest(flow, slot, came), column) for slot, column in through]
        flow.wait_on(point, begun, leaving, still, 1 + point.processing_minutes)


def _latest(flow: KindFlow, slot: int, came: Moments) -> int:
    """The latest moment at which somebody let through in an hour may have come: their wait begins then.

    Who begins there comes as the hour begins; who comes by a leg comes with it, be it in the middle of the hour.
    """
    table = flow.builder.draft.timetable
    ends = table.slot_begins(slot + 1)
    return max((table.slot_begins(slot), *(moment for moment, _ in came if moment < ends)))


def _blocks(
    flow: KindFlow, point: Point, slots: range, came: Moments, leaving: list[LegId], *, is_fine: bool
) -> list[list[int]]:
    """Hours in which the point is open; those after which the same legs leave count as one where that is fair."""
    table = flow.builder.draft.timetable
    reports = sorted(table.report(leg) - point.processing_minutes for leg in leaving)
    came_in = {table.slot(moment) for moment, _ in came}
    blocks: list[list[int]] = []
    before: tuple[int, int] | None = None
    for slot in slots:
        ends = table.slot_begins(slot + 1)
        if not table.spans[point.id].hold(ends - 1, ends):
            continue
        serves = bisect_left(reports, ends)
        if is_fine or before != (slot - 1, serves) or _is_first_in_a_while(slot, came_in):
            blocks.append([])
        blocks[-1].append(slot)
        before = slot, serves
    return blocks


def _is_first_in_a_while(slot: int, came_in: set[int]) -> bool:
    """Whether people come in this hour or the one before, and nobody came in some hours before that.

    Then what was let through before they came is not theirs to use, and the hours are not to be counted as one.
    """
    for at in (slot, slot - 1):
        if at in came_in and not any(earlier in came_in for earlier in range(at - QUIET_HOURS, at)):
            return True
    return False


def _block(flow: KindFlow, point: Point, slots: list[int]) -> int:
    """The column of who is let through in some hours that follow each other."""
    column = flow.builder.rows.column(flow.people())
    flow.builder.through.setdefault((point.id, slots[0], slots[-1]), []).append(column)
    return column


def _parts(flow: KindFlow, through: Moments, has_home: bool, has_came: bool) -> tuple[Moments, Moments]:  # noqa: FBT001
    """Of who is let through: those who begin here, and those who came by a leg."""
    if not (has_home and has_came):
        return (through, []) if has_home else ([], through)
    rows = flow.builder.rows
    homes = [(slot, rows.column(rows.upper[column])) for slot, column in through]
    ways = [(slot, rows.column(rows.upper[column])) for slot, column in through]
    for (_, column), (_, home), (_, way) in zip(through, homes, ways, strict=True):
        rows.row(0.0, 0.0, [(column, 1.0), (home, -1.0), (way, -1.0)])
    return homes, ways


def _limit_wait(  # noqa: PLR0917
    flow: KindFlow, point: Point, came: Moments, leaving: list[LegId], inventory: Moments, ways: Moments
) -> None:
    """Who still waits after a block came no longer ago than may be waited for the next leg."""
    table = flow.builder.draft.timetable
    departures = [(table.report(leg) - point.processing_minutes, table.departs[leg]) for leg in leaving]
    follows = dict(pairwise(sorted(slot for slot, _ in ways)))
    for slot, column in inventory:
        if slot in follows:
            ends = table.slot_begins(follows[slot] + 1)
            first = min((departs for report, departs in departures if report >= ends), default=None)
            if first is not None:
                flow.wait(column, came, first - point.max_wait_minutes, table.slot_begins(slot + 1))
