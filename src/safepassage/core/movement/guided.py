"""The guided plan: flows foresee where whom to send, and parties then take places in policy order.

Nobody of a later tier stands in the way of an earlier one: who is left without a place takes that of a later party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

import numpy as np

from safepassage.core.movement.bulk import place_in_bulk, settle
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
from safepassage.core.movement.shift import shift_for_others

MAX_LEGS_FOLLOWED = 12_000
"""Of a network with more legs than this, vehicles of an hour are counted as one: a bound comes out, and no guide."""

SCARCE = 0.9
"""Share of the tiers but the last below which a known plan is taken as a sign that not all of these can go."""


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
    whole, every earlier bound is proven too. Where the known plan is far from that, everyone is looked for first: an
    earlier prefix that fills all there is has the bound of everyone, and so has each between.
    """
    model, is_followed = _model_of(draft)
    solver = FlowSolver(model.program)
    demanded = list(accumulate(model.people[tier] for tier in model.tiers))
    got = list(accumulate(reached))
    known = 0
    while known < len(demanded) and demanded[known] == got[known]:
        known += 1
    most: dict[int, int] = dict(enumerate(demanded[:known]))
    if 0 < known < len(demanded):
        solver.keep_at_least(_sources(model, known - 1), demanded[known - 1])
    best: FlowSolution | None = None
    solved: set[int] = set()
    for index in _order(demanded, got):
        if index in most:
            continue
        columns = _sources(model, index)
        cost = np.zeros(len(model.program.upper))
        cost[columns] = 1.0
        found = solver.most(cost, max(0.5, time_limit_seconds - solver.seconds))
        if found is None:
            break
        most[index] = min(demanded[index], int(np.floor(found.bound + 0.01)))
        reach = float(found.values[columns].sum()) + 0.5
        if reach >= demanded[index]:
            solver.keep_at_least(columns, demanded[index])
            most |= dict(enumerate(demanded[:index]))
        later = [at for at in most if at > index and most[at] <= reach]
        for at in range(index + 1, max(later, default=0)):
            most[at] = min(demanded[at], most[max(later)])
        if best is None or len(demanded) - 1 not in solved:
            best = found
        solved.add(index)
    bounds = {model.tiers[index]: bound for index, bound in sorted(most.items())}
    return Guide(model, best if is_followed else None, bounds)


def _model_of(draft: Draft) -> tuple[FlowModel, bool]:
    """The flows of a draft, over its own legs if these are few enough, and whether they are."""
    is_followed = len(draft.timetable.legs) <= MAX_LEGS_FOLLOWED
    return flow_model(draft if is_followed else coarse_draft(draft)), is_followed


def _sources(model: FlowModel, index: int) -> Ints:
    """The columns that count people of the tiers up to this one."""
    return np.array([column for tier in model.tiers[: index + 1] for column in model.sources[tier]], dtype=np.int32)


def _order(demanded: list[int], got: list[int]) -> list[int]:
    """Which prefixes to solve: all but the last, the earlier ones if that can't go whole, then everything.

    Everything comes first where a known plan gets far fewer people out than all but the last.
    """
    last = len(demanded) - 1
    if last < 1:
        return list(range(last + 1))
    if got[last - 1] < SCARCE * demanded[last - 1]:
        return [last, *range(last)]
    return [last - 1, *range(last - 1), last]


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
