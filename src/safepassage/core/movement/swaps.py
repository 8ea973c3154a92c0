"""Places of told parties changed for others' sake, within a budget: nobody who was told loses a place by it."""

from __future__ import annotations

from safepassage.core.movement.demand import Commitment
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.shift import shift_for_others


def swap_for_others(draft: Draft, budget: int) -> int:
    """Gets parties in that were left out, each by moving one told party to another free way; says how many moved.

    A party left out takes over the place of a told one, as it stands, if that one finds another way; the latest are
    asked first. So nobody is worse off than if nothing were swapped, tier by tier; only what some were told changes,
    at most `budget` times.
    """
    told = [one for one in reversed(draft.order) if one.party in draft.kept and one.commitment is Commitment.TOLD]
    moved = shift_for_others(draft, draft.plannable, told, budget)
    for demand in moved:
        draft.kept.discard(demand.party)
        draft.moved.add(demand.party)
    return len(moved)
