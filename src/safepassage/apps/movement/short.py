"""Booked parties that are not whole: somebody of them has no seat, or others may belong to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.demands import travellers
from safepassage.apps.movement.models import Booking
from safepassage.apps.policy.selectors import standings_of
from safepassage.apps.policy.values import STANDING
from safepassage.apps.registry.answers import confirmations_unapplied
from safepassage.apps.registry.seen import households_asked
from safepassage.apps.registry.selectors import confirmed_count, end_of, leads_now, parties_by_id
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger.whereabouts import people_gone


def parties_short(parties: Collection[str] | None = None) -> dict[PartyId, tuple[PersonId, ...]]:
    """Whose members have no seat in the booking of their party, and who: all booked parties, or some.

    They were confirmed after the plan was made, by an answer that no run has applied yet, or by a run that no policy
    or plan has followed. Whom the policy seats nowhere, who has left, and who needs no seat is not among them.
    Cost: two queries that give such parties alone; five more if there are any.
    """
    booked = Booking.objects.all() if parties is None else Booking.objects.filter(pk__in=list(parties))
    answered = confirmations_unapplied()
    larger = booked.annotate(members=confirmed_count()).filter(members__gt=F("heads"))
    asked = {*larger.values_list("pk", flat=True), *booked.filter(pk__in=answered).values_list("pk", flat=True)}
    if not asked:
        return {}
    state, leads = state_now(), leads_now()
    gone = people_gone(state)
    seated = {one.party: {end_of(PersonId(key), leads) for key in one.persons} for one in booked.filter(pk__in=asked)}
    found = {}
    for party, wanted in _wanted(sorted(asked)).items():
        missing = {*wanted, *answered.get(party, ())} - seated[party] - gone
        if missing:
            found[party] = tuple(sorted(missing))
    return found


def _wanted(asked: Iterable[str]) -> dict[PartyId, list[PersonId]]:
    """Who of each party should have a seat: those whom the policy seats, and those of whom it does not know yet."""
    parties, standings = parties_by_id(asked), standings_of(asked)
    found = {}
    for key, party in parties.items():
        confirmed = [member.person for member in party.confirmed]
        record = standings.get(key)
        if record is not None and record.content:
            standing = STANDING.validate_python(record.content, where=key)
            known = {member.person for member in standing.members}
            seated = set(travellers(standing, party))
            confirmed = [one for one in confirmed if one in seated or one not in known]
        found[key] = confirmed
    return found


def booked_asked_about(account: str) -> frozenset[PartyId]:
    """Booked parties of which an open question asks whether others are of one household with them.

    As far as the account may know of the question. Cost: the open questions of households once, and three queries.
    """
    asked = households_asked(account)
    return frozenset(PartyId(key) for key in Booking.objects.filter(pk__in=asked).values_list("pk", flat=True))


def is_booked_and_asked_about(party: PartyId, account: str) -> bool:
    """Whether one party is such a one. Cost: the questions about it; none where it isn't booked."""
    return Booking.objects.filter(pk=party).exists() and party in households_asked(account, of=party)
