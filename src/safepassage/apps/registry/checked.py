"""Reads of facts that one of us checked: of whom they hold now, or held at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from safepassage.apps.registry.models import FactAnchor, FactCheck, PersonListing
from safepassage.core.ids import ListingId, PersonId


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """A check as a person's page shows it; `is_split` where its listings stand for several people since."""

    key: int
    code: str
    is_true: bool
    evidence: str
    by: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    is_split: bool

    @property
    def holds(self) -> bool:
        """Whether a policy reads it."""
        return self.withdrawn_at is None and not self.is_split


def facts_checked(
    persons: Iterable[PersonId] | None = None, *, at: datetime | None = None
) -> dict[PersonId, dict[str, bool]]:
    """What is known to be true or false of each person, by code; of one code the newest check counts.

    A check follows its listings: through a merge to whom holds them now, through its undoing back again. If they
    stand for several people since, nobody knows of which of them it is true, and it counts for none.

    Args:
        persons: Of these alone; without it, of everyone.
        at: As it was known at that moment; without it, now.
    """
    checks = FactCheck.objects.filter(withdrawn_at=None)
    if at is not None:
        checks = FactCheck.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), at__lte=at)
    wanted = None if persons is None else set(persons)
    if wanted is not None:
        checks = checks.filter(
            pk__in=_checks_on(PersonListing.objects.filter(person_id__in=wanted).values("listing"))
        )
    holders = _holders(checks)
    found: dict[PersonId, dict[str, bool]] = {}
    for key, code, is_true in checks.order_by("at", "pk").values_list("pk", "code", "is_true"):
        held = holders.get(key, set())
        if len(held) == 1 and (wanted is None or held <= wanted):
            found.setdefault(next(iter(held)), {})[code] = is_true
    return found


def fact_checks_of(listings: Iterable[ListingId]) -> tuple[CheckedFact, ...]:
    """Every check on these listings of one person, withdrawn ones included, the newest first."""
    checks = FactCheck.objects.filter(pk__in=_checks_on(list(listings)))
    holders = _holders(checks)
    return tuple(
        CheckedFact(
            key=one.pk,
            code=one.code,
            is_true=one.is_true,
            evidence=one.evidence,
            by=one.by,
            at=one.at,
            withdrawn_at=one.withdrawn_at,
            withdrawn_by=one.withdrawn_by,
            is_split=len(holders.get(one.pk, ())) != 1,
        )
        for one in checks.order_by("-at", "-pk")
    )


def _checks_on(listings: Iterable[Any]) -> QuerySet[FactAnchor, int]:
    return FactAnchor.objects.filter(listing__in=listings).values_list("check_made_id", flat=True)


def _holders(checks: QuerySet[FactCheck]) -> dict[int, set[PersonId]]:
    """Who holds the listings of each check now; a listing that was erased says nothing."""
    anchors = FactAnchor.objects.filter(check_made__in=checks)
    rows = PersonListing.objects.filter(listing__in=anchors.values("listing"))
    person_of = dict(rows.values_list("listing", "person_id"))
    found: dict[int, set[PersonId]] = {}
    for key, listing in anchors.values_list("check_made_id", "listing"):
        if listing in person_of:
            found.setdefault(key, set()).add(PersonId(person_of[listing]))
    return found
