"""The guided plan: flows foresee where whom to send, and parties then take places in policy order.

Nobody of a later tier can stand in the way of an earlier one, since each party, when its turn comes, may take any
free way: one that the flows foresee if there is one, else any other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from safepassage.core.movement.draft import Draft
from safepassage.core.movement.exact import FlowSolution, FlowSolver
from safepassage.core.movement.flows import FlowKind, FlowModel, flow_model
from safepassage.core.movement.search import Quotas

SLACK = 1e-6
"""What the solver may leave undone."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Quotas by kind, and what no plan exceeds: people of tiers 1..j for each tier j that was proven."""

    model: FlowModel
    solution: FlowSolution | None
    prefix_bounds: dict[int, int]

    def quotas(self) -> dict[FlowKind, Quotas]:
        """Fresh quotas: what the flows send over each leg and window."""
        if self.solution is None:
            return {}
        values = self.solution.values
        return {
            kind: Quotas(
                defaultdict(float, {leg: values[column] for leg, column in legs.items() if values[column] > SLACK}),
                defaultdict(
                    float, {key: values[c] for key, c in self.model.window_columns[kind].items() if values[c] > SLACK}
                ),
            )
            for kind, legs in self.model.leg_columns.items()
        }


def guide_of(draft: Draft, *, time_limit_seconds: float) -> Guide:
    """The flows that get most people out, tiers 1..j together for each j, by chained prefixes.

    `draft` must hold kept placements only. The longest prefix that can go whole is looked for first among all but the
    last tier: with it, every earlier bound is proven too.
    """
    model = flow_model(draft)
    solver = FlowSolver(model.program)
    bounds: dict[int, int] = {}
    best: FlowSolution | None = None
    for index in _order(len(model.tiers)):
        tier = model.tiers[index]
        if tier in bounds:
            continue
        prefix = model.tiers[: index + 1]
        columns = np.array([column for one in prefix for column in model.sources[one]], dtype=np.int32)
        cost = np.zeros(len(model.program.upper))
        cost[columns] = 1.0
        found = solver.most(cost, max(0.5, time_limit_seconds - solver.seconds))
        if found is None:
            break
        best = found
        demanded = sum(model.people[one] for one in prefix)
        bounds[tier] = min(demanded, int(np.floor(found.bound + 0.01)))
        if float(found.values[columns].sum()) >= demanded - 0.5:
            solver.keep_at_least(columns, demanded)
            for one in prefix:
                bounds[one] = sum(model.people[t] for t in model.tiers if t <= one)
    return Guide(model, best, bounds)


def _order(tiers: int) -> list[int]:
    """Which prefixes to solve: all but the last, the earlier ones if that can't go whole, then everything."""
    return [tiers - 2, *range(tiers - 2), tiers - 1] if tiers > 1 else list(range(tiers))


def place_guided(draft: Draft, guide: Guide) -> None:
    """Places free parties in policy order: on a way that the flows foresee, if one is free, else on the first."""
    quotas = guide.quotas()
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
