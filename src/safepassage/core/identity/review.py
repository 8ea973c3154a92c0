"""The review queue: what a person should look at, the most harmful doubt first, whole families at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from safepassage.core.identity.values import Link, Review, ReviewKind
from safepassage.core.ids import ListGroupId, ListingId, derived_id
from safepassage.core.people import Listing

_SOON_HOURS = 24.0
_UNSURE_FACTOR = 0.001
"""Pairs that somebody looked at and left open come last."""


def build_reviews(
    links: Iterable[Link],
    listing_of: Mapping[ListingId, Listing],
    group_sizes: Mapping[ListGroupId, int],
    hours_to_travel: Mapping[ListingId, float],
    unsure: frozenset[tuple[ListingId, ListingId]],
) -> tuple[Review, ...]:
    """One question for each pair of list groups (or lone listings) with open links."""
    bundles: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        a, b = (listing_of[x].group or x for x in (link.left, link.right))
        bundles.setdefault((min(a, b), max(a, b)), []).append(link)
    reviews = [
        _review(tuple(bundle), listing_of, group_sizes, hours_to_travel, unsure)
        for _, bundle in sorted(bundles.items())
    ]
    return tuple(sorted(reviews, key=lambda review: (-review.harm, review.id)))


def _review(
    links: tuple[Link, ...],
    listing_of: Mapping[ListingId, Listing],
    group_sizes: Mapping[ListGroupId, int],
    hours_to_travel: Mapping[ListingId, float],
    unsure: frozenset[tuple[ListingId, ListingId]],
) -> Review:
    listings = tuple(sorted({x for link in links for x in (link.left, link.right)}))
    groups = tuple(sorted({group for x in listings if (group := listing_of[x].group) is not None}))
    people = sum(group_sizes[group] for group in groups) + sum(listing_of[x].group is None for x in listings)
    hours = min((hours_to_travel[x] for x in listings if x in hours_to_travel), default=None)
    urgency = 1.0 if hours is None else 1.0 + 9.0 * _SOON_HOURS / (_SOON_HOURS + max(hours, 0.0))
    wrong = sum(
        min(link.probability, 1 - link.probability) * (_UNSURE_FACTOR if (link.left, link.right) in unsure else 1.0)
        for link in links
    )
    is_inside = len(groups) == 1 and all(listing_of[x].group is not None for x in listings)
    kind = ReviewKind.LISTED_TWICE if is_inside else ReviewKind.SAME_PERSON
    return Review(
        id=derived_id("Q", kind, *listings),
        kind=kind,
        listings=listings,
        links=links,
        harm=round(wrong * people * urgency, 6),
        question=_question(kind, len(links)),
        groups=groups,
    )


def _question(kind: ReviewKind, count: int) -> str:
    if kind is ReviewKind.LISTED_TWICE:
        return "One group of one list seems to name a person twice. Is it one person?"
    if count == 1:
        return "Are these two listings one person?"
    return f"Two groups seem to hold the same family: {count} pairs to decide together. Which are one person?"


def capped(reviews: Sequence[Review], cap: int) -> tuple[tuple[Review, ...], int]:
    """The queue as shown, and how many questions are beyond it."""
    return tuple(reviews[:cap]), max(0, len(reviews) - cap)
