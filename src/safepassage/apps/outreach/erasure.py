"""Erasure, whole: what the lists said, what is derived from it, and what we wrote down in words of our own about it.

Notes of calls and reasons of overrides hang on parties; when somebody of a party is erased, the party's words go too,
since nobody can tell whom they name. Ids, outcomes, times and events stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from safepassage.apps.intake.erasing import listings_due, listings_expire
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.outreach.models import Call
from safepassage.apps.policy.overriding import override_reasons_forget
from safepassage.apps.registry.apart_carried import keep_aparts_carry
from safepassage.apps.registry.erasing import judgement_words_forget, person_erase
from safepassage.apps.registry.selectors import memberships_now, parties_of, persons_known
from safepassage.apps.registry.services import Progress, resolve_run
from safepassage.core.ids import PartyId, PersonId


@transaction.atomic
def person_forget(
    *, person: PersonId, reason: str, account: str, now: datetime, progress: Progress | None = None
) -> int:
    """Erases a person and the words about their parties. Returns the number of listings erased.

    Raises:
        NotFoundError: nobody has that id, or they were erased before.
    """
    parties = _parties_ever(person)
    erased = person_erase(person=person, reason=reason, account=account, now=now, progress=progress)
    _words_forget(parties)
    return erased


@transaction.atomic
def retention_apply(*, account: str, now: datetime) -> int:
    """Erases every listing whose source's retention is over, derives everyone anew, and forgets the words about them.

    Returns the number of listings erased.
    """
    before = memberships_now()
    keep_aparts_carry(leaving=listings_due(now), now=now)
    erased = listings_expire(account=account, now=now)
    if erased:
        resolve_run(account=account, now=now)
        judgement_words_forget()
        gone = before.keys() - persons_known(before)
        _words_forget({party for person in gone for party in (*before[person], *_parties_ever(person))})
    return erased


def _parties_ever(person: PersonId) -> set[PartyId]:
    known = state_now().people.get(person)
    return {*parties_of(person), *(known.parties if known else ())}


def _words_forget(parties: Iterable[PartyId]) -> None:
    keys = list(parties)
    Call.objects.filter(party__in=keys).exclude(note="").update(note="")
    override_reasons_forget(parties=keys)
