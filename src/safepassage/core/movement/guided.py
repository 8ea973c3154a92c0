"""The guided plan: flows foresee where whom to send, and parties then take places in policy order.

Nobody of a later tier can stand in the way of an earlier one, since each party, when its turn comes, may take any
free way: one that the flows foresee if there is one, else any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from safepassage.core.ids import LegId
from safepassage.core.movement.draft import Draft, TierVector
from safepassage.core.movement.exact import FlowSolution, FlowSolver
from safepassage.core.movement.flows import FlowKind, FlowModel, flow_model
from safepassage.core.movement.linear import Ints
from safepassage.core.movement.search import Quotas

FULL_FROM = (0.0, 0.95)
"""Shares of its seats from which on a leg has quotas: first every leg, then only legs that the flows fill, since thin
quotas on a leg with room to spare fit nobody. Which of the two serves better depends on what is scarce."""
NEAR = 0.999
"""Of the bound: a plan that reaches it is not tried to be bettered."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Quotas by kind, and what no plan exceeds: people of tiers 1..j for each tier j that was proven."""

    model: FlowModel
    solution: FlowSolution | None
    prefix_bounds: dict[int, int]
    seats: dict[LegId, int]

    def quotas(self, full_from: float = 0.0) -> dict[FlowKind, Quotas]:
        """Fresh quotas: what the flows send over each leg and window."""
        if self.solution is None:
            return {}
        values = self.solution.values
        flows: defaultdict[LegId, float] = defaultdict(float)
        for legs in self.model.leg_columns.values():
            for leg, column in legs.items():
                flows[leg] += values[column]
        scarce = {leg for leg, heads in flows.items() if heads >= full_from * self.seats[leg]}
        return {
            kind: Quotas(
                defaultdict(float, {leg: values[c] if leg in scarce else np.inf for leg, c in legs.items()}),
                self.model.window_columns[kind],
                {column: float(values[column]) for column in self.model.window_columns[kind].values()},
            )
            for kind, legs in self.model.leg_columns.items()
        }


def guide_of(draft: Draft, *, reached: TierVector, time_limit_seconds: float) -> Guide:
    """The flows that get most people out, tiers 1..j together for each j, by chained prefixes.

    `draft` must hold kept placements only; `reached` is a known plan's people by tier, kept ones left aside. A prefix
    that goes whole in it needs no proof. Of the rest, the longest prefix but one is looked for first: if it can go
    whole, every earlier bound is proven too.
    """
    model = flow_model(draft)
    solver = FlowSolver(model.program)
    demanded = list(accumulate(model.people[tier] for tier in model.tiers))
    bounds: dict[int, int] = {}
    best: FlowSolution | None = None
    for most, got, tier in zip(demanded, accumulate(reached), model.tiers, strict=True):
        if most != got:
            break
        bounds[tier] = most
    if 0 < len(bounds) < len(model.tiers):
        solver.keep_at_least(_sources(model, len(bounds) - 1), demanded[len(bounds) - 1])
    for index in _order(len(model.tiers)):
        if model.tiers[index] in bounds:
            continue
        columns = _sources(model, index)
        cost = np.zeros(len(model.program.upper))
        cost[columns] = 1.0
        found = solver.most(cost, max(0.5, time_limit_seconds - solver.seconds))
        if found is None:
            break
        best = found
        bounds[model.tiers[index]] = min(demanded[index], int(np.floor(found.bound + 0.01)))
        if float(found.values[columns].sum()) >= demanded[index] - 0.5:
            solver.keep_at_least(columns, demanded[index])
            bounds |= dict(zip(model.tiers[:index], demanded[:index], strict=True))
    return Guide(model, best, bounds, {leg.id: leg.seats for leg in draft.timetable.network.legs})


def _sources(model: FlowModel, index: int) -> Ints:
    """The columns that count people of the tiers up to this one."""
    return np.array([column for tier in model.tiers[: index + 1] for column in model.sources[tier]], dtype=np.int32)


def _order(tiers: int) -> list[int]:
    """Which prefixes to solve: all but the last, the earlier ones if that can't go whole, then everything."""
    return [tiers - 2, *range(tiers - 2), tiers - 1] if tiers > 1 else list(range(tiers))


def place_guided(draft: Draft, guide: Guide, full_from: float = 0.0) -> None:
    """Places free parties in policy order: on a way that the flows foresee, if one is free, else on the first."""
    quotas = guide.quotas(full_from)
    search = draft.chooser.search
    draft.chooser.reset()
    for demand in draft.plannable:
        if demand.party in draft.placed:
            continue
        party = draft.classes[demand.party]
        mine = quotas.get(guide.model.kind_of[id(party)])
        found = search.first_free(party, mine) if mine is not None else None
        found = found or search.first_free(party)
        if found is None:
            continue
        draft.place(demand.party, found)
        if mine is not None:
            way = found.way
            mine.take(way, draft.timetable.slot(way.window[0]) if way.window else None, party.heads)
