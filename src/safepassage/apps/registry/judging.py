"""How a judgement is laid down and taken back. Doors go through `second_person`, which knows when two are needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import F

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.models import JudgementRecord, ReviewRecord
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.ledger import EventKind, Stage

LAST_IN_QUEUE = 0.001
"""What is left of a question's harm when somebody has looked at it and left it open."""
Verdict = tuple[ListingId, ListingId, JudgementVerdict]
Pair = tuple[ListingId, ListingId]


def committed_among(persons: Iterable[PersonId]) -> frozenset[PersonId]:
    """Those of these persons who are booked, hold a living pass, or were seen on the way, as the ledger has it.

    Who they are is not changed by one of us alone. Cost: the folded ledger, in memory.
    """
    state = state_now()
    holding = {one.party for one in state.passes.values() if not one.revoked}
    found = []
    for person in persons:
        now = state.people.get(state.redirects.get(person, person))
        if now is None:
            continue
        is_holding = any(
            party in holding and now.person in state.parties[party].confirmed
            for party in now.parties
            if party in state.parties
        )
        if is_holding or now.legs or max(now.stage.place, now.furthest.place) >= Stage.BOOKED.place:
            found.append(person)
    return frozenset(found)


def judgements_record(
    *,
    verdicts: Sequence[Verdict],
    account: str,
    why: str,
    now: datetime,
    review: str,
    two: Mapping[str, str] | None = None,
) -> int:
    """Records a verdict of its own for each pair of one question, in the transaction of the act.

    An earlier verdict on a pair is withdrawn. If every verdict is `unsure`, the question stays open and goes to the
    end of the queue. `two` names first and second where two stand behind it.

    Returns:
        The number of judgements made.

    Raises:
        ForbiddenError: for a pair of one listing with itself.
        NotFoundError: somebody keeps two of them apart in confidence, and this account may not know of it.
    """
    acts_in_turn()
    said = [(one, other) for one, other, verdict in verdicts if verdict is not JudgementVerdict.KEEP_APART]
    if is_confidential(said, account=account):
        raise NotFoundError("There is no such question.", advice="Go back to the queue.")
    rows: list[tuple[str, str, str]] = []
    for one, other, verdict in verdicts:
        if one == other:
            raise ForbiddenError("A listing can't be judged against itself.", where=one)
        left, right = sorted((one, other))
        _withdraw(left, right, account=account, now=now)
        JudgementRecord.objects.create(
            left=left, right=right, verdict=verdict, by=account, at=now, why=why, review=review
        )
        rows.append((left, right, verdict))
    if review:
        question = ReviewRecord.objects.filter(pk=review, decided_at=None)
        if all(verdict is JudgementVerdict.UNSURE for _, _, verdict in verdicts):
            question.update(harm=F("harm") * LAST_IN_QUEUE)
        else:
            question.update(decided_at=now)
    if rows:
        body = {"rows": tuple(rows), **(two or {})}
        event_append(kind=EventKind.JUDGEMENTS_GIVEN, body=body, account=account, now=now)
    return len(rows)


def judgements_take_back(
    *, pairs: Sequence[Pair], account: str, now: datetime, two: Mapping[str, str] | None = None
) -> tuple[int, tuple[str, ...]]:
    """Takes back the standing judgements on these pairs; they stay on record, and their questions open again.

    Returns:
        The number taken back, and the questions that are open again.

    Raises:
        ConflictError: if none of the pairs has a standing judgement, or one of which this account may not know.
    """
    ordered = [tuple(sorted(pair)) for pair in pairs]
    if is_confidential(pairs, account=account):
        raise ConflictError("There is no standing judgement to take back.", advice="Load the page again.")
    answered = {
        review
        for left, right in ordered
        for review in JudgementRecord.objects.filter(left=left, right=right, withdrawn_at=None).values_list(
            "review", flat=True
        )
    }
    rows = tuple((left, right) for left, right in ordered if _withdraw(left, right, account=account, now=now))
    if not rows:
        raise ConflictError("There is no standing judgement to take back.", advice="Load the page again.")
    answered.discard("")
    ReviewRecord.objects.filter(pk__in=answered).update(decided_at=None)
    body = {"rows": rows, **(two or {})}
    event_append(kind=EventKind.JUDGEMENTS_WITHDRAWN, body=body, account=account, now=now)
    return len(rows), tuple(sorted(answered))


def is_confidential(pairs: Iterable[Pair], *, account: str) -> bool:
    """Whether a pair is kept apart in confidence and this account is none of those who may know of it."""
    if account_may(account, "apart.see"):
        return False
    return bool(keepers_of(pairs))


def keepers_of(pairs: Iterable[Pair]) -> frozenset[str]:
    """Who said of which of these pairs that they are kept apart in confidence, and stands by it."""
    ordered = {tuple(sorted(pair)) for pair in pairs}
    kept = JudgementRecord.objects.filter(verdict=JudgementVerdict.KEEP_APART, withdrawn_at=None)
    kept = kept.filter(left__in=[left for left, _ in ordered])
    return frozenset(by for left, right, by in kept.values_list("left", "right", "by") if (left, right) in ordered)


def of_one_household(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """Those of these pairs, ordered, of which somebody said that they are of one household, and stands by it."""
    ordered = {(min(pair), max(pair)) for pair in pairs}
    said = JudgementRecord.objects.filter(verdict=JudgementVerdict.HOUSEHOLD, withdrawn_at=None)
    said = said.filter(left__in=[left for left, _ in ordered])
    found = said.values_list("left", "right")
    return frozenset((ListingId(left), ListingId(right)) for left, right in found) & ordered


def _withdraw(left: str, right: str, *, account: str, now: datetime) -> int:
    standing = JudgementRecord.objects.filter(left=left, right=right, withdrawn_at=None)
    return standing.update(withdrawn_at=now, withdrawn_by=account)
