"""Who is kept apart by a word that no run has applied yet: hidden from that word on, not from the next run."""

from __future__ import annotations

from safepassage.apps.registry.models import JudgementRecord, JudgementRequest, Membership, PersonListing
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import PartyId

WITHDRAW = "withdraw"
"""What a request says of a pair whose judgement is to be taken back."""
_OTHER_WORDS = frozenset({*JudgementVerdict, WITHDRAW}) - {JudgementVerdict.KEEP_APART}


def listings_told_apart() -> frozenset[str]:
    """Listings of which somebody says that they are to be kept apart: given, or waiting for a second person.

    To hide somebody takes one person; to lift it takes two. A word that was refused or taken back hides nobody; one
    that can't be read (a damaged row) hides, since it may be this one.
    """
    found: set[str] = set()
    given = JudgementRecord.objects.exclude(verdict__in=_OTHER_WORDS).filter(withdrawn_at=None)
    for pair in given.values_list("left", "right"):
        found.update(pair)
    for request in JudgementRequest.objects.filter(decided_at=None):
        for left, right, verdict in request.rows:
            if verdict not in _OTHER_WORDS:
                found |= {left, right}
    return frozenset(found)


def parties_told_apart(listings: frozenset[str]) -> frozenset[PartyId]:
    """The parties of these listings, as they stand now."""
    if not listings:
        return frozenset()
    persons = PersonListing.objects.filter(listing__in=listings).values("person_id")
    parties = Membership.objects.filter(person_id__in=persons).values_list("party_id", flat=True)
    return frozenset(PartyId(party) for party in parties)
