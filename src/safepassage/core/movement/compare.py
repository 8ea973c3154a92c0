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
    """Who gains, loses or changes a place."""
    raise NotImplementedError
