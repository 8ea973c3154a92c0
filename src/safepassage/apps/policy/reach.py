"""Whom the policy has reached: parties by tier and outcome, and those that it says nothing of, so that all add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from safepassage.apps.policy.models import StandingRecord
from safepassage.apps.policy.selectors import standings_by_tier
from safepassage.apps.registry.selectors import party_ids


@dataclass(frozen=True, slots=True)
class Reach:
    """Parties by (tier, outcome, parties), and `waiting`: known, and not among those whom the policy was applied to.

    `gone` are standings of parties that are no more (another run of the matcher put their people together anew, or
    everyone in them was erased): they stand in `tiers` until the policy is applied again. So parties known =
    those in `tiers`, less `gone`, and `waiting`.
    """

    tiers: tuple[tuple[int | None, str, int], ...]
    waiting: int
    gone: int

    @property
    def parties(self) -> int:
        """All parties known."""
        return sum(count for *_, count in self.tiers) - self.gone + self.waiting


def reach_now() -> Reach:
    """Whom the policy applied last has reached. Cost: three queries that count."""
    gone = StandingRecord.objects.exclude(party__in=party_ids().order_by())
    return Reach(tuple(standings_by_tier()), parties_waiting().count(), gone.count())


def parties_waiting() -> QuerySet[Any, str]:
    """The ids of parties without a standing, in order."""
    return party_ids().exclude(pk__in=StandingRecord.objects.values("party"))
