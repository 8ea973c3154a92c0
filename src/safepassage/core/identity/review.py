"""The review queue: what a person should look at, the most harmful doubt first, whole families at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from safepassage.core.identity.values import Link, Review, ReviewKind
from safepassage.core.ids import ListGroupId, ListingId, derived_id
from safepassage.core.people import Listing

_SOON_HOURS = 24.0
_MOST_LISTINGS = 40
"""Listings of all groups in one question: what a person can look at at once."""
_UNSURE_FACTOR = 0.001
"""Pairs that somebody looked at and left open come last."""


def build_reviews(  # noqa: PLR0917
    open_links: Sequence[Link],
    certain_links: Iterable[Link],
    listing_of: Mapping[ListingId, Listing],
    group_sizes: Mapping[ListGroupId, int],
    hours_to_travel: Mapping[ListingId, float],
    unsure: frozenset[tuple[ListingId, ListingId]],
    hidden: frozenset[tuple[ListingId, ListingId]],
) -> tuple[Review, ...]:
    """One question for each family: all open links between list groups (and lone listings) that hold it.

    Groups hang together by certain links and then by open ones, likeliest first, up to as many as a person can look
    at at once; what lies between two such cases is a question of its own. The two of a `hidden` pair, who are kept
    apart in confidence, never stand in one question.
    """

    def stand(listing: ListingId) -> str:
        return listing_of[listing].group or listing

    cases = _Cases(hidden, stand, group_sizes)
    for link in (*certain_links, *sorted(open_links, key=lambda x: (-x.probability, x.left, x.right))):
        cases.join(stand(link.left), stand(link.right))
    bundles: dict[tuple[str, ...], list[Link]] = {}
    for link in open_links:
        inside = (stand(link.left),) if stand(link.left) == stand(link.right) else ()
        ends = sorted({cases.root(stand(link.left)), cases.root(stand(link.right))})
        bundles.setdefault((*ends, *inside), []).append(link)
    reviews = [
        _review(part, listing_of, hours_to_travel, unsure)
        for _, bundle in sorted(bundles.items())
        for part in _without_meeting(tuple(bundle), hidden)
    ]
    return tuple(sorted(reviews, key=lambda review: (-review.harm, review.id)))


def _without_meeting(
    links: tuple[Link, ...], hidden: frozenset[tuple[ListingId, ListingId]]
) -> Iterable[tuple[Link, ...]]:
    """The links as one question, or one by one if two who are kept apart would stand in it."""
    listings = {x for link in links for x in (link.left, link.right)}
    if any(left in listings and right in listings for left, right in hidden):
        return [(link,) for link in links]
    return [links]


class _Cases:
    """Groups and lone listings that are looked at together."""

    def __init__(
        self,
        hidden: Iterable[tuple[ListingId, ListingId]],
        stand: Callable[[ListingId], str],
        group_sizes: Mapping[ListGroupId, int],
    ) -> None:
        self._parent: dict[str, str] = {}
        self._size = dict[str, int](group_sizes.items())
        self._foes: dict[str, set[str]] = {}
        for left, right in hidden:
            a, b = stand(left), stand(right)
            self._foes.setdefault(a, set()).add(b)
            self._foes.setdefault(b, set()).add(a)

    def root(self, at: str) -> str:
        """The name of the case that a group or lone listing is in."""
        while (up := self._parent.get(at, at)) != at:
            self._parent[at] = self._parent.get(up, up)
            at = up
        return at

    def join(self, one: str, other: str) -> None:
        """Makes one case of two, if a person can still look at it and nobody in it must be kept apart."""
        a, b = sorted((self.root(one), self.root(other)))
        size = self._size.get(a, 1) + self._size.get(b, 1)
        if a == b or size > _MOST_LISTINGS or any(self.root(foe) == b for foe in self._foes.get(a, ())):
            return
        self._parent[b] = a
        self._size[a] = size
        foes = self._foes.get(a, set()) | self._foes.get(b, set())
        if foes:
            self._foes[a] = foes


def _review(
    links: tuple[Link, ...],
    listing_of: Mapping[ListingId, Listing],
    hours_to_travel: Mapping[ListingId, float],
    unsure: frozenset[tuple[ListingId, ListingId]],
) -> Review:
    listings = tuple(sorted({x for link in links for x in (link.left, link.right)}))
    groups = tuple(sorted({group for x in listings if (group := listing_of[x].group) is not None}))
    hours = min((hours_to_travel[x] for x in listings if x in hours_to_travel), default=None)
    urgency = 1.0 if hours is None else 1.0 + 9.0 * _SOON_HOURS / (_SOON_HOURS + max(hours, 0.0))
    gain = sum(link.probability * (_UNSURE_FACTOR if (link.left, link.right) in unsure else 1.0) for link in links)
    is_inside = len(groups) == 1 and all(listing_of[x].group is not None for x in listings)
    kind = ReviewKind.LISTED_TWICE if is_inside else ReviewKind.SAME_PERSON
    return Review(
        id=derived_id("Q", kind, *listings),
        kind=kind,
        listings=listings,
        links=links,
        harm=round(gain * urgency, 6),
        question=_question(kind, len(links), len(groups)),
        groups=groups,
    )


def _question(kind: ReviewKind, count: int, groups: int) -> str:
    if kind is ReviewKind.LISTED_TWICE:
        return "One group of one list seems to name a person twice. Is it one person?"
    if count == 1:
        return "Are these two listings one person?"
    if groups <= 2:
        return f"Two groups seem to hold the same family: {count} pairs to decide together. Which are one person?"
    return f"{groups} groups seem to hold the same family: {count} pairs to decide together. Which are one person?"


def capped(reviews: Sequence[Review], cap: int) -> tuple[tuple[Review, ...], int]:
    """The queue as shown, and how many questions are beyond it."""
    return tuple(reviews[:cap]), max(0, len(reviews) - cap)
