"""Reads of those who came in with a small list: whom they may be, and what is asked about them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from safepassage.apps.registry.models import ArrivalLook, LinkRecord
from safepassage.apps.registry.questions import reviews_open
from safepassage.apps.registry.selectors import links_told
from safepassage.apps.registry.values import REVIEW
from safepassage.core.identity import Link, Review
from safepassage.core.ids import ListingId


def arrival_look_of(batch: str) -> ArrivalLook | None:
    """That a small list was compared as it came in, if no run of the matcher has ended since."""
    return ArrivalLook.objects.filter(pk=batch).first()


def links_from(listings: Iterable[ListingId]) -> list[Link]:
    """Derived links of these listings with any others, the most probable first."""
    ids = list(listings)
    return links_told(LinkRecord.objects.filter(Q(left__in=ids) | Q(right__in=ids)).order_by("-probability", "pk"))


def reviews_about(listings: Iterable[ListingId]) -> list[Review]:
    """The open questions that one of these listings stands in, the most harmful first; unreadable ones left out."""
    asked = set(listings)
    return [one for one in REVIEW.each(reviews_open().values_list("content", flat=True)) if asked & set(one.listings)]
