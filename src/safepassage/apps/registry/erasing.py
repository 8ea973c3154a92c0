"""Erasure of a person, and of the words said of listings that are gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safepassage.apps.intake.erasing import listings_erase
from safepassage.apps.intake.selectors import listings_living
from safepassage.apps.registry.checks import facts_forget, facts_forget_beside
from safepassage.apps.registry.kin import relations_forget
from safepassage.apps.registry.models import JudgementRecord, JudgementRequest, MemberConfirmation, PersonListing
from safepassage.apps.registry.services import Progress, resolve_run
from safepassage.core.ids import ListingId, PersonId


@transaction.atomic
def person_erase(
    *, person: PersonId, reason: str, account: str, now: datetime, progress: Progress | None = None
) -> int:
    """Erases everything stated of a person, and at once derives everyone anew, so that nothing derived keeps it.

    Ids, judgements and events stay, without the words in which somebody gave a judgement's reason; the person's id
    leads to nobody.

    Returns:
        The number of listings erased.

    Raises:
        NotFoundError: nobody has that id, or they were erased before.
    """
    listings = PersonListing.objects.filter(person_id=person).values_list("listing", flat=True)
    keys = [ListingId(key) for key in listings]
    erased = listings_erase(listings=keys, reason=reason, account=account, now=now)
    MemberConfirmation.objects.filter(person=person).update(why="")
    facts_forget(keys)
    relations_forget(person)
    resolve_run(account=account, now=now, progress=progress)
    judgement_words_forget()
    return erased


def judgement_words_forget() -> None:
    """Takes the words from judgements, asked or given, about listings that were erased; what was judged stays.

    Facts checked of somebody of whom no listing is left go altogether.
    """
    living = listings_living()
    facts_forget_beside(living)
    for model in (JudgementRecord.objects.exclude(why=""), JudgementRequest.objects.exclude(why="")):
        for record in model:
            if not living.issuperset(_judged(record)):
                record.why = ""
                record.save(update_fields=["why"])


def _judged(record: JudgementRecord | JudgementRequest) -> set[ListingId]:
    if isinstance(record, JudgementRecord):
        return {ListingId(record.left), ListingId(record.right)}
    return {ListingId(one) for left, right, _verdict in record.rows for one in (left, right)}
