"""People as flows over the network: a linear model that no plan can beat, and that foresees where whom to send.

Parties of one kind (what they may ride, where they go, what care they need) are counted in people; a point is a line
of moments along which people wait. So the model grows with the network and the kinds, not with the parties. It leaves
out what would cut people up again: that parties are whole, the longest number of legs, which of those who wait have
waited longest. Every plan is a solution of it, so its optimum is a bound.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.consumption import Consumption, Visit
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.flow_gate import add_gate
from safepassage.core.movement.linear import LinearProgram, ProgramBuilder
from safepassage.core.movement.network import Network, Point, PointKind
from safepassage.core.movement.parties import EarliestStart, PartyClass, holds_clearance
from safepassage.core.people import Need


@dataclass(frozen=True, slots=True)
class FlowKind:
    """What parties share that flow together: legs they may ride, ends, groups, needs."""

    legs: frozenset[LegId]
    destinations: tuple[PointId, ...]
    groups: tuple[str, ...]
    needs: tuple[Need, ...]
    size_band: int
    """Of parties with needs: small, middling or large, since care counts per case."""


@dataclass(slots=True)
class FlowModel:
    """The program and what its columns mean."""

    program: LinearProgram
    tiers: tuple[int, ...]
    sources: dict[int, list[int]]
    """By tier, the columns that count people who set out."""
    people: dict[int, int]
    """By tier, the people whom these columns could count."""
    kind_of: dict[int, FlowKind]
    """By the identity of a class (`Draft.classes`)."""
    leg_columns: dict[FlowKind, dict[LegId, int]]
    window_columns: dict[FlowKind, dict[tuple[PointId, int], int]]
    """By access point and hour, who came by a leg and is let through in the block of hours that holds it."""
    enter_columns: dict[FlowKind, dict[tuple[PointId, int], int]]
    """The same for who begins there."""
    resource_rows: dict[int, int]
    """By resource (`Capacities.resources`): its row. The last hour of a block of access hours stands for it."""


def one_vehicle(network: Network) -> int:
    """What one vehicle more would bring: the seats of the median leg. No leg's column allows for more than that."""
    return int(np.median([leg.seats for leg in network.legs])) if network.legs else 0


def flow_model(draft: Draft) -> FlowModel:
    """The model of the free parties over what the kept ones leave. `draft` must hold kept placements only."""
    return _Builder(draft).build()


@dataclass(slots=True)
class _Builder:
    draft: Draft
    with_care: bool = False
    """Whether kinds are told apart by needs. Without, care is left out: a bound still, of a far smaller model."""
    rows: ProgramBuilder = field(default_factory=ProgramBuilder)
    shares: dict[FlowKind, dict[Need, float]] = field(default_factory=dict)
    uses: defaultdict[int, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    """By resource: the columns that take of it."""
    through: defaultdict[tuple[PointId, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    most_through: dict[tuple[PointId, int], float] = field(default_factory=dict)
    """By access point and last hour of a block of hours: who is let through, and how many can be."""
    resource_rows: dict[int, int] = field(default_factory=dict)
    runs: defaultdict[LegId, list[int]] = field(default_factory=lambda: defaultdict(list))

    def build(self) -> FlowModel:
        kind_of, demand = self._kinds()
        leg_columns: dict[FlowKind, dict[LegId, int]] = {}
        window_columns: dict[FlowKind, dict[tuple[PointId, int], int]] = {}
        enter_columns: dict[FlowKind, dict[tuple[PointId, int], int]] = {}
        sources: dict[int, list[int]] = {tier: [] for tier in self.draft.tiers}
        people = dict.fromkeys(self.draft.tiers, 0)
        entering: defaultdict[FlowKind, dict[PointId, list[tuple[int, int]]]] = defaultdict(dict)
        for (kind, starts, tier), heads in demand.items():
            people[tier] += heads
            columns = [self.rows.column(heads) for _ in starts]
            if len(columns) > 1:
                self.rows.row(-np.inf, heads, [(column, 1.0) for column in columns])
            sources[tier] += columns
            for (point, earliest), column in zip(starts, columns, strict=True):
                entering[kind].setdefault(point, []).append((earliest, column))
        for kind, enters in entering.items():
            flow = KindFlow(self, kind, enters)
            flow.add()
            leg_columns[kind], window_columns[kind], enter_columns[kind] = flow.legs, flow.windows, flow.enters
        self._close()
        program = self.rows.build()
        return FlowModel(
            program=program,
            tiers=self.draft.tiers,
            sources=sources,
            people=people,
            kind_of=kind_of,
            leg_columns=leg_columns,
            window_columns=window_columns,
            enter_columns=enter_columns,
            resource_rows=self.resource_rows,
        )

    def _kinds(self) -> tuple[dict[int, FlowKind], dict[tuple[FlowKind, tuple[EarliestStart, ...], int], int]]:
        table = self.draft.timetable
        usable = [leg for leg in table.network.legs if leg.id not in table.unusable]
        reserved = {reserve.group for reserve in table.network.reserves}
        legs_of: dict[object, frozenset[LegId]] = {}
        kind_of: dict[int, FlowKind] = {}
        demand: defaultdict[tuple[FlowKind, tuple[EarliestStart, ...], int], int] = defaultdict(int)
        for one in self.draft.plannable:
            party = self.draft.classes[one.party]
            kind = kind_of.get(id(party))
            if kind is None:
                if party.clearances not in legs_of:
                    held = party.clearances
                    legs_of[held] = frozenset(
                        leg.id
                        for leg in usable
                        if all(any(holds_clearance(c, code, leg.departs) for c in held) for code in leg.requires)
                    )
                kind = kind_of[id(party)] = FlowKind(
                    legs_of[party.clearances],
                    party.destinations,
                    tuple(group for group in party.groups if group in reserved),
                    tuple(case.need for case in party.cases) if self.with_care else (),
                    _band(party) if self.with_care else 0,
                )
                shares = self.shares.setdefault(kind, {})
                for case in party.cases if self.with_care else ():
                    share = case.cases / party.heads
                    shares[case.need] = min(share, shares.get(case.need, share))
            if one.tier is not None:
                demand[kind, party.starts, one.tier] += one.heads
        return kind_of, demand

    def price(self, kind: FlowKind, column: int, price: Consumption) -> None:
        """Notes what one person in a column takes."""
        for resource, times in price.per_head:
            self.uses[resource].append((column, float(times)))
        for groups, resource, times in price.outside:
            if groups.isdisjoint(kind.groups):
                self.uses[resource].append((column, float(times)))
        shares = self.shares[kind]
        for need, resource in price.per_case:
            if need in shares:
                self.uses[resource].append((column, shares[need]))

    def _close(self) -> None:
        """The rows of everything that can run out."""
        capacities = self.draft.capacities
        for resource, terms in self.uses.items():
            most = float(max(0, capacities.free[resource]))
            self.resource_rows[resource] = self.rows.row(-np.inf, most, terms)
        for block, columns in self.through.items():
            if np.isfinite(self.most_through[block]):
                row = self.rows.row(-np.inf, self.most_through[block], [(column, 1.0) for column in columns])
                number = self.draft.finder.meter.through(*block)
                if number is not None:
                    self.resource_rows[number] = row
        vehicles: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for leg, limits in capacities.vehicle_limits.items():
            seats = self.draft.timetable.legs[leg].seats
            if seats and not capacities.aboard.get(leg):
                for resource in limits:
                    vehicles[resource] += [(column, 1.0 / seats) for column in self.runs[leg]]
        for resource, terms in vehicles.items():
            if terms:
                self.rows.row(-np.inf, float(max(0, capacities.free[resource])), terms)


def _band(party: PartyClass) -> int:
    if not party.cases:
        return 0
    return 1 + (party.heads > 3) + (party.heads > 6)


@dataclass(slots=True)
class KindFlow:
    """The flow of one kind: columns for its legs and windows, and balances at every point."""

    builder: _Builder
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

    def add(self) -> None:
        """Adds everything of the kind to the program."""
        table = self.builder.draft.timetable
        rides = sorted(self.kind.legs & self._reached(), key=lambda leg: (table.departs[leg], leg))
        usual = one_vehicle(table.network)
        leaving: defaultdict[PointId, list[LegId]] = defaultdict(list)
        coming: defaultdict[PointId, list[LegId]] = defaultdict(list)
        for leg_id in rides:
            leg = table.legs[leg_id]
            column = self.legs[leg_id] = self.builder.rows.column(float(leg.seats + usual))
            self.builder.runs[leg_id].append(column)
            self.builder.price(self.kind, column, self.builder.draft.finder.meter.ride(leg_id))
            leaving[leg.origin].append(leg_id)
            coming[leg.destination].append(leg_id)
        for point in table.network.points:
            if leaving[point.id] or coming[point.id] or point.id in self.entering:
                self._balance(point, coming[point.id], leaving[point.id])

    def _reached(self) -> set[LegId]:
        """Legs that lie between a start of this kind and an end; times left aside."""
        table = self.builder.draft.timetable
        reached = set(self.entering)
        grows = True
        found: set[LegId] = set()
        while grows:
            grows = False
            for leg_id in self.kind.legs - found:
                leg = table.legs[leg_id]
                if leg.origin in reached and (leg.destination in table.ends or leg.destination in table.leads_on):
                    found.add(leg_id)
                    grows = grows or leg.destination not in reached
                    reached.add(leg.destination)
        return found

    def _balance(self, point: Point, coming: list[LegId], leaving: list[LegId]) -> None:
        table = self.builder.draft.timetable
        may_end = point.id in table.ends and (not self.kind.destinations or point.id in self.kind.destinations)
        arrivals = [(table.arrives[leg], self._come(point, leg, may_end, bool(leaving))) for leg in coming]
        if point.kind is PointKind.ACCESS_POINT:
            add_gate(self, point, arrivals, leaving, may_end=may_end)
            return
        on = [(moment + point.processing_minutes, column) for moment, column in arrivals if column is not None]
        on += self.entering.get(point.id, [])
        self._price_arrivals(point, coming, leaving)
        inventory = self.line(on, [(table.report(leg), self.legs[leg]) for leg in leaving])
        if leaving and point.id not in self.entering:
            came = [(moment, column) for moment, column in arrivals if column is not None]
            self.wait_on(point, came, leaving, inventory, point.processing_minutes)
        if point.holding is not None and point.kind is not PointKind.STAGING_BASE:
            self._hold(point, inventory, [(m, c) for m, c in arrivals if c is not None])
        if point.kind is PointKind.STAGING_BASE and coming:
            self._sleep_on(point, [(m, c) for m, c in arrivals if c is not None])

    def _come(self, point: Point, leg: LegId, may_end: bool, leads_on: bool) -> int | None:  # noqa: FBT001
        """The column of those who go on from a leg's arrival; None if all end there."""
        rows, column = self.builder.rows, self.legs[leg]
        if point.kind is PointKind.ACCESS_POINT:
            return column
        if may_end and not leads_on:
            self._end(point, leg, column)
            return None
        if not may_end:
            if not leads_on:
                rows.row(0.0, 0.0, [(column, 1.0)])
                return None
            return column
        on, ends = rows.column(rows.upper[column]), rows.column(rows.upper[column])
        rows.row(0.0, 0.0, [(column, 1.0), (on, -1.0), (ends, -1.0)])
        self._end(point, leg, ends)
        self.onward[leg] = on
        return on

    def _end(self, point: Point, leg: LegId, column: int) -> None:
        """Those whose way ends here take beds for their stay, or the room of their arrival."""
        table, finder = self.builder.draft.timetable, self.builder.draft.finder
        arrives = table.arrives[leg]
        visit = Visit(point.id, arrives, finder.last_minute(point.id, arrives, None))
        self.builder.price(self.kind, column, finder.meter.visit(visit))

    def _price_arrivals(self, point: Point, coming: list[LegId], leaving: list[LegId]) -> None:
        """Throughput of those who go on; of who starts here, the room they take while boarding."""
        table, meter = self.builder.draft.timetable, self.builder.draft.finder.meter
        for leg in coming:
            column = self.onward.get(leg, self.legs[leg])
            resource = meter.through(point.id, table.slot(table.arrives[leg]))
            if resource is not None and (leg in self.onward or not self._ends_all(point, leaving)):
                self.builder.uses[resource].append((column, 1.0))
        if not coming and point.holding is not None:
            for leg in leaving:
                visit = Visit(point.id, table.report(leg), table.departs[leg], is_start=True)
                self.builder.price(self.kind, self.legs[leg], meter.visit(visit))

    def _ends_all(self, point: Point, leaving: list[LegId]) -> bool:
        return point.id in self.builder.draft.timetable.ends and not leaving

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

        `delay`: minutes from arrival until one is ready to go on, and so counted in the inventory.
        """
        table = self.builder.draft.timetable
        moments = sorted({moment for moment, _ in arrivals})
        departures = sorted((table.report(leg), table.departs[leg]) for leg in leaving)
        soonest = list(accumulate((departs for _, departs in reversed(departures)), min))[::-1]
        bitten: set[int] = set()
        for moment, column in inventory:
            follows = bisect_right(departures, (moment, 1 << 60))
            if follows == len(departures):
                continue
            since = soonest[follows] - point.max_wait_minutes
            expired = bisect_left(moments, since)
            if expired and expired not in bitten:
                bitten.add(expired)
                self.wait(column, arrivals, since, moment - delay + 1)

    def wait(self, column: int, arrivals: list[tuple[int, int]], since: int, until: int) -> None:
        """Who still waits came in [since, until)."""
        came = [(arrival, -1.0) for moment, arrival in arrivals if since <= moment < until]
        self.builder.rows.row(-np.inf, 0.0, [(column, 1.0), *came])

    def _hold(self, point: Point, inventory: list[tuple[int, int]], arrivals: list[tuple[int, int]]) -> None:
        """Heads in an hour: who is there as it begins, and who comes in it or is still being processed."""
        table = self.builder.draft.timetable
        if not arrivals:
            return
        before: dict[int, int] = {}
        for moment, column in inventory:
            before[table.slot(moment)] = column
        slots = range(table.slot(min(m for m, _ in arrivals)), table.slot(inventory[-1][0]) + 1 if inventory else 0)
        there: int | None = None
        for slot in slots:
            if there is not None:
                self.builder.price(self.kind, there, self._room(point, slot))
            there = before.get(slot, there)
        for moment, column in arrivals if point.processing_minutes else ():
            for slot in range(table.slot(moment), table.slot(moment + point.processing_minutes - 1) + 1):
                self.builder.price(self.kind, column, self._room(point, slot))

    def _room(self, point: Point, slot: int) -> Consumption:
        """What waiting in an hour takes."""
        table, meter = self.builder.draft.timetable, self.builder.draft.finder.meter
        begins = table.slot_begins(slot)
        return _holding_only(meter.visit(Visit(point.id, begins, begins + 1)), meter.through(point.id, slot))

    def _sleep_on(self, point: Point, arrivals: list[tuple[int, int]]) -> None:
        """Those who go on take a bed for the night of their arrival at least."""
        table, meter = self.builder.draft.timetable, self.builder.draft.finder.meter
        for moment, column in arrivals:
            beds = _holding_only(
                meter.visit(Visit(point.id, moment, moment + 1)), meter.through(point.id, table.slot(moment))
            )
            self.builder.price(self.kind, column, beds)


def _holding_only(price: Consumption, through: int | None) -> Consumption:
    """A stay without being let through."""
    return Consumption(tuple(pair for pair in price.per_head if pair[0] != through), (), ())
