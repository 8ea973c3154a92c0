"""A list is withdrawn, or put back: its rows stay, and its people count no more, or again, from the next run on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safepassage.apps.intake.models import Batch, Withdrawal
from safepassage.apps.intake.selectors import batch_by_id, withdrawal_reasons
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import BatchId
from safepassage.core.ledger import EventKind


@transaction.atomic
def batch_withdraw(*, batch: BatchId, why: str, account: str, now: datetime) -> Batch:
    """Lets the listings of a batch count no more, from the next run of the matcher on; nothing of it is lost.

    Who would be left on no list is for `registry.withdrawal` to look at first.

    Raises:
        NotFoundError: there is no such batch.
        ConflictError: it was withdrawn before.
        ForbiddenError: that is no reason (`Withdrawal`).
    """
    acts_in_turn()
    found = batch_by_id(batch)
    if found.withdrawn_at:
        raise ConflictError("This list was withdrawn before.", where=found.id, advice="Put it back, or leave it.")
    reasons = [value for value, _ in withdrawal_reasons()]
    if why not in reasons:
        said = ", ".join(reasons)
        raise ForbiddenError("That is no reason to withdraw a list.", advice=f"Say one of {said}.")
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = now, account, why
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    body = {"batch": found.id, "listings": found.listings_made, "reason": why}
    event_append(kind=EventKind.BATCH_WITHDRAWN, body=body, account=account, now=now)
    return found


@transaction.atomic
def batch_put_back(*, batch: BatchId, account: str, now: datetime) -> Batch:
    """Lets the listings of a withdrawn batch count again, from the next run of the matcher on.

    Raises:
        NotFoundError: there is no such batch.
        ConflictError: it was not withdrawn.
    """
    acts_in_turn()
    found = batch_by_id(batch)
    if not found.withdrawn_at:
        raise ConflictError("This list was not withdrawn.", where=found.id, advice="Nothing is to be done.")
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = None, "", Withdrawal.NONE
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    body = {"batch": found.id, "listings": found.listings_made}
    event_append(kind=EventKind.BATCH_PUT_BACK, body=body, account=account, now=now)
    return found
