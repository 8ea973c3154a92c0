"""Erasure of listings: asked for, or due by their source's retention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from safepassage.apps.intake.models import ListingRecord, SourceRow
from safepassage.apps.intake.values import ERASED
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import ListingId
from safepassage.core.ledger import EventKind


@transaction.atomic
def listings_erase(*, listings: Iterable[ListingId], reason: str, account: str, now: datetime) -> int:
    """Replaces the content of listings and of their rows by a deletion mark; ids and counts stay.

    A row that names other people too loses its cells all the same: they can't be told apart.

    Raises:
        NotFoundError: none of the listings exists or all are erased already.
    """
    records = ListingRecord.objects.filter(id__in=list(listings), erased_at=None)
    ids = list(records.order_by("id").values_list("id", flat=True))
    if not ids:
        raise NotFoundError("Nothing to erase: no such listing, or erased already.")
    rows = SourceRow.objects.filter(listings__in=ids)
    rows.update(cells=[ERASED], digest="")
    mark: dict[str, Any] = {"mark": ERASED}
    records.update(content=mark, erased_at=now)
    body = {"reason": reason, "rows": tuple((key,) for key in ids)}
    event_append(kind=EventKind.LISTINGS_ERASED, body=body, account=account, now=now)
    return len(ids)


def listings_due(now: datetime) -> list[ListingId]:
    """Every listing whose source's retention is over, and that is not erased yet."""
    return [
        ListingId(key)
        for key, received, days in ListingRecord.objects.filter(erased_at=None)
        .order_by("id")
        .values_list("id", "batch__received_at", "source__retention_days")
        if received + timedelta(days=days) <= now
    ]


def listings_expire(*, account: str, now: datetime) -> int:
    """Erases every listing whose source's retention is over. Returns how many; run it daily."""
    due = listings_due(now)
    return listings_erase(listings=due, reason="retention-over", account=account, now=now) if due else 0
