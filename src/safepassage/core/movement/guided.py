"""The guided plan: flows foresee where whom to send, and parties then take places in policy order.

Nobody of a later tier stands in the way of an earlier one: who is left without a place takes that of a later party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

import numpy as np

from safepassage.core.ids import LegId
from safepassage.core.movement.bulk import place_in_bulk, settle, shift_for_others
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft, TierVector, new_draft
from safepassage.core.movement.evict import make_room
from safepassage.core.movement.exact import FlowSolution, FlowSolver
from safepassage.core.movement.flow_model import FlowKind, FlowModel
from safepassage.core.movement.flows import flow_model
from safepassage.core.movement.keep import keep_promises
from safepassage.core.movement.linear import Ints
from safepassage.core.movement.network import Network
from safepassage.core.movement.parties import OpenWay, PartyClass
from safepassage.core.movement.plan import Plan
from safepassage.core.movement.search import Quotas

FULL_FROM = 0.95
"""Share of its seats from which on a leg that leads on has quotas. Thin quotas on one with room to spare fit nobody;
what matters of it is the window to which it brings people, and that has quotas of its own."""
ROUNDING = (0.5, 0.85)
"""Of the kind's usual party: how much a quota may be exceeded by. Half of one is right on the average; which of the
two serves better depends on what is scarce."""
TRICKLE = 0.5
"""People: a flow of no more is none."""
NEAR = 0.9995
"""Of the bound: a plan that reaches it is not tried to be bettered."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Quotas by kind, and what no plan exceeds: people of tiers 1..j for each tier j that was proven."""

    model: FlowModel
    solution: FlowSolution | None
    prefix_bounds: dict[int, int]
    seats: dict[LegId, int]
    final: frozenset[LegId]
    """Legs that bring people where a movement may end."""
    usual_party: float

    def quotas(self, rounding: float) -> dict[FlowKind, Quotas]:
        """Fresh quotas: what the flows send over each leg and window, and `rounding` of a party more."""
        if self.solution is None:
            return {}
        values = self.solution.values
        flows: defaultdict[LegId, float] = defaultdict(float)
        for legs in self.model.leg_columns.values():
            for leg, column in legs.items():
                flows[leg] += values[column]
        guided = {leg for leg, heads in flows.items() if leg in self.final or heads >= FULL_FROM * self.seats[leg]}
        more = rounding * self.usual_party
        made = {}
        for kind, legs in self.model.leg_columns.items():
            came, begins = self.model.window_columns[kind], self.model.enter_columns[kind]
            rooms = {leg: _room(values[c], more) if leg in guided else np.inf for leg, c in legs.items()}
            windows = {column: float(values[column]) + more for column in (*came.values(), *begins.values())}
            made[kind] = Quotas(defaultdict(float, rooms), came, begins, windows)
        return made


def _room(flow: float, more: float) -> float:
    return flow + more if flow > TRICKLE else 0.0


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
    legs, plannable = draft.timetable.network.legs, draft.plannable
    return Guide(
        model,
        best,
        bounds,
        seats={leg.id: leg.seats for leg in legs},
        final=frozenset(leg.id for leg in legs if leg.destination in draft.timetable.ends),
        usual_party=sum(demand.heads for demand in plannable) / max(1, len(plannable)),
    )


def _sources(model: FlowModel, index: int) -> Ints:
    """The columns that count people of the tiers up to this one."""
    return np.array([column for tier in model.tiers[: index + 1] for column in model.sources[tier]], dtype=np.int32)


def _order(tiers: int) -> list[int]:
    """Which prefixes to solve: all but the last, the earlier ones if that can't go whole, then everything."""
    return [tiers - 2, *range(tiers - 2), tiers - 1] if tiers > 1 else list(range(tiers))


def place_guided(draft: Draft, guide: Guide, rounding: float) -> None:
    """Places free parties tier by tier: on ways that the flows foresee, then on any; then puts order right.

    The ways foreseen are given out first, to all tiers, since whoever strays from them may spoil them for many; who
    is left then takes any free way, in the order of tiers, and the place of a later party if there is none.
    """
    quotas = guide.quotas(rounding)
    search, table, kinds = draft.chooser.search, draft.timetable, guide.model.kind_of

    def foreseen(party: PartyClass) -> OpenWay | None:
        mine = quotas.get(kinds[id(party)])
        found = search.first_free(party, mine) if mine is not None else None
        if found is not None and mine is not None:
            way = found.way
            mine.take(way, table.slot(way.window[0]) if way.window else None, party.heads)
        return found

    draft.chooser.reset()
    plannable = draft.plannable
    by_tier = [[demand for demand in plannable if demand.tier == tier] for tier in draft.tiers]
    for choose in (foreseen, search.first_free):
        for demands in by_tier:
            place_in_bulk(draft, demands, choose)
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
    model = flow_model(draft)
    if not model.tiers:
        return kept
    columns = _sources(model, len(model.tiers) - 1)
    cost = np.zeros(len(model.program.upper))
    cost[columns] = 1.0
    found = FlowSolver(model.program).most(cost, time_limit_seconds)
    return None if found is None else kept + min(sum(model.people.values()), int(np.floor(found.bound + 0.01)))
