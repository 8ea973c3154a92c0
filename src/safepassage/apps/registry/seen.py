"""Which questions of the queue an account may know of: none that names somebody who is kept apart in confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.intake.selectors import listings_living, listings_put_aside
from safepassage.apps.registry.hidden import hidden_persons, listings_hidden
from safepassage.apps.registry.models import (
    AdultConfirmation,
    JudgementRecord,
    MemberConfirmation,
    RelationStated,
    ReviewRecord,
)
from safepassage.apps.registry.questions import reviews_about, reviews_open
from safepassage.apps.registry.selectors import parties_of_persons, persons_of_listings, run_last
from safepassage.core.identity import AlarmCode, ReviewKind
from safepassage.core.ids import ListingId, PartyId, PersonId


def listings_unseen(account: str) -> frozenset[ListingId]:
    """Every listing of somebody of whom this account may not know; none for whoever may see who is kept apart.

    Whom a word keeps apart is among them at once, before a run of the matcher applies it or a second person agrees.
    """
    if account_may(account, "apart.see"):
        return frozenset()
    return listings_hidden()


def is_unseen(listings: Iterable[ListingId], *, account: str) -> bool:
    """Whether one of these listings is of somebody of whom this account may not know."""
    return not listings_unseen(account).isdisjoint(listings)


def reviews_unseen(account: str) -> frozenset[str]:
    """The open questions of which this account may not know. Cost: reads all open ones, if anybody is kept apart."""
    return frozenset() if account_may(account, "apart.see") else _naming(listings_hidden())


def reviews_open_to_all() -> int:
    """How many open questions name nobody who is hidden: what may be told to anybody."""
    return reviews_open().exclude(pk__in=_naming(listings_hidden())).count()


def _naming(unseen: frozenset[ListingId]) -> frozenset[str]:
    if not unseen:
        return frozenset()
    return frozenset(
        key for key, content in reviews_open().values_list("id", "content") if not unseen.isdisjoint(_named(content))
    )


def _named(content: object) -> Iterable[str]:
    """The listings that a question names; one that can't be read shows nobody, and says which it is when opened."""
    named = content.get("listings") if isinstance(content, dict) else None
    return (one for one in named if isinstance(one, str)) if isinstance(named, list) else ()


def reviews_seen(account: str) -> QuerySet[ReviewRecord]:
    """The review queue as far as this account may know of it, the most harmful question first."""
    return reviews_open().exclude(pk__in=reviews_unseen(account))


def households_asked(account: str, *, of: str = "") -> frozenset[PartyId]:
    """The parties of whom an open question asks whether others travel with them: another household, or one in two.

    As far as this account may know of the question; `of` one party alone, only what is asked of it is read.
    """
    kinds = ReviewKind.SAME_HOUSEHOLD.value, ReviewKind.TWO_PARTIES.value
    records = reviews_about([of]).exclude(pk__in=reviews_unseen(account)) if of else reviews_seen(account)
    contents = records.filter(kind__in=kinds).values_list("content", flat=True)
    listings = {ListingId(one) for content in contents for one in _named(content)}
    parties = parties_of_persons(persons_of_listings(listings).values())
    return frozenset(party for some in parties.values() for party in some)


def answers_unapplied(account: str) -> int:
    """Answers given or taken back since the matcher ran: they take effect when it runs again.

    One answer to a question of many pairs is one answer. Only those about people of whom this account may know.
    """
    run = run_last()
    if run is None:
        return 0
    since = Q(at__gt=run.ended_at) | Q(withdrawn_at__gt=run.ended_at)
    sees_all = account_may(account, "apart.see")
    listings = frozenset[ListingId]() if sees_all else listings_hidden()
    persons = frozenset[PersonId]() if sees_all else hidden_persons()
    judged = JudgementRecord.objects.filter(since).values_list("left", "right", "by", "at", "review")
    members = MemberConfirmation.objects.filter(since).values_list("person", flat=True)
    adults = AdultConfirmation.objects.filter(since).values_list("minor", "adult")
    relations = RelationStated.objects.filter(since).values_list("person", "of")
    return (
        len({tuple(answer) for left, right, *answer in judged if listings.isdisjoint((left, right))})
        + sum(person not in persons for person in members)
        + sum(persons.isdisjoint(pair) for pair in (*adults, *relations))
    )


LIST_WITHDRAWN = "judged-list-withdrawn"
"""A judgement rests because a list was withdrawn: to the matcher, which knows of no lists, its listing is missing."""


def alarms_seen(account: str) -> list[Mapping[str, Any]]:
    """What the last run found to contradict, as far as this account may know of it."""
    run = run_last()
    if run is None:
        return []
    found = _with_reasons(run.alarms)
    if account_may(account, "apart.see"):
        return found
    unseen = listings_hidden()
    return [
        one
        for one in found
        if one["code"] != AlarmCode.KEPT_APART_LINKED.value and unseen.isdisjoint(one["listings"])
    ]


def _with_reasons(alarms: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The alarms; of a judgement whose listings are missing because a list was withdrawn, that it was."""
    found = list(alarms)
    missing = [one for one in found if one["code"] == AlarmCode.JUDGED_LISTING_MISSING.value]
    judged = {ListingId(key) for one in missing for key in one["listings"]}
    aside, living = listings_put_aside(judged), listings_living(judged)

    def is_resting(one: Mapping[str, Any]) -> bool:
        return one in missing and living.issuperset(one["listings"]) and not aside.isdisjoint(one["listings"])

    return [{**one, "code": LIST_WITHDRAWN} if is_resting(one) else one for one in found] if aside else found
