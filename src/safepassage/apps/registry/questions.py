"""The review queue: open questions, the most harmful first, and which comes after which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from safepassage.apps.registry.answers import judgements_waiting
from safepassage.apps.registry.models import ReviewRecord
from safepassage.apps.registry.selectors import listings_of_parties
from safepassage.apps.registry.values import REVIEW
from safepassage.core.errors import NotFoundError
from safepassage.core.identity import Review


def reviews_open() -> QuerySet[ReviewRecord]:
    """The review queue, the most harmful question first."""
    return ReviewRecord.objects.filter(decided_at=None).order_by("-harm", "id")


_ID = re.compile(r'"([^"]{1,20})"')
"""Whatever may be an id in a question as text."""


def reviews_about(parties: Iterable[str]) -> QuerySet[ReviewRecord]:
    """The open questions that name a listing of somebody of these parties, the most harmful first.

    Cost: the ids that stand in every open question; nothing else of them is read.
    """
    about = listings_of_parties(parties)
    texts = reviews_open().annotate(text=Cast("content", TextField())).values_list("pk", "text")
    keys = [key for key, text in texts if not about.isdisjoint(_ID.findall(text or ""))] if about else []
    return reviews_open().filter(pk__in=keys)


def review_by_id(review_id: str) -> Review:
    """One question.

    Raises:
        NotFoundError: if it is not (or no longer) in the queue.
    """
    record = ReviewRecord.objects.filter(pk=review_id).first()
    if record is None or not record.content:
        raise NotFoundError("That question is no longer in the queue.", advice="Go back to the queue.")
    return REVIEW.validate_python(record.content, where=record.pk)


def review_next(*, skip: Iterable[str] = ()) -> str:
    """The most harmful open question that nobody has asked a second person about; empty if there is none."""
    waiting = set(judgements_waiting().values_list("review", flat=True)) | set(skip)
    return reviews_open().exclude(pk__in=waiting).values_list("id", flat=True).first() or ""


def review_after(key: str, *, skip: Iterable[str] = ()) -> str:
    """The open question that stands next behind this one in the queue, the first again behind the last.

    Whoever goes on by it sees every question that waits for no second person once round; empty if there is no other.
    """
    without = frozenset(skip)
    record = ReviewRecord.objects.filter(pk=key).first()
    if record:
        waiting = judgements_waiting().values_list("review", flat=True)
        behind = reviews_open().exclude(pk__in={*waiting, *without}).exclude(pk=key)
        behind = behind.filter(Q(harm__lt=record.harm) | Q(harm=record.harm, pk__gt=key))
        if following := behind.values_list("id", flat=True).first():
            return following
    return review_next(skip=[key, *without])
