"""What changes for whom between two plans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safepassage.core.ids import PartyId
from safepassage.core.movement.plan import Assignment, Plan


class PlanChangeKind(StrEnum):
    """What a new plan does to a party."""

    GAINS = "gains"
    LOSES = "loses"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One party that a new plan treats differently; `before` or `after` is None where it has no place."""

    party: PartyId
    kind: PlanChangeKind
    heads: int
    tier: int | None
    before: Assignment | None
    after: Assignment | None


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """All changes in policy order, and people by what happens to them."""

    changes: tuple[PlanChange, ...]
    people_gaining: int
    people_losing: int
    people_changing: int
    people_unchanged: int


def compare_plans(before: Plan, after: Plan) -> PlanDiff:
    """Who gains, loses or changes a place: another way, another window, or another time to be there."""
    old = {assignment.party: assignment for assignment in before.assignments}
    new = {assignment.party: assignment for assignment in after.assignments}
    changes = []
    unchanged = 0
    for party in old.keys() | new.keys():
        was, will = old.get(party), new.get(party)
        if was is not None and will is not None and _place(was) == _place(will):
            unchanged += will.heads
        else:
            changes.append(_change(party, was, will))
    changes.sort(key=_policy_order)
    people = dict.fromkeys(PlanChangeKind, 0)
    for change in changes:
        people[change.kind] += change.heads
    return PlanDiff(
        changes=tuple(changes),
        people_gaining=people[PlanChangeKind.GAINS],
        people_losing=people[PlanChangeKind.LOSES],
        people_changing=people[PlanChangeKind.CHANGES],
        people_unchanged=unchanged,
    )


def _change(party: PartyId, was: Assignment | None, will: Assignment | None) -> PlanChange:
    known = will or was
    if known is None:
        raise ValueError("a change has a before or an after")
    kind = PlanChangeKind.CHANGES
    if was is None:
        kind = PlanChangeKind.GAINS
    elif will is None:
        kind = PlanChangeKind.LOSES
    return PlanChange(party, kind, known.heads, known.tier, was, will)


def _policy_order(change: PlanChange) -> tuple[int, int, PartyId]:
    known = change.after or change.before
    return (known.tier, known.rank, change.party) if known else (0, 0, change.party)


def _place(assignment: Assignment) -> tuple[object, ...]:
    return assignment.legs, assignment.start, assignment.report_at, assignment.access_point, assignment.access_window
