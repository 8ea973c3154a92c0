"""Counts laid out for the page: categories by stage as of a moment, declared beside seen; where time may stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.ledger.selectors import counts_as_of, event_times, state_now
from safepassage.apps.policy.unknown import UnknownCause, UnknownPeople, unknown_causes
from safepassage.core.ledger import UNKNOWN, CountRow, Stage
from safepassage.core.ledger.clock import from_milliseconds

MINUTE = 60_000
STEPS = 240
"""How finely the slider divides the operation's time."""
BINS = 96
"""Bars of the drawing of how much happened when."""


@dataclass(frozen=True, slots=True)
class Cell:
    """People, and those of them whom somebody has seen."""

    people: int
    seen: int

    @property
    def declared(self) -> int:
        """Those whom nobody has seen yet: their stage is what somebody stated or decided."""
        return self.people - self.seen


@dataclass(frozen=True, slots=True)
class CountTable:
    """One line for each category, one column for each stage at which anybody stands; lines and columns add up."""

    stages: tuple[Stage, ...]
    lines: tuple[tuple[str, tuple[Cell, ...], Cell], ...]
    sums: tuple[Cell, ...]
    total: Cell
    unknown: str = UNKNOWN


MENDED_AT = {
    UnknownCause.LIST_WITHDRAWN: "console:sources",
    UnknownCause.OFF_LIST: "console:sources",
    UnknownCause.UNCONFIRMED: "console:parties",
    UnknownCause.NOT_APPLIED: "console:policy",
    UnknownCause.SEAT_KEPT: "console:parties",
    UnknownCause.NOTHING_STATED: "console:sources",
    UnknownCause.FACT_MISSING: "console:parties",
}
"""The page on which each cause of a category that is unknown can be mended; what was erased stays so."""
_ASKED = {
    UnknownCause.UNCONFIRMED: "?flag=member-unconfirmed",
    UnknownCause.FACT_MISSING: "?outcome=unresolved",
    UnknownCause.SEAT_KEPT: "?outcome=to-be-asked",
}


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """One cause of a category that is unknown: how many, and where it is mended (a place, and what to ask it)."""

    told: UnknownPeople
    place: str
    asked: str


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Where the slider may stand (UTC milliseconds), and how much happened when (0 to 100 for each bin)."""

    begin: int
    end: int
    step: int
    at: int
    activity: tuple[tuple[int, int], ...]

    @property
    def moment(self) -> datetime:
        """Where it stands, aware UTC."""
        return from_milliseconds(self.at)

    @property
    def is_latest(self) -> bool:
        """Whether everything known is counted."""
        return self.at >= self.end


def time_span(asked: int | None) -> TimeSpan | None:
    """The span of all events with the moment asked for brought into it; None before anybody is known."""
    times = event_times()
    if not times or not state_now().people:
        return None
    begin, end = times[0] - times[0] % MINUTE, times[-1] + MINUTE - times[-1] % MINUTE
    step = max(MINUTE, round((end - begin) / STEPS / MINUTE) * MINUTE)
    end = begin + -(-(end - begin) // step) * step
    at = end if asked is None else min(max(asked, begin), end)
    return TimeSpan(begin, end, step, at, _activity(times, begin, end))


def neighbours(at: int) -> tuple[int | None, int | None]:
    """The minute of the event before, and of the one after, a moment: one press from change to change."""
    minutes = sorted({time + MINUTE - time % MINUTE for time in event_times()})
    place = bisect_right(minutes, at)
    before = [minute for minute in minutes[:place] if minute < at]
    return (before[-1] if before else None), (minutes[place] if place < len(minutes) else None)


def _activity(times: Sequence[int], begin: int, end: int) -> tuple[tuple[int, int], ...]:
    width = (end - begin) / BINS
    bins = [0] * BINS
    for time in times:
        bins[min(BINS - 1, int((time - begin) / width))] += 1
    most = max(bins)
    return tuple((number, max(6, round(100 * events / most))) for number, events in enumerate(bins) if events)


def count_table(span: TimeSpan) -> CountTable:
    """The counts as of the moment where the slider stands."""
    return lay_out(counts_as_of(None if span.is_latest else span.moment))


def unknown_lines(span: TimeSpan) -> tuple[UnknownLine, ...]:
    """Why people are unknown as of the moment where the slider stands; they add up to that line of the table."""
    causes = unknown_causes(None if span.is_latest else span.moment)
    return tuple(UnknownLine(one, MENDED_AT.get(one.cause, ""), _ASKED.get(one.cause, "")) for one in causes)


def lay_out(rows: Sequence[CountRow]) -> CountTable:
    """Count rows as a table."""
    stages = tuple(stage for stage in Stage if any(row.stage is stage and row.people for row in rows))
    by_category: dict[str, dict[Stage, Cell]] = defaultdict(dict)
    for row in rows:
        by_category[row.category][row.stage] = Cell(row.people, row.seen)
    nobody = Cell(0, 0)
    lines = []
    for category, cells in by_category.items():
        line = tuple(cells.get(stage, nobody) for stage in stages)
        lines.append((category, line, _sum(line)))
    sums = tuple(_sum([line[place] for _, line, _ in lines]) for place in range(len(stages)))
    return CountTable(stages, tuple(lines), sums, _sum(sums))


def _sum(cells: Sequence[Cell]) -> Cell:
    return Cell(sum(cell.people for cell in cells), sum(cell.seen for cell in cells))


def stage_options(table: CountTable, labels: Sequence[str], *, seen: str, declared: str) -> dict[str, object]:
    """Chart of the stages: people whom somebody has seen, and beside them those who are declared only."""

    def series(name: str, colour: str, data: list[int], border: str) -> dict[str, object]:
        style = {"color": colour, "borderColor": border, "borderWidth": 1}
        return {"name": name, "type": "bar", "stack": "people", "barMaxWidth": 22, "itemStyle": style, "data": data}

    return {
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True},
        "legend": {"top": 0},
        "tooltip": {"trigger": "axis"},
        "yAxis": {"type": "category", "inverse": True, "data": list(labels)},
        "xAxis": {"type": "value", "minInterval": 1},
        "series": [
            series(seen, "--accent", [cell.seen for cell in table.sums], "--accent"),
            series(declared, "--accent-soft", [cell.declared for cell in table.sums], "--accent"),
        ],
    }
