"""One question of the review queue, laid out side by side: what each listing states, and what weighs how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safepassage.apps.console.selectors.affected import Affected, affected_by
from safepassage.apps.console.selectors.compared import Compared, compare_rows
from safepassage.apps.console.selectors.list_families import ListFamily, list_families
from safepassage.apps.console.selectors.ticks import Tick, ticks_of
from safepassage.apps.console.selectors.waterfall import Waterfall, waterfall_of
from safepassage.apps.intake.selectors import listings_by_id, source_names
from safepassage.apps.registry.answers import judgements_on
from safepassage.apps.registry.selectors import persons_by_id, persons_of_listings
from safepassage.core.identity import JudgementVerdict, Link, Person, Review, ReviewKind
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.people import Listing


@dataclass(frozen=True, slots=True)
class ListingCard:
    """One listing as its source states it, and whom it stands for now."""

    listing: Listing
    source: str
    person: PersonId | None
    family: ListFamily | None = None
    founded: PersonId | None = None
    """The id that was founded on it: whoever it is of bears that id, if it is the oldest of theirs."""


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two listings to be judged: evidence as a waterfall, and whether the program would tick them as one person."""

    key: str
    left: ListingCard
    right: ListingCard
    link: Link
    evidence: Waterfall
    tick: Tick
    verdict: str

    @property
    def sides(self) -> tuple[ListingCard, ListingCard]:
        """Both rows."""
        return self.left, self.right

    @property
    def compared(self) -> Compared:
        """What both rows say, fact by fact."""
        return compare_rows(self.left.listing, self.right.listing)

    @property
    def is_ticked(self) -> bool:
        """Whether the pair is ticked when the page opens."""
        return self.tick is Tick.LIKELY

    @property
    def percent(self) -> int:
        """The probability that both are one person, in per cent; never shown as certain."""
        return min(99, max(1, round(100 * self.link.probability)))


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with all that a person needs to answer it."""

    review: Review
    pairs: tuple[PairCard, ...]
    cards: tuple[ListingCard, ...]
    affected: tuple[Affected, ...]
    persons: Mapping[PersonId, Person]

    @property
    def committed(self) -> tuple[Affected, ...]:
        """Those with a booking, a pass, or already on the way: two people agree."""
        return tuple(one for one in self.affected if one.is_committed)

    @property
    def shown(self) -> tuple[ListingId, ...]:
        """Every listing whose content is on the page: those asked about, and the families in which they stand."""
        families = [one.family for one in self.cards if one.family]
        kin = [other.id for family in families for other in (*family.others, *([family.head] if family.head else ()))]
        return tuple(dict.fromkeys([*(one.listing.id for one in self.cards), *kin]))

    @property
    def kind(self) -> str:
        """The kind of question."""
        return self.review.kind.value


def question_card(review: Review, *, may_see_apart: bool = False) -> QuestionCard:
    """Lays out a question. An erased listing takes its pairs with it; a keep-apart is told to few."""
    listings = listings_by_id(review.listings)
    person_of = persons_of_listings(review.listings)
    names = source_names()
    families = list_families(listings.values(), may_see_apart=may_see_apart)
    cards = {
        key: ListingCard(listing, names.get(listing.source, listing.source), person_of.get(key), families.get(key))
        for key, listing in listings.items()
    }
    judged = {(one.left, one.right): one.verdict for one in reversed(judgements_on(review.listings))}
    if not may_see_apart:
        judged = {pair: verdict for pair, verdict in judged.items() if verdict != JudgementVerdict.KEEP_APART.value}
    links = [link for link in review.links if link.left in cards and link.right in cards]
    ticks = ticks_of(links, person_of, of_persons=review.kind is not ReviewKind.SAME_HOUSEHOLD)
    pairs = tuple(
        PairCard(
            key=f"{link.left}:{link.right}",
            left=cards[link.left],
            right=cards[link.right],
            link=link,
            evidence=waterfall_of(link.evidence),
            tick=ticks[link.left, link.right],
            verdict=judged.get((link.left, link.right), ""),
        )
        for link in sorted(links, key=lambda link: -link.probability)
    )
    persons = list(dict.fromkeys(person_of[one] for one in review.listings if one in person_of))
    return QuestionCard(
        review=review,
        pairs=pairs,
        cards=tuple(cards[key] for key in review.listings if key in cards),
        affected=affected_by(persons),
        persons=persons_by_id(persons),
    )
