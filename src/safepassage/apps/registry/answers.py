"""What people answered: judgements and confirmations, and the answers that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from safepassage.apps.ledger.damage import CODE, is_damaged
from safepassage.apps.registry.models import (
    AdultConfirmation,
    JudgementRecord,
    JudgementRequest,
    MemberConfirmation,
    Membership,
    RelationStated,
)
from safepassage.core.errors import UnreadableError
from safepassage.core.identity import Judgement, JudgementVerdict
from safepassage.core.ids import ListingId, PartyId, PersonId


def judgements_all() -> list[Judgement]:
    """Every judgement ever made, withdrawn ones included, oldest first.

    Raises:
        UnreadableError: names one that can't be read; people whom it keeps apart would be joined without it.
    """
    return [_judgement(record) for record in JudgementRecord.objects.order_by("at", "pk")]


def _judgement(record: JudgementRecord) -> Judgement:
    if any(map(is_damaged, (record.verdict, record.at, record.withdrawn_at))):
        raise UnreadableError(
            "A stored judgement can't be read: its verdict or a date of it is none.",
            code=CODE,
            where=f"judgement {record.pk}",
            advice="Withdraw it and judge again; else restore the last good backup.",
        )
    return Judgement(
        left=ListingId(record.left),
        right=ListingId(record.right),
        verdict=JudgementVerdict(record.verdict),
        by=record.by,
        at=record.at,
        why=record.why,
        withdrawn_at=record.withdrawn_at,
        withdrawn_by=record.withdrawn_by,
    )


def confirmations_now() -> list[tuple[PartyId, PersonId]]:
    """Members whom a person confirmed, by party."""
    said = MemberConfirmation.objects.filter(withdrawn_at=None, is_kept=False)
    rows = said.order_by("at", "pk").values_list("party", "person")
    return [(PartyId(party), PersonId(person)) for party, person in rows]


def adults_confirmed(minors: Iterable[PersonId] | None = None) -> dict[PersonId, PersonId]:
    """The confirmed accompanying adult of each minor, or of these; the newest confirmation counts."""
    standing = AdultConfirmation.objects.filter(withdrawn_at=None)
    if minors is not None:
        standing = standing.filter(minor__in=list(minors))
    rows = standing.order_by("at", "pk").values_list("minor", "adult")
    return {PersonId(minor): PersonId(adult) for minor, adult in rows}


ANSWERS = (JudgementRecord, MemberConfirmation, AdultConfirmation, RelationStated)
"""What people answered, and can take back."""


def answer_last_at() -> datetime | None:
    """When somebody last gave an answer or took one back."""
    found = [model.objects.aggregate(given=Max("at"), taken=Max("withdrawn_at")) for model in ANSWERS]
    return max((at for one in found for at in one.values() if at and not is_damaged(at)), default=None)


def confirmations_unapplied() -> dict[PartyId, set[PersonId]]:
    """Proposed members whom somebody confirmed, and no run has made members yet, by party."""
    given = MemberConfirmation.objects.filter(
        withdrawn_at=None, party=OuterRef("party_id"), person=OuterRef("person_id")
    )
    rows = Membership.objects.filter(Exists(given), is_confirmed=False).values_list("party_id", "person_id")
    found: dict[PartyId, set[PersonId]] = {}
    for party, person in rows:
        found.setdefault(PartyId(party), set()).add(PersonId(person))
    return found


def confirmations_standing(by: str) -> QuerySet[MemberConfirmation]:
    """Members that an account confirmed, the newest first."""
    return MemberConfirmation.objects.filter(by=by, withdrawn_at=None).order_by("-at", "-pk")


def judgements_on(listings: Iterable[ListingId]) -> QuerySet[JudgementRecord]:
    """Standing judgements between these listings, the newest first."""
    ids = list(listings)
    return JudgementRecord.objects.filter(left__in=ids, right__in=ids, withdrawn_at=None).order_by("-at", "pk")


def judgements_standing(by: str = "") -> QuerySet[JudgementRecord]:
    """Standing judgements, the newest first; of one account if given."""
    records = JudgementRecord.objects.filter(withdrawn_at=None).order_by("-at", "pk")
    return records.filter(by=by) if by else records


def judgements_waiting() -> QuerySet[JudgementRequest]:
    """Judgements on booked people that wait for a second account, the oldest first."""
    return JudgementRequest.objects.filter(decided_at=None).order_by("asked_at", "pk")


LAPSED = Q(decided_at__isnull=False, is_agreed=None)
"""Requests that were closed since they needed no second person any more."""


def judgements_lapsed() -> QuerySet[JudgementRequest]:
    """Requests that nobody has to answer any more, the latest first."""
    return JudgementRequest.objects.filter(LAPSED).order_by("-decided_at", "-pk")
