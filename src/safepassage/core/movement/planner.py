"""The planner's front door: promises, then greedy by tier, then exact where that is small enough, then order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft, new_draft
from safepassage.core.movement.exact import MAX_COLUMNS, Group, Solution, columns, groups_of, is_small, solve
from safepassage.core.movement.improve import advance, exchange, restore_order
from safepassage.core.movement.keep import keep_promises
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Method, Plan
from safepassage.core.movement.result import plan_of
from safepassage.core.movement.soundness import require_sound

Progress = Callable[[float, str], None]


def plan_movement(
    network: Network,
    demands: Sequence[Demand],
    *,
    now: datetime,
    previous: Plan | None = None,
    method: Method = Method.AUTO,
    time_limit_seconds: float = 10.0,
    progress: Progress | None = None,
) -> Plan:
    """A plan that gets the most people out, tier by tier: parties whole, capacities and windows held.

    The objective is the vector (people of tier 1, people of tier 2, ...), compared from the left. Inside a tier, most
    people first; of parties alike in what they can do and in size, the lower rank first. See `docs/planning.md`.

    Args:
        network: What may be used. Its times are whole minutes, aware UTC.
        demands: Every party; each ends as an assignment or as unplaced with its reason.
        now: The moment of planning; nobody is asked to be anywhere before it.
        previous: The plan that told and frozen parties were given their place in.
        method: `auto` proves the optimum where the instance is small (`exact.MAX_COLUMNS`); `greedy` never does.
        time_limit_seconds: For the solver, about. If it is not reached, equal input gives an equal plan.
        progress: Told the share done and what is being done.

    Raises:
        ProblemsError: the network or the demands contradict themselves; every problem is listed.
    """
    tell = progress or _silent
    require_sound(network, demands)
    tell(0.0, "reading the network")
    draft = new_draft(network, demands, now)
    if previous is not None:
        keep_promises(draft, previous)
    kept = draft.vector()
    if method is Method.AUTO and not is_small(draft):
        method = Method.GREEDY
    groups = groups_of(draft) if method is not Method.GREEDY else ()
    _place_greedily(draft, tell)
    bounds: dict[int, int] = {}
    used = Method.GREEDY
    if method is Method.EXACT or (method is Method.AUTO and columns(groups) <= MAX_COLUMNS):
        tell(0.5, "looking for more people out, tier by tier")
        known = draft.vector()
        greedy = draft.clear()
        solution = solve(draft, groups, kept=kept, at_least=known, time_limit_seconds=time_limit_seconds)
        used = Method.EXACT
        if solution.vector > known:
            _adopt(draft, groups, solution)
        else:
            for party, open_way in greedy.items():
                draft.place(party, open_way)
        if not draft.finder.is_cut:
            bounds = {t: b for t, b in zip(draft.tiers, solution.bounds, strict=True) if b is not None}
    tell(0.9, "putting policy order right")
    _put_in_order(draft)
    tell(1.0, "done")
    is_optimal = used is Method.EXACT and [bounds.get(tier) for tier in draft.tiers] == list(draft.vector())
    return plan_of(draft, now=now, method=used, previous=previous, bounds=bounds, is_optimal=is_optimal)


def _silent(_share: float, _what: str) -> None:
    """Nobody listens."""


def _place_greedily(draft: Draft, tell: Progress) -> None:
    """Tier by tier: each party in rank order takes the earliest free way, then exchanges inside the tier."""
    for index, tier in enumerate(draft.tiers):
        tell(0.5 * index / len(draft.tiers), f"placing tier {tier}")
        draft.fill([demand for demand in draft.plannable if demand.tier == tier])
        exchange(draft, tier)


def _adopt(draft: Draft, groups: tuple[Group, ...], solution: Solution) -> None:
    """Places free parties as the solver says; of parties alike, the first by rank get in."""
    for group, counts in zip(groups, solution.counts, strict=True):
        members = iter(group.members)
        for open_way, count in zip(group.ways, counts, strict=True):
            for _ in range(count):
                draft.place(next(members).party, open_way)
    advance(draft)


def _put_in_order(draft: Draft) -> None:
    """Fills what is still free and swaps until no party left out could use a later one's place."""
    draft.chooser.reset()
    while draft.fill(draft.plannable) + restore_order(draft):
        draft.chooser.reset()
