"""The guided plan: flows foresee where whom to send, and parties then take places in policy order.

Nobody of a later tier stands in the way of an earlier one: who is left without a place takes that of a later party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

import numpy as np

from safepassage.core.movement.bulk import place_in_bulk, settle, shift_for_others
from safepassage.core.movement.coarse import coarse_draft
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft, TierVector, new_draft
from safepassage.core.movement.evict import make_room
from safepassage.core.movement.exact import FlowSolution, FlowSolver
from safepassage.core.movement.flow_model import FlowModel
from safepassage.core.movement.flows import flow_model
from safepassage.core.movement.follow import Follower
from safepassage.core.movement.keep import keep_promises
from safepassage.core.movement.linear import Ints
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Plan

MAX_LEGS_FOLLOWED = 12_000
"""Of a network with more legs than this, vehicles of an hour are counted as one: a bound comes out, and no guide."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Flows by kind, and what no plan exceeds: people of tiers 1..j for each tier j that was proven.

    `solution` is None where there are no flows to follow.
    """

    model: FlowModel
    solution: FlowSolution | None
    prefix_bounds: dict[int, int]


def guide_of(draft: Draft, *, reached: TierVector, time_limit_seconds: float) -> Guide:
    """The flows that get most people out, tiers 1..j together for each j, by chained prefixes.

    `draft` must hold kept placements only; `reached` is a known plan's people by tier, kept ones left aside. A prefix
    that goes whole in it needs no proof. Of the rest, the longest prefix but one is looked for first: if it can go
    whole, every earlier bound is proven too.
    """
    model, is_followed = _model_of(draft)
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
    return Guide(model, best if is_followed else None, bounds)


def _model_of(draft: Draft) -> tuple[FlowModel, bool]:
    """The flows of a draft, over its own legs if these are few enough, and whether they are."""
    is_followed = len(draft.timetable.legs) <= MAX_LEGS_FOLLOWED
    return flow_model(draft if is_followed else coarse_draft(draft)), is_followed


def _sources(model: FlowModel, index: int) -> Ints:
    """The columns that count people of the tiers up to this one."""
    return np.array([column for tier in model.tiers[: index + 1] for column in model.sources[tier]], dtype=np.int32)


def _order(tiers: int) -> list[int]:
    """Which prefixes to solve: all but the last, the earlier ones if that can't go whole, then everything."""
    return [tiers - 2, *range(tiers - 2), tiers - 1] if tiers > 1 else list(range(tiers))


def place_guided(draft: Draft, guide: Guide) -> None:
    """Places free parties: along the flows, to all tiers at once; then on any way; then puts order right.

    Who is left takes any free way, in the order of tiers, and the place of a later party if there is none.
    """
    if guide.solution is not None:
        Follower(draft, guide.model, guide.solution.values).run()
    draft.chooser.reset()
    plannable = draft.plannable
    for tier in draft.tiers:
        place_in_bulk(draft, [demand for demand in plannable if demand.tier == tier], draft.chooser.first_free)
    draft.chooser.reset()
    if shift_for_others(draft, plannable, plannable):
        draft.chooser.reset()
        draft.fill(plannable)
    settle(draft, plannable)
    if make_room(draft, plannable):
        settle(draft, plannable)


def flow_bound(
    network: Network,
    demands: Sequence[Demand],
    *,
    now: datetime,
    previous: Plan | None = None,
    time_limit_seconds: float = 120.0,
) -> int | None:
    """What no plan exceeds, in people of all tiers together; None if that was not found in time.

    Places that `previous` gives to told and frozen parties are kept as far as they can be.
    """
    draft = new_draft(network, demands, now)
    if previous is not None:
        keep_promises(draft, previous)
    kept = sum(draft.vector())
    model, _ = _model_of(draft)
    if not model.tiers:
        return kept
    columns = _sources(model, len(model.tiers) - 1)
    cost = np.zeros(len(model.program.upper))
    cost[columns] = 1.0
    found = FlowSolver(model.program).most(cost, time_limit_seconds)
    return None if found is None else kept + min(sum(model.people.values()), int(np.floor(found.bound + 0.01)))
