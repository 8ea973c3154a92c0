"""What the withdrawal of a list would do, said before it is agreed: who stands on no other list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from safepassage.apps.intake import withdrawal
from safepassage.apps.intake.selectors import listing_ids_of
from safepassage.apps.ledger.services import acts_in_turn
from safepassage.apps.registry.apart_carried import keep_aparts_carry
from safepassage.apps.registry.judging import committed_among
from safepassage.apps.registry.models import Membership, PersonListing
from safepassage.apps.registry.selectors import persons_of_listings
from safepassage.core.errors import ConflictError
from safepassage.core.ids import BatchId, PartyId, PersonId

if TYPE_CHECKING:
    from safepassage.apps.intake.models import Batch


@dataclass(frozen=True, slots=True)
class WithdrawalEffect:
    """Who is touched if a list counts no more, as of the last run of the matcher."""

    listings: int
    elsewhere: frozenset[PersonId]
    """They stand on another list too, and stay."""
    alone: frozenset[PersonId]
    """They stand on no other list: from the next run on nobody knows of them, until the list is put back."""
    committed: frozenset[PersonId]
    """Those of them who are booked, hold a pass or were seen on the way: they can't go like this."""
    parties: frozenset[PartyId]
    """Parties with one of those who stand on no other list."""


def withdrawal_effect(batch: BatchId) -> WithdrawalEffect:
    """What would become of the people of a list. Cost: five queries, and the folded ledger."""
    listings = listing_ids_of(batch)
    persons = frozenset(persons_of_listings(listings).values())
    standing = PersonListing.objects.filter(person__in=persons).values_list("listing", "person_id")
    elsewhere = frozenset(PersonId(person) for listing, person in standing if listing not in listings)
    alone = persons - elsewhere
    parties = Membership.objects.filter(person__in=alone).values_list("party_id", flat=True)
    return WithdrawalEffect(
        len(listings), elsewhere, alone, committed_among(alone), frozenset(PartyId(key) for key in parties)
    )


@transaction.atomic
def batch_withdraw(*, batch: BatchId, why: str, account: str, now: datetime) -> Batch:
    """Lets a list count no more (`intake.withdrawal`), unless somebody who is booked would be left on no list.

    Who is kept apart by a listing of it stays so by their others.

    Raises:
        ConflictError: somebody who stands on no other list is booked, holds a pass or was seen on the way; or the
            list was withdrawn before.
        NotFoundError, ForbiddenError: as `intake.withdrawal.batch_withdraw`.
    """
    acts_in_turn()
    bound = withdrawal_effect(batch).committed
    if bound:
        raise ConflictError(
            f"{len(bound)} people who stand on no other list are booked, hold a pass or were seen on the way.",
            code="people-committed",
            where=batch,
            advice="Take the corrected list in and run the matcher first, so that they stand there too; "
            "or take their passes and seats back.",
        )
    keep_aparts_carry(leaving=listing_ids_of(batch), now=now)
    return withdrawal.batch_withdraw(batch=batch, why=why, account=account, now=now)
