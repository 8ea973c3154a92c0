"""Seats that a division must not cost: whoever had one and is committed keeps it, whatever lists tell of them now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from safepassage.apps.ledger.services import event_append
from safepassage.apps.registry.judging import committed_among
from safepassage.apps.registry.models import MemberConfirmation, Membership
from safepassage.core.identity import Assignment, Committed, Party, persons_changing
from safepassage.core.ids import ListingId, PartyId, PersonId
from safepassage.core.ledger import EventKind

Seats = list[tuple[PartyId, PersonId]]


def committed_seats(before: Assignment, after: Assignment) -> Committed:
    """Who is committed, under the id that holds now, and the party in which the last run seated them.

    What a list says joins no such party with another (`core.identity.families`). Cost: all memberships, ids only.
    """
    seated = Membership.objects.filter(is_confirmed=True).order_by("person", "party")
    seats = {PersonId(person): PartyId(party) for person, party in seated.values_list("person_id", "party_id")}
    bound = committed_among(seats)
    return Committed(
        seats={after.redirects.get(person, person): seats[person] for person in sorted(bound)},
        person_of=before.person_of,
    )


def members_kept(parties: Sequence[Party]) -> Seats:
    """Members who are only proposed, and of whom an earlier division said that they keep their seat.

    Where lists tell enough of them, or the division was taken back, nothing is kept: the parties are what they
    would be without.
    """
    standing = set(MemberConfirmation.objects.filter(withdrawn_at=None, is_kept=True).values_list("party", "person"))
    return [pair for pair in _proposed(parties) if pair in standing] if standing else []


def members_keep(
    parties: Sequence[Party],
    clusters: Sequence[Sequence[ListingId]],
    before: Assignment,
    committed: Committed,
    *,
    account: str,
    now: datetime,
) -> Seats:
    """Keeps the seats of those whom this run divides, who had one in the same party, and who are committed.

    They were booked, told or given a pass as somebody whom two lists attest; that one of these turns out to be of
    somebody else takes nothing back from whoever may stand at the gate. An event; inside the run's transaction.
    """
    divided = persons_changing(clusters, before.person_of)
    kept = [
        (party, person)
        for party, person in _proposed(parties)
        if person in divided and committed.seats.get(person) == party
    ]
    MemberConfirmation.objects.bulk_create(
        MemberConfirmation(party=party, person=person, by=account, at=now, is_kept=True) for party, person in kept
    )
    if kept:
        event_append(kind=EventKind.MEMBERS_CONFIRMED, body={"rows": tuple(kept)}, account=account, now=now)
    return kept


def _proposed(parties: Sequence[Party]) -> Seats:
    return [(party.id, member.person) for party in parties for member in party.members if not member.is_confirmed]
