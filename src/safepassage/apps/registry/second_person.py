"""Judgements on people who are booked: one account asks, another agrees, and only then do they count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.ledger.services import acts_in_turn
from safepassage.apps.registry.models import JudgementRequest
from safepassage.apps.registry.selectors import judgements_waiting
from safepassage.apps.registry.services import is_confidential, judgement_withdraw, judgements_give
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import ListingId

WITHDRAW = "withdraw"
"""What a request says of a pair whose judgement is to be taken back."""
PairVerdict = tuple[ListingId, ListingId, str]


@transaction.atomic
def judgement_ask(
    *, verdicts: Sequence[PairVerdict], account: str, why: str = "", now: datetime, review: str = ""
) -> JudgementRequest:
    """Asks for judgements on people who are booked; nothing changes before a second account agrees.

    Raises:
        ConflictError: the question waits for its second person already, or is none that this account may know of.
        ForbiddenError: nothing is asked.
    """
    if not verdicts:
        raise ForbiddenError("No pair was judged.", advice="Choose at least one pair.")
    acts_in_turn()
    if is_confidential(_pairs(verdicts, but=JudgementVerdict.KEEP_APART), account=account):
        raise ConflictError("There is no standing judgement to take back.", advice="Load the page again.")
    if review and JudgementRequest.objects.filter(review=review, decided_at=None).exists():
        raise ConflictError("This question waits for its second person already.", advice="Go back to the queue.")
    return JudgementRequest.objects.create(
        review=review, rows=[list(one) for one in verdicts], why=why, asked_by=account, asked_at=now
    )


@transaction.atomic
def judgement_second(*, request: int, account: str, is_agreed: bool, now: datetime) -> int:
    """The second person agrees, and the judgements are given in the name of who asked; or refuses.

    Returns:
        The number of judgements given or withdrawn.

    Raises:
        NotFoundError: no such request, or none that this account may know of.
        ConflictError: it was decided already.
        ForbiddenError: whoever asked can't also agree.
    """
    record = JudgementRequest.objects.select_for_update().filter(pk=request).first()
    if record is None or not _is_open_to(record, account=account):
        raise NotFoundError("Nothing waits under that number.", advice="Go back to the queue.")
    if record.decided_at:
        raise ConflictError("This was decided already.", advice="Load the page again.")
    if is_agreed and record.asked_by == account:
        raise ForbiddenError("Whoever asks can't also agree.", advice="Another account has to look at it.")
    record.decided_by, record.decided_at, record.is_agreed = account, now, is_agreed
    record.save(update_fields=["decided_by", "decided_at", "is_agreed"])
    if not is_agreed:
        return 0
    rows = [(ListingId(left), ListingId(right), verdict) for left, right, verdict in record.rows]
    taken_back = [(left, right) for left, right, verdict in rows if verdict == WITHDRAW]
    given = [(left, right, JudgementVerdict(verdict)) for left, right, verdict in rows if verdict != WITHDRAW]
    changed = judgement_withdraw(pairs=taken_back, account=record.asked_by, now=now) if taken_back else 0
    if given:
        changed += judgements_give(
            verdicts=given, account=record.asked_by, why=record.why, now=now, review=record.review
        )
    return changed


def requests_open_to(account: str) -> list[JudgementRequest]:
    """What waits for a second person, as far as this account may know of it; the oldest first."""
    return [one for one in judgements_waiting() if _is_open_to(one, account=account)]


def _is_open_to(request: JudgementRequest, *, account: str) -> bool:
    """Whether an account may know of a request: one to keep people apart, or about such, is told to few."""
    rows = [(ListingId(left), ListingId(right), verdict) for left, right, verdict in request.rows]
    if any(verdict == JudgementVerdict.KEEP_APART for *_, verdict in rows):
        return account_may(account, "apart.see")
    return not is_confidential(_pairs(rows), account=account)


def _pairs(verdicts: Sequence[PairVerdict], *, but: str = "") -> list[tuple[ListingId, ListingId]]:
    return [(left, right) for left, right, verdict in verdicts if verdict != but]
