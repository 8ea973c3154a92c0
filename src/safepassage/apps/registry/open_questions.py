"""What the open questions say of parties: which may be the same family, and which may be two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from safepassage.apps.registry.questions import reviews_about, reviews_open
from safepassage.apps.registry.selectors import parties_of_persons, party_ids, persons_of_listings
from safepassage.apps.registry.values import REVIEW
from safepassage.core.identity import PartyFlag, ReviewKind
from safepassage.core.ids import ListingId, PartyId


@dataclass(slots=True)
class PartyAsked:
    """What is asked of one party; whoever shows it leaves out parties of which the reader may not know."""

    same_as: set[PartyId] = field(default_factory=set)
    """Parties that may hold the same people: the same family on two rows, or a family and a part of it."""
    shares_with: set[PartyId] = field(default_factory=set)
    """Parties in which one of its people stands too."""
    has_two_heads: bool = False
    """Whether two of it are told to be heads: it may be two families."""

    def without(self, hidden: frozenset[PartyId]) -> PartyAsked:
        """The same, silent about some parties."""
        return PartyAsked(self.same_as - hidden, self.shares_with - hidden, self.has_two_heads)


def parties_asked_about(among: Iterable[str] | None = None) -> dict[PartyId, PartyAsked]:
    """Every party that an open question is about, or that has two heads; of some, only what is asked of those.

    Cost: reads all open questions; of some parties, the ids that stand in them, and those about these parties.
    """
    wanted = None if among is None else {PartyId(key) for key in among}
    records = reviews_open() if wanted is None else reviews_about(wanted)
    reviews = list(REVIEW.each(records.values_list("content", flat=True)))
    listings = {listing for review in reviews for listing in review.listings}
    person_of = persons_of_listings(listings)
    parties_of = parties_of_persons(set(person_of.values()))

    def parties(listing: ListingId) -> set[PartyId]:
        return set(parties_of.get(person_of[listing], ())) if listing in person_of else set()

    found: dict[PartyId, PartyAsked] = {}
    for review in reviews:
        for link in review.links:
            left, right = parties(link.left), parties(link.right)
            for one in left:
                found.setdefault(one, PartyAsked()).same_as |= right - left
            for one in right:
                found.setdefault(one, PartyAsked()).same_as |= left - right
        if review.kind is ReviewKind.TWO_PARTIES:
            both = {party for listing in review.listings for party in parties(listing)}
            for one in both:
                found.setdefault(one, PartyAsked()).shares_with |= both - {one}
    torn = party_ids(flag=PartyFlag.TWO_HEADS.value)
    for key in torn if wanted is None else torn.filter(id__in=wanted):
        found.setdefault(PartyId(key), PartyAsked()).has_two_heads = True
    return found if wanted is None else {key: asked for key, asked in found.items() if key in wanted}
