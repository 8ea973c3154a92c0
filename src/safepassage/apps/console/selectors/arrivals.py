"""The people of a small list, family by family: who they are, or whom they may be before the matcher has run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.apps.console.selectors.questions import ListingCard
from safepassage.apps.intake.selectors import listings_by_id, listings_of_batches, source_names
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.registry.arrivals import SMALL, families_of
from safepassage.apps.registry.arrived import arrival_look_of, links_from, reviews_about
from safepassage.apps.registry.seen import listings_unseen
from safepassage.apps.registry.selectors import parties_of_persons, persons_by_id, persons_of_listings
from safepassage.core.errors import UnreadableError
from safepassage.core.identity import Evidence, EvidenceField, Link, Person
from safepassage.core.ids import BatchId, ListingId, PartyId, PersonId
from safepassage.core.ledger.state import PersonState
from safepassage.core.people import Listing

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.apps.intake.models import Batch
    from safepassage.apps.registry.models import ArrivalLook

REASONS = 3
"""Facts told of why two listings may be one person: the heaviest."""
_WORTH = 0.1
"""Whoever is less likely than this beside the likeliest is not told of."""
_NO_FACTS = (EvidenceField.PRIOR, EvidenceField.FAMILY, EvidenceField.LIST, EvidenceField.RELATION)


@dataclass(frozen=True, slots=True)
class MayBe:
    """Somebody in the store whom one on the list may be: by which of their listings, and why."""

    listing: ListingCard
    person: Person | None
    """None: no run has matched their list yet."""
    parties: tuple[PartyId, ...]
    state: PersonState | None
    """Where the ledger has them."""
    link: Link
    reasons: tuple[Evidence, ...]

    @property
    def percent(self) -> int:
        """The probability that both are one person, in per cent; never shown as certain."""
        return min(99, max(1, round(100 * self.link.probability)))


@dataclass(frozen=True, slots=True)
class Arrived:
    """One on the list: who they are once a run has matched them, whom they may be before."""

    listing: Listing
    person: PersonId | None
    """Not told to whoever may not know of people who are hidden: they would be those of whom nothing is told."""
    may_be: tuple[MayBe, ...]

    @property
    def is_likely_here(self) -> bool:
        """Whether they are likelier somebody in the store than nobody."""
        return any(one.link.probability > 1 / 2 for one in self.may_be)


@dataclass(frozen=True, slots=True)
class Family:
    """Those of the list who stand together."""

    members: tuple[Arrived, ...]

    @property
    def here(self) -> int:
        """How many of them are likely here already."""
        return sum(one.is_likely_here for one in self.members)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The people of a small list as its page shows them."""

    families: tuple[Family, ...]
    look: ArrivalLook | None
    questions: tuple[str, ...]
    is_matched: bool
    """Whether a run has matched all of them."""
    tells_persons: bool
    """Whether it says who they are since."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of everybody whom the page shows, for the access log."""
        people = [one for family in self.families for one in family.members]
        beside = [
            other.person.id if other.person else other.listing.listing.id for one in people for other in one.may_be
        ]
        return (*(one.listing.id for one in people), *dict.fromkeys(beside))


def arrivals_of(batch: Batch, account: Account) -> Arrivals | None:
    """The people of a batch, if it is small and can be read.

    Whoever took it in sees every row as it was taken in; on a list of another whoever is hidden is not there at all.
    Who a row is since a run is told to those alone who may know of everybody: what is told of one is told of each.

    Cost: some ten queries; for whoever sees the review queue, the open questions once.
    """
    if not 0 < batch.listings_made <= SMALL:
        return None
    try:
        listings = listings_of_batches([BatchId(batch.pk)])
    except UnreadableError:
        return None  # `safepassage gate check` says which
    if not listings:
        return None
    listings.sort(key=lambda one: (one.row.sheet, one.row.number))  # as they are written: the head mostly first
    ids = [one.id for one in listings]
    person_of, tells_persons = persons_of_listings(ids), account.may("apart.see")
    unseen = listings_unseen(account.username)
    if batch.received_by != account.username:
        listings = [one for one in listings if one.id not in unseen]
    may_be = _may_be([one for one in ids if one not in person_of], unseen)
    families = tuple(
        Family(
            tuple(
                Arrived(one, person_of.get(one.id) if tells_persons else None, may_be.get(one.id, ()))
                for one in family
            )
        )
        for family in families_of(listings)
    )
    is_matched = person_of.keys() >= set(ids)
    return Arrivals(
        families,
        arrival_look_of(batch.pk),
        _questions([one for one in person_of if one not in unseen], account),
        is_matched,
        tells_persons,
    )


def _may_be(asked: Sequence[ListingId], unseen: frozenset[ListingId]) -> dict[ListingId, tuple[MayBe, ...]]:
    """For each of these listings whom it may be, each person once, the likeliest first."""
    links = [(mine, link) for link in links_from(asked) for mine in (link.left, link.right) if mine in set(asked)]
    others = [_other(mine, link) for mine, link in links]
    person_of, listings, names = persons_of_listings(others), listings_by_id(others), source_names()
    people = state_now().people
    persons, parties = persons_by_id(person_of.values()), parties_of_persons(person_of.values())
    found: dict[ListingId, dict[str, MayBe]] = defaultdict(dict)
    for mine, link in links:
        other = _other(mine, link)
        person = person_of.get(other)
        if other not in listings or other in unseen:
            continue
        card = ListingCard(listings[other], names.get(listings[other].source, ""), person)
        known = (persons.get(person), parties.get(person, ()), people.get(person)) if person else (None, (), None)
        one = MayBe(card, *known, link, _facts(link.evidence))
        if link.probability >= _WORTH * next(iter(found[mine].values()), one).link.probability:
            found[mine].setdefault(person or other, one)
    return {mine: tuple(of.values()) for mine, of in found.items()}


def _other(mine: ListingId, link: Link) -> ListingId:
    return link.right if mine == link.left else link.left


def _facts(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    facts = [one for one in evidence if one.field not in _NO_FACTS and not one.level.startswith("missing")]
    return tuple(sorted(facts, key=lambda one: -abs(one.weight))[:REASONS])


def _questions(matched: Sequence[ListingId], account: Account) -> tuple[str, ...]:
    """The open questions about those whom a run has matched, that this account may see."""
    if not matched or not account.may("review.see"):
        return ()
    unseen = listings_unseen(account.username)
    return tuple(review.id for review in reviews_about(matched) if unseen.isdisjoint(review.listings))
