"""The planner's front door: promises, greedy by tier; then exact, or guided by flows; then order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from safepassage.core.movement.bulk import place_in_bulk, settle
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft, TierVector, new_draft
from safepassage.core.movement.even_out import even_out
from safepassage.core.movement.exact import Solution, solve
from safepassage.core.movement.groups import MAX_COLUMNS, Group, columns, groups_of, is_small
from safepassage.core.movement.guided import guide_of, place_guided
from safepassage.core.movement.improve import advance, exchange, restore_order
from safepassage.core.movement.keep import keep_promises
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Method, Plan
from safepassage.core.movement.result import plan_of
from safepassage.core.movement.soundness import require_sound
from safepassage.core.movement.swaps import swap_for_others
from safepassage.core.uncollected import uncollected

Progress = Callable[[float, str], None]


@uncollected()
def plan_movement(
    network: Network,
    demands: Sequence[Demand],
    *,
    now: datetime,
    previous: Plan | None = None,
    method: Method = Method.AUTO,
    time_limit_seconds: float = 10.0,
    max_changes: int = 0,
    progress: Progress | None = None,
    first: Callable[[Plan], None] | None = None,
) -> Plan:
    """A plan that gets the most people out, tier by tier: parties whole, capacities and windows held.

    The objective is the vector (people of tier 1, people of tier 2, ...), compared from the left. Inside a tier, most
    people first; of parties alike in what they can do and in size, the lower rank first. See `docs/planning.md`.

    Args:
        network: What may be used. Its times are whole minutes, aware UTC.
        demands: Every party; each ends as an assignment or as unplaced with its reason.
        now: The moment of planning; nobody is asked to be anywhere before it.
        previous: The plan that told and frozen parties were given their place in.
        method: `auto` proves the optimum where the instance is small (`groups.MAX_COLUMNS`), and is guided by flows,
            with bounds, where it is not; `greedy` only takes the first free way, party by party.
        time_limit_seconds: For the solver, about. If it is not reached, equal input gives an equal plan.
        max_changes: How many told parties may be given another place than they could keep, so that others get one.
            A plan with such changes has no bounds: they hold for plans that keep what can be kept.
        progress: Told the share done and what is being done.
        first: Given a plan that can be published at once, while a better one is still looked for.

    Raises:
        ProblemsError: the network or the demands contradict themselves; every problem is listed.
    """
    tell = progress or _silent
    require_sound(network, demands)
    tell(0.0, "reading the network")
    draft = new_draft(network, demands, now)
    if previous is not None:
        keep_promises(draft, previous)
    if method is Method.AUTO and not is_small(draft):
        method = Method.GUIDED
    groups = groups_of(draft) if method in (Method.EXACT, Method.AUTO) else ()
    if method is Method.AUTO:
        method = Method.EXACT if columns(groups) <= MAX_COLUMNS else Method.GUIDED
    kept = draft.vector()
    _place_greedily(draft, tell)
    bounds: dict[int, int] = {}
    if method is Method.EXACT:
        tell(0.5, "looking for more people out, tier by tier")
        bounds = _prove(draft, groups, kept, time_limit_seconds)
    elif method is Method.GUIDED:
        if first is not None:
            first(plan_of(draft, now=now, method=Method.GREEDY, previous=previous, bounds={}, is_optimal=False))
        tell(0.4, "working out flows and bounds")
        bounds = _follow_guide(draft, kept, time_limit_seconds)
    tell(0.9, "putting policy order right")
    if even_out(draft) and draft.is_vast:
        settle(draft, draft.plannable)
    _put_in_order(draft)
    if max_changes and swap_for_others(draft, max_changes):
        bounds = {}
        _put_in_order(draft)
    tell(1.0, "done")
    is_optimal = bool(draft.tiers) and [bounds.get(tier) for tier in draft.tiers] == list(draft.vector())
    is_optimal = is_optimal or (method is Method.EXACT and not draft.tiers)
    return plan_of(draft, now=now, method=method, previous=previous, bounds=bounds, is_optimal=is_optimal)


def _prove(draft: Draft, groups: tuple[Group, ...], kept: TierVector, time_limit_seconds: float) -> dict[int, int]:
    """Betters a greedy draft to the optimum where time allows; gives bounds by tier."""
    known = draft.vector()
    greedy = draft.clear()
    solution = solve(draft, groups, kept=kept, at_least=known, time_limit_seconds=time_limit_seconds)
    if solution.vector > known:
        _adopt(draft, groups, solution)
    else:
        draft.restore(greedy)
    if draft.finder.is_cut:
        return {}
    return {t: b for t, b in zip(draft.tiers, solution.bounds, strict=True) if b is not None}


def _follow_guide(draft: Draft, kept: TierVector, time_limit_seconds: float) -> dict[int, int]:
    """Betters a greedy draft by a guided pass, if that gets more out; gives bounds by tier.

    The bound of a tier is what the people of all tiers up to it can't exceed, less the earlier ones' people here.
    """
    best = draft.vector()
    places = draft.clear()
    free = tuple(people - mine for people, mine in zip(best, kept, strict=True))
    guide = guide_of(draft, reached=free, time_limit_seconds=time_limit_seconds)
    if guide.solution is not None:
        place_guided(draft, guide)
        found, taken = draft.vector(), draft.clear()
        if found > best:
            places = taken
    draft.restore(places)
    reached = draft.vector()
    bounds = {}
    for index, tier in enumerate(draft.tiers):
        if tier in guide.prefix_bounds:
            bounds[tier] = guide.prefix_bounds[tier] + sum(kept[: index + 1]) - sum(reached[:index])
    return bounds


def _silent(_share: float, _what: str) -> None:
    """Nobody listens."""


def _place_greedily(draft: Draft, tell: Progress) -> None:
    """Tier by tier: each party in rank order takes the earliest free way, then exchanges inside the tier."""
    of_tier: dict[int, list[Demand]] = {tier: [] for tier in draft.tiers}
    for demand in draft.plannable:
        of_tier[demand.tier or 0].append(demand)
    for index, (tier, mine) in enumerate(of_tier.items()):
        tell(0.5 * index / len(draft.tiers), f"placing tier {tier}")
        if draft.is_vast:
            if place_in_bulk(draft, mine, draft.chooser.first_free):
                settle(draft, mine)
        else:
            draft.fill(mine)
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
    """Fills what is still free and swaps until no party left out could use a later one's place.

    Where ways are searched, not listed, each pass has put its order right; only parties moved since make new room.
    """
    if draft.is_vast:
        if draft.moved:
            draft.chooser.reset()
            draft.fill(draft.plannable)
            settle(draft, draft.plannable)
        return
    draft.chooser.reset()
    while draft.fill(draft.plannable) + restore_order(draft):
        draft.chooser.reset()
