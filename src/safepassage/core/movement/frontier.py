"""What it brings to change what parties were told: people out by tier against changes, for a planner to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Method, Plan
from safepassage.core.movement.planner import plan_movement


@dataclass(frozen=True, slots=True)
class Changes:
    """Told or frozen parties that a new plan treats otherwise: `forced` could not be kept, `unforced` could."""

    forced: int
    unforced: int


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A plan under a budget of unforced changes."""

    budget: int
    changes: Changes
    plan: Plan


def count_changes(previous: Plan, plan: Plan, demands: Sequence[Demand]) -> Changes:
    """How many promised parties have another place than before, or none."""
    told = {demand.party for demand in demands if demand.commitment is not Commitment.FREE}
    before = {one.party: (one.start, one.legs, one.access_window) for one in previous.assignments}
    after = {one.party: (one.start, one.legs, one.access_window) for one in plan.assignments}
    lost = set(plan.lost)
    forced = unforced = 0
    for party, place in before.items():
        if party in told and after.get(party) != place:
            if party in lost:
                forced += 1
            else:
                unforced += 1
    return Changes(forced, unforced)


def replan_frontier(
    network: Network,
    demands: Sequence[Demand],
    *,
    now: datetime,
    previous: Plan,
    budgets: Sequence[int],
    time_limit_seconds: float = 10.0,
) -> tuple[FrontierPoint, ...]:
    """One plan for each budget of unforced changes, fewest changes first."""
    points = []
    for budget in sorted(set(budgets)):
        plan = plan_movement(
            network,
            demands,
            now=now,
            previous=previous,
            method=Method.GREEDY,
            max_changes=budget,
            time_limit_seconds=time_limit_seconds,
        )
        points.append(FrontierPoint(budget, count_changes(previous, plan, demands), plan))
    return tuple(points)
