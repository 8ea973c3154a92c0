"""Whom the policy has reached: parties by tier and outcome, and those that it says nothing of, so that all add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from safepassage.apps.ledger.kept import Kept
from safepassage.apps.policy.models import StandingRecord
from safepassage.apps.policy.selectors import standings_by_tier
from safepassage.apps.registry.selectors import members_by_party, party_ids, run_last
from safepassage.core.policy import MemberStatus


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


_MOVED = Kept[int]()


def parties_moved() -> int:
    """Parties that the matcher has put together anew since the policy was applied: their tier is of before, or none.

    0 before any policy was applied. Cost: reads the standings, once until the matcher runs or the policy is applied.
    """
    run, given = run_last(), StandingRecord.objects.aggregate(at=Max("given_at"))["at"]
    if run is None or given is None or run.ended_at <= given:
        return 0
    return _MOVED.get((run.pk, given.isoformat()), _count_moved)


def _count_moved() -> int:
    judged = {
        party: frozenset(
            (one.get("person"), one.get("status") != MemberStatus.PROPOSED.value)
            for one in content.get("members", ())
        )
        for party, content in StandingRecord.objects.values_list("party", "content")
        if isinstance(content, dict)
    }
    return sum(judged.get(party) != members for party, members in members_by_party().items())


def _judged(member: Mapping[str, Any]) -> tuple[object, bool]:
    """Who was judged, and whether as somebody who takes a seat."""
    return member.get("person"), member.get("status") != MemberStatus.PROPOSED.value


def parties_waiting() -> QuerySet[Any, str]:
    """The ids of parties without a standing, in order."""
    return party_ids().exclude(pk__in=StandingRecord.objects.values("party"))
