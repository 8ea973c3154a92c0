"""The flow of one kind of people: its columns, and the balances that hold at any point."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.flow_model import FlowKind
from safepassage.core.movement.flow_rows import FlowRows
from safepassage.core.movement.network import Point


@dataclass(slots=True)
class KindFlow:
    """The flow of one kind: columns for its legs and windows; `flow_points` and `flow_gate` balance them."""

    builder: FlowRows
    kind: FlowKind
    entering: dict[PointId, list[tuple[int, int]]]
    legs: dict[LegId, int] = field(default_factory=dict)
    windows: dict[tuple[PointId, int], int] = field(default_factory=dict)
    """By access point and hour: who came by a leg and is let through, with the other hours of the block."""
    enters: dict[tuple[PointId, int], int] = field(default_factory=dict)
    """The same for who begins there."""
    onward: dict[LegId, int] = field(default_factory=dict)
    """Of who arrives by a leg where the way may end: those who go on."""
    total: float | None = None

    def people(self) -> float:
        """Everyone of the kind; asked for at most once they all stand in `entering`."""
        if self.total is None:
            upper = self.builder.rows.upper
            self.total = float(sum(upper[column] for enters in self.entering.values() for _, column in enters))
        return self.total

    def line(self, coming: list[tuple[int, int]], leaving: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Balances along a line of moments; gives, by moment, the column of who is still there after it."""
        rows = self.builder.rows
        events: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for moment, column in coming:
            events[moment].append((column, 1.0))
        for moment, column in leaving:
            events[moment].append((column, -1.0))
        inventory: list[tuple[int, int]] = []
        moments = sorted(events)
        terms: list[tuple[int, float]] = []
        for index, moment in enumerate(moments):
            terms += events[moment]
            follows = events[moments[index + 1]] if index + 1 < len(moments) else []
            is_last = index + 1 == len(moments)
            only_comes = all(sign > 0 for _, sign in events[moment])
            if not is_last and only_comes and all(sign > 0 for _, sign in follows):
                continue
            if is_last:
                rows.row(0.0, 0.0, terms)
                break
            column = rows.column(self.people())
            rows.row(0.0, 0.0, [*terms, (column, -1.0)])
            inventory.append((moment, column))
            terms = [(column, 1.0)]
        return inventory

    def wait_on(
        self,
        point: Point,
        arrivals: list[tuple[int, int]],
        leaving: list[LegId],
        inventory: list[tuple[int, int]],
        delay: int,
    ) -> None:
        """Nobody is still there after longer than may be waited, told once for each moment at which that bites.

        It bites anew where more of those who have waited too long by then are ready, and so counted.
        `delay`: minutes from arrival until one is ready to go on, and so counted in the inventory.
        """
        table = self.builder.draft.timetable
        moments = sorted({moment for moment, _ in arrivals})
        departures = sorted((table.report(leg), table.departs[leg]) for leg in leaving)
        soonest = list(accumulate((departs for _, departs in reversed(departures)), min))[::-1]
        bitten: set[tuple[int, int]] = set()
        for moment, column in inventory:
            follows = bisect_right(departures, (moment, 1 << 60))
            if follows == len(departures):
                continue
            since = soonest[follows] - point.max_wait_minutes
            expired = bisect_left(moments, since)
            told = expired, min(expired, bisect_right(moments, moment - delay))
            if expired and told not in bitten:
                bitten.add(told)
                self.wait(column, arrivals, since, moment - delay + 1)

    def wait(self, column: int, arrivals: list[tuple[int, int]], since: int, until: int) -> None:
        """Who still waits came in [since, until)."""
        came = [(arrival, -1.0) for moment, arrival in arrivals if since <= moment < until]
        self.builder.rows.row(-np.inf, 0.0, [(column, 1.0), *came])
