"""Judgements, through whichever door: on people who are committed one account asks, and counts once another agrees.

Committed is who is booked, holds a living pass or was seen on the way. Two are also needed to lift a keep-apart that
somebody else said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import second_check
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.answers import judgements_lapsed, judgements_waiting
from safepassage.apps.registry.apart import WITHDRAW
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.apps.registry.judging import (
    committed_among,
    is_confidential,
    judgements_record,
    judgements_take_back,
    keepers_of,
    of_one_household,
)
from safepassage.apps.registry.models import JudgementRequest
from safepassage.apps.registry.seen import is_unseen
from safepassage.apps.registry.selectors import parties_by_id, parties_of_persons, persons_of_listings
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import ListingId, PersonId, derived_id
from safepassage.core.ledger import EventKind

_CHANGING_NOTHING = (JudgementVerdict.SAME, JudgementVerdict.UNSURE)
"""Said of two listings that are one person already, these confirm what is and part nobody."""
PERMISSION = "review.judge"
WHAT = "judgement"
NO_LONGER_COMMITTED = "no-longer-committed"
"""Why a request was closed with nobody's answer."""
KEEP_APART = JudgementVerdict.KEEP_APART
PairVerdict = tuple[ListingId, ListingId, str]
Pair = tuple[ListingId, ListingId]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an answer: so many judgements given or taken back, or a request that waits for a second person."""

    count: int
    request: int | None = None
    reopened: tuple[str, ...] = ()
    """The questions that are open again, in order."""


def needs_second(verdicts: Sequence[PairVerdict], *, account: str) -> bool:
    """Whether these verdicts wait for a second person: they touch committed people, or lift another's keep-apart."""
    persons = persons_of_listings(listing for pair in _pairs(verdicts) for listing in pair)
    touched = [
        persons[listing]
        for left, right, verdict in verdicts
        for listing in (left, right)
        if listing in persons and not (verdict in _CHANGING_NOTHING and persons.get(left) == persons.get(right))
    ]
    if committed_among([*touched, *_who_travel_with(verdicts, persons)]):
        return True
    lifted = _pairs(verdicts, but=JudgementVerdict.KEEP_APART)
    return account_may(account, "apart.see") and bool(keepers_of(lifted) - {account})


def _who_travel_with(verdicts: Sequence[PairVerdict], persons: Mapping[ListingId, PersonId]) -> Iterable[PersonId]:
    """Everybody whose party is joined to another, or divided, by a word that two are of one household or its end."""
    standing = of_one_household(_pairs(verdicts))
    touched = {
        persons[listing]
        for left, right, verdict in verdicts
        if verdict == JudgementVerdict.HOUSEHOLD or (min(left, right), max(left, right)) in standing
        for listing in (left, right)
        if listing in persons
    }
    if not touched:
        return []
    parties = parties_by_id(party for found in parties_of_persons(touched).values() for party in found)
    return {member.person for party in parties.values() for member in party.members}


@transaction.atomic
def judgement_give(
    *,
    pairs: Sequence[Pair],
    verdict: JudgementVerdict,
    account: str,
    why: str = "",
    now: datetime,
    review: str = "",
) -> Judged:
    """One verdict on one or more pairs (a whole family at once): as `judgements_give`."""
    return judgements_give(
        verdicts=[(one, other, verdict) for one, other in pairs], account=account, why=why, now=now, review=review
    )


@transaction.atomic
def judgements_give(
    *, verdicts: Sequence[PairVerdict], account: str, why: str = "", now: datetime, review: str = ""
) -> Judged:
    """Says of each pair of one question who is whom; the next run applies it. `review` closes that question.

    Where two people are needed nothing changes yet: the request waits for its second person.

    Raises:
        ForbiddenError: the account may not judge, or a pair is one listing with itself.
        NotFoundError: somebody keeps two of them apart in confidence, and this account may not know of it.
        ConflictError: the question waits for its second person already.
    """
    _may_judge(account)
    acts_in_turn()
    if needs_second(verdicts, account=account):
        return Judged(0, request_ask(verdicts, account=account, why=why, now=now, review=review).pk)
    given = [(left, right, JudgementVerdict(verdict)) for left, right, verdict in verdicts]
    return Judged(judgements_record(verdicts=given, account=account, why=why, now=now, review=review))


@transaction.atomic
def judgement_withdraw(*, pairs: Sequence[Pair], account: str, now: datetime) -> Judged:
    """Takes back the standing judgements on these pairs; they stay on record, and their questions open again.

    Where two people are needed nothing changes yet: the request waits for its second person.

    Raises:
        ForbiddenError: the account may not judge.
        ConflictError: if none of the pairs has a standing judgement, or one of which this account may not know.
    """
    _may_judge(account)
    acts_in_turn()
    asked = [(left, right, WITHDRAW) for left, right in pairs]
    if needs_second(asked, account=account):
        return Judged(0, request_ask(asked, account=account, now=now).pk)
    count, reopened = judgements_take_back(pairs=pairs, account=account, now=now)
    return Judged(count, reopened=reopened)


def _may_judge(account: str) -> None:
    if not account_may(account, PERMISSION):
        raise ForbiddenError("This account may not judge who is whom.", where=PERMISSION)


def request_ask(
    verdicts: Sequence[PairVerdict], *, account: str, why: str = "", now: datetime, review: str = ""
) -> JudgementRequest:
    """Asks a second person whether a judgement counts, or a change that a run held back.

    Raises:
        ForbiddenError: no pair was judged.
        ConflictError: the question waits already, or the account may not know of a judgement that it would take back.
    """
    if not verdicts:
        raise ForbiddenError("No pair was judged.", advice="Choose at least one pair.")
    if is_confidential(_pairs(verdicts, but=JudgementVerdict.KEEP_APART), account=account):
        raise ConflictError("There is no standing judgement to take back.", advice="Load the page again.")
    if review and JudgementRequest.objects.filter(review=review, decided_at=None).exists():
        raise ConflictError("This question waits for its second person already.", advice="Go back to the queue.")
    record = JudgementRequest.objects.create(
        review=review, rows=[list(one) for one in verdicts], why=why, asked_by=account, asked_at=now
    )
    event_append(kind=EventKind.SECOND_ASKED, body=_request(record), account=account, now=now)
    return record


def _is_lifted(record: JudgementRequest, *, by: str) -> bool:
    """Whether this refusal closes a request: one to keep apart is refused by two, or by who asked.

    Raises:
        ForbiddenError: by the same person again, or by one behind whom they may be.
    """
    if by == record.asked_by or all(said != KEEP_APART for *_, said in record.rows):
        return True
    if not record.decided_by:
        return False
    second_check(first=record.decided_by, second=by, permission=PERMISSION)
    return True


def _request(record: JudgementRequest) -> dict[str, str]:
    """How the ledger names a request: what it asks of whom is told once it is agreed to."""
    return {"what": WHAT, "request": derived_id("RQ", WHAT, str(record.pk)), "first": record.asked_by}


@transaction.atomic
def judgement_second(*, request: int, account: str, is_agreed: bool, now: datetime) -> int:
    """The second person agrees, and the judgements are given in the name of who asked; or refuses.

    A refusal to keep people apart would show them to everybody: to lift it takes two. The request stays open, and
    both sides hidden, until somebody beside the first to refuse does so too, or whoever asked takes it back.

    Returns:
        The number of judgements given or withdrawn.

    Raises:
        NotFoundError: no such request, or none that this account may know of.
        ConflictError: it was decided already.
        ForbiddenError: the account may not judge, or can't be the second person (`accounts.two_people`).
    """
    acts_in_turn()
    record = JudgementRequest.objects.select_for_update().filter(pk=request).first()
    if record is None or not _is_open_to(record, account=account):
        raise NotFoundError("Nothing waits under that number.", advice="Go back to the queue.")
    if record.decided_at:
        raise ConflictError("This was decided already.", advice="Load the page again.")
    _may_judge(account)
    if is_agreed:
        second_check(first=record.asked_by, second=account, permission=PERMISSION)
    is_lifted = is_agreed or _is_lifted(record, by=account)
    record.decided_by, record.decided_at, record.is_agreed = account, now if is_lifted else None, is_agreed
    record.save(update_fields=["decided_by", "decided_at", "is_agreed"])
    two = {"first": record.asked_by, "second": account}
    if not is_agreed:
        event_append(kind=EventKind.SECOND_REFUSED, body=_request(record) | two, account=account, now=now)
        return 0
    rows = [(ListingId(left), ListingId(right), verdict) for left, right, verdict in record.rows]
    taken_back = [(left, right) for left, right, verdict in rows if verdict == WITHDRAW]
    given = [(left, right, JudgementVerdict(verdict)) for left, right, verdict in rows if verdict != WITHDRAW]
    first, changed = record.asked_by, 0
    if taken_back:
        changed += judgements_take_back(pairs=taken_back, account=first, now=now, two=two)[0]
    if given:
        changed += judgements_record(
            verdicts=given, account=first, why=record.why, now=now, review=record.review, two=two
        )
    return changed


@transaction.atomic
def requests_lapse(*, account: str, now: datetime) -> int:
    """Closes what waits for a second person and needs none any more: nobody in it is committed by now.

    A run of the matcher calls this once it is through. What it had held back it has done by then, or no longer
    proposes; a question that somebody had answered stays open, for one alone to answer. To keep apart counts from
    then on by the one who said it.

    Returns:
        How many were closed.
    """
    acts_in_turn()
    lapsed = [one for one in judgements_waiting() if not is_needed(one)]
    for record in lapsed:
        record.decided_by, record.decided_at, record.is_agreed = "", now, None
        record.save(update_fields=["decided_by", "decided_at", "is_agreed"])
        body = _request(record) | {"reason": NO_LONGER_COMMITTED}
        event_append(kind=EventKind.SECOND_LAPSED, body=body, account=account, now=now)
        apart = [(ListingId(one), ListingId(other)) for one, other, said in record.rows if said == KEEP_APART]
        if apart:  # to hide takes one person: what needed a second to change a plan needs none to go on hiding
            verdicts = [(one, other, KEEP_APART) for one, other in apart]
            judgements_record(verdicts=verdicts, account=record.asked_by, why=record.why, now=now, review="")
    return len(lapsed)


def is_waiting(number: int) -> bool:
    """Whether a request still waits: one to keep apart does after the first refusal."""
    return judgements_waiting().filter(pk=number).exists()


def is_needed(request: JudgementRequest) -> bool:
    """Whether a request needs its second person still. Places are given up, passes withdrawn."""
    rows = [(ListingId(left), ListingId(right), verdict) for left, right, verdict in request.rows]
    return needs_second(rows, account=request.asked_by)


def requests_open_to(account: str) -> list[JudgementRequest]:
    """What waits for a second person, as far as this account may know of it; the oldest first."""
    return [one for one in judgements_waiting() if _is_open_to(one, account=account)]


def lapsed_open_to(account: str, *, newest: int = 5) -> list[JudgementRequest]:
    """What was closed since it needs no second person any more, as far as this account may know of it."""
    return [one for one in judgements_lapsed()[:newest] if _is_open_to(one, account=account)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a second person is asked, and of whom, as far as they may know."""

    request: JudgementRequest
    verdicts: tuple[str, ...]
    persons: tuple[PersonId, ...]
    is_needed: bool = True
    """False: nobody in it is committed any more; the next run of the matcher closes it."""

    @property
    def is_held_back(self) -> bool:
        """Whether a run of the matcher asks, which held a change back."""
        return not self.request.review and WITHDRAW not in self.verdicts


def asked_open_to(account: str) -> list[Asked]:
    """As `requests_open_to`, with the persons whom each would join or divide."""
    requests = requests_open_to(account)
    holders = persons_of_listings(ListingId(one) for asked in requests for row in asked.rows for one in row[:2])
    hidden = frozenset[PersonId]() if account_may(account, "apart.see") else hidden_ids(holders.values())
    found = []
    for asked in requests:
        listings = [ListingId(one) for row in asked.rows for one in row[:2]]
        persons = dict.fromkeys(holders[one] for one in listings if one in holders and holders[one] not in hidden)
        verdicts = tuple(dict.fromkeys(row[2] for row in asked.rows))
        found.append(Asked(asked, verdicts, tuple(persons), is_needed(asked)))
    return found


def _is_open_to(request: JudgementRequest, *, account: str) -> bool:
    """Whether an account may know of a request: one to keep people apart, or about such, is told to few."""
    rows = [(ListingId(left), ListingId(right), verdict) for left, right, verdict in request.rows]
    if any(verdict == JudgementVerdict.KEEP_APART for *_, verdict in rows):
        return account_may(account, "apart.see")
    return not is_unseen((listing for pair in _pairs(rows) for listing in pair), account=account)


def _pairs(verdicts: Sequence[PairVerdict], *, but: str = "") -> list[Pair]:
    return [(left, right) for left, right, verdict in verdicts if verdict != but]
