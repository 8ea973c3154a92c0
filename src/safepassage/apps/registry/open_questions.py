"""What the open questions say of parties: which may be the same family, and which may be two."""

from __future__ import annotations

from dataclasses import dataclass, field

from safepassage.apps.registry.selectors import parties_of_persons, party_ids, persons_of_listings, reviews_open
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


def parties_asked_about() -> dict[PartyId, PartyAsked]:
    """Every party that an open question is about, or that has two heads. Cost: reads all open questions."""
    reviews = list(REVIEW.each(reviews_open().values_list("content", flat=True)))
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
    for key in party_ids(flag=PartyFlag.TWO_HEADS.value):
        found.setdefault(PartyId(key), PartyAsked()).has_two_heads = True
    return found
