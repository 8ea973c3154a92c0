"""People as flows over the network: a linear model that no plan can beat, and that foresees where whom to send.

Parties of one kind (what they may ride, where they go, what care they need) are counted in people; a point is a line
of moments along which people wait. So the model grows with the network and the kinds, not with the parties. It leaves
out what would cut people up again: that parties are whole, the longest number of legs, which of those who wait have
waited longest. Every plan is a solution of it, so its optimum is a bound.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.flow_model import FlowKind, FlowModel
from safepassage.core.movement.flow_points import add_point
from safepassage.core.movement.flow_rows import FlowRows
from safepassage.core.movement.kind_flow import KindFlow
from safepassage.core.movement.network import Network
from safepassage.core.movement.parties import EarliestStart, PartyClass, holds_clearance


def one_vehicle(network: Network) -> int:
    """What one vehicle more would bring: the seats of the median leg. No leg's column allows for more than that."""
    return int(np.median([leg.seats for leg in network.legs])) if network.legs else 0


def flow_model(draft: Draft, *, with_care: bool = False) -> FlowModel:
    """The model of the free parties over what the kept ones leave. `draft` must hold kept placements only.

    `with_care`: kinds are told apart by needs. Without, care is left out: a bound still, of a far smaller model.
    """
    builder = FlowRows(draft)
    kind_of, demand = _kinds(builder, with_care=with_care)
    leg_columns: dict[FlowKind, dict[LegId, int]] = {}
    window_columns: dict[FlowKind, dict[tuple[PointId, int], int]] = {}
    enter_columns: dict[FlowKind, dict[tuple[PointId, int], int]] = {}
    onward_columns: dict[FlowKind, dict[LegId, int]] = {}
    start_columns: dict[tuple[FlowKind, tuple[EarliestStart, ...], int], list[int]] = {}
    sources: dict[int, list[int]] = {tier: [] for tier in draft.tiers}
    people = dict.fromkeys(draft.tiers, 0)
    entering: defaultdict[FlowKind, dict[PointId, list[tuple[int, int]]]] = defaultdict(dict)
    for (kind, starts, tier), heads in demand.items():
        people[tier] += heads
        columns = [builder.rows.column(heads) for _ in starts]
        if len(columns) > 1:
            builder.rows.row(-np.inf, heads, [(column, 1.0) for column in columns])
        sources[tier] += columns
        start_columns[kind, starts, tier] = columns
        for (point, earliest), column in zip(starts, columns, strict=True):
            entering[kind].setdefault(point, []).append((earliest, column))
    for kind, enters in entering.items():
        flow = KindFlow(builder, kind, enters)
        _add_kind(flow)
        leg_columns[kind], window_columns[kind], enter_columns[kind] = flow.legs, flow.windows, flow.enters
        onward_columns[kind] = flow.onward
    builder.close()
    program = builder.rows.build()
    return FlowModel(
        program=program,
        tiers=draft.tiers,
        sources=sources,
        people=people,
        kind_of=kind_of,
        leg_columns=leg_columns,
        window_columns=window_columns,
        enter_columns=enter_columns,
        onward_columns=onward_columns,
        start_columns=start_columns,
        resource_rows=builder.resource_rows,
    )


def _kinds(
    builder: FlowRows, *, with_care: bool
) -> tuple[dict[int, FlowKind], dict[tuple[FlowKind, tuple[EarliestStart, ...], int], int]]:
    draft = builder.draft
    table = draft.timetable
    usable = [leg for leg in table.network.legs if leg.id not in table.unusable]
    reserved = {reserve.group for reserve in table.network.reserves}
    legs_of: dict[object, frozenset[LegId]] = {}
    kind_of: dict[int, FlowKind] = {}
    demand: defaultdict[tuple[FlowKind, tuple[EarliestStart, ...], int], int] = defaultdict(int)
    for one in draft.plannable:
        party = draft.classes[one.party]
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
                tuple(case.need for case in party.cases) if with_care else (),
                _band(party) if with_care else 0,
            )
            shares = builder.shares.setdefault(kind, {})
            for case in party.cases if with_care else ():
                share = case.cases / party.heads
                shares[case.need] = min(share, shares.get(case.need, share))
        if one.tier is not None:
            demand[kind, party.starts, one.tier] += one.heads
    return kind_of, demand


def _band(party: PartyClass) -> int:
    if not party.cases:
        return 0
    return 1 + (party.heads > 3) + (party.heads > 6)


def _add_kind(flow: KindFlow) -> None:
    """Adds everything of the kind to the program."""
    table = flow.builder.draft.timetable
    rides = sorted(flow.kind.legs & _reached(flow), key=lambda leg: (table.departs[leg], leg))
    usual = one_vehicle(table.network)
    leaving: defaultdict[PointId, list[LegId]] = defaultdict(list)
    coming: defaultdict[PointId, list[LegId]] = defaultdict(list)
    for leg_id in rides:
        leg = table.legs[leg_id]
        column = flow.legs[leg_id] = flow.builder.rows.column(float(leg.seats + usual))
        flow.builder.runs[leg_id].append(column)
        flow.builder.price(flow.kind, column, flow.builder.draft.finder.meter.ride(leg_id))
        leaving[leg.origin].append(leg_id)
        coming[leg.destination].append(leg_id)
    for point in table.network.points:
        if leaving[point.id] or coming[point.id] or point.id in flow.entering:
            add_point(flow, point, coming[point.id], leaving[point.id])


def _reached(flow: KindFlow) -> set[LegId]:
    """Legs that lie between a start of this kind and an end; times left aside."""
    table = flow.builder.draft.timetable
    reached = set(flow.entering)
    grows = True
    found: set[LegId] = set()
    while grows:
        grows = False
        for leg_id in flow.kind.legs - found:
            leg = table.legs[leg_id]
            if leg.origin in reached and (leg.destination in table.ends or leg.destination in table.leads_on):
                found.add(leg_id)
                grows = grows or leg.destination not in reached
                reached.add(leg.destination)
    return found
