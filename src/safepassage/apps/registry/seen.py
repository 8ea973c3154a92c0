"""Which questions of the queue an account may know of: none that names somebody who is kept apart in confidence."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.registry.apart import listings_told_apart
from safepassage.apps.registry.models import PersonListing, ReviewRecord
from safepassage.apps.registry.selectors import hidden_persons, reviews_open
from safepassage.apps.registry.values import REVIEW
from safepassage.core.errors import UnreadableError
from safepassage.core.ids import ListingId


def listings_unseen(account: str) -> frozenset[ListingId]:
    """Every listing of somebody of whom this account may not know; none for whoever may see who is kept apart.

    Whom a word keeps apart is among them at once, before a run of the matcher applies it or a second person agrees.
    """
    if account_may(account, "apart.see"):
        return frozenset()
    said = {ListingId(one) for one in listings_told_apart()}
    persons = set(PersonListing.objects.filter(listing__in=said).values_list("person_id", flat=True))
    of_them = PersonListing.objects.filter(person_id__in=persons | hidden_persons()).values_list("listing", flat=True)
    return frozenset(ListingId(one) for one in said.union(of_them))


def is_unseen(listings: Iterable[ListingId], *, account: str) -> bool:
    """Whether one of these listings is of somebody of whom this account may not know."""
    return not listings_unseen(account).isdisjoint(listings)


def reviews_unseen(account: str) -> frozenset[str]:
    """The open questions of which this account may not know. Cost: reads all open ones, if anybody is kept apart."""
    unseen = listings_unseen(account)
    if not unseen:
        return frozenset()
    return frozenset(
        key for key, content in reviews_open().values_list("id", "content") if not unseen.isdisjoint(_named(content))
    )


def _named(content: object) -> Iterable[ListingId]:
    try:
        return REVIEW.validate_python(content).listings
    except UnreadableError:
        return ()  # it shows nobody, and says which it is wherever it is opened


def reviews_seen(account: str) -> QuerySet[ReviewRecord]:
    """The review queue as far as this account may know of it, the most harmful question first."""
    return reviews_open().exclude(pk__in=reviews_unseen(account))
