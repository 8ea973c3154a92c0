"""What people confirm of a party: its members, and the adult who answers for a minor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.registry.models import AdultConfirmation, MemberConfirmation, PersonListing, ReviewRecord
from safepassage.apps.registry.selectors import persons_by_id
from safepassage.core.dates import AgeBand, age_band
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.identity import ReviewKind
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind

_UNDER_AGE = frozenset({AgeBand.INFANT, AgeBand.CHILD, AgeBand.ADOLESCENT})

_OF_AGE = frozenset({AgeBand.ADULT, AgeBand.OLDER})


@transaction.atomic
def member_confirm(*, party: PartyId, person: PersonId, account: str, why: str = "", now: datetime) -> None:
    """Says that a proposed member belongs to the party: from the next run on they take a seat."""
    MemberConfirmation.objects.create(party=party, person=person, by=account, at=now, why=why)
    event_append(kind=EventKind.MEMBERS_CONFIRMED, body={"rows": ((party, person),)}, account=account, now=now)


@transaction.atomic
def member_confirmation_withdraw(*, party: PartyId, person: PersonId, account: str, now: datetime) -> tuple[str, ...]:
    """Takes back that a member belongs to a party; the question of whom they travel with opens again.

    Returns:
        The questions that are open again, in order.

    Raises:
        ConflictError: nobody said so, or it was taken back already.
    """
    standing = MemberConfirmation.objects.filter(party=party, person=person, withdrawn_at=None)
    if not standing.update(withdrawn_at=now):
        raise ConflictError("There is nothing to take back.", advice="Load the page again.")
    opened: set[str] = set()
    for listing in PersonListing.objects.filter(person_id=person).values_list("listing", flat=True):
        questions = ReviewRecord.objects.filter(kind=ReviewKind.TWO_PARTIES, decided_at__isnull=False)
        about = questions.annotate(text=Cast("content", TextField())).filter(text__contains=f'"{listing}"')
        opened.update(about.values_list("pk", flat=True))
    ReviewRecord.objects.filter(pk__in=opened).update(decided_at=None)
    body = {"reason": "confirmation-withdrawn", "rows": ((party, person),)}
    event_append(kind=EventKind.MEMBERS_REMOVED, body=body, account=account, now=now)
    return tuple(sorted(opened))


@transaction.atomic
def adult_confirm(*, minor: PersonId, adult: PersonId, account: str, now: datetime) -> None:
    """Says which adult answers for a minor while moving; an earlier confirmation is withdrawn.

    Raises:
        ForbiddenError: by their births one is no adult, or the other no minor; whose age is unknown may be either.
    """
    acts_in_turn()
    known = persons_by_id([minor, adult])
    bands = {key: age_band(person.birth, now.date()) for key, person in known.items()}
    if bands.get(adult) in _UNDER_AGE:
        raise ForbiddenError(
            "Who is under 18 answers for nobody.", advice="Choose an adult of the party, or correct the birth date."
        )
    if bands.get(minor) in _OF_AGE:
        raise ForbiddenError(
            "Who is 18 or older needs nobody to answer for them.", advice="Choose a minor, or correct the birth date."
        )
    AdultConfirmation.objects.filter(minor=minor, withdrawn_at=None).update(withdrawn_at=now)
    AdultConfirmation.objects.create(minor=minor, adult=adult, by=account, at=now)
    event_append(kind=EventKind.ADULTS_CONFIRMED, body={"rows": ((minor, adult),)}, account=account, now=now)
