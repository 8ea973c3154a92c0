"""To keep apart is said of two people and stands on a listing of each: where one goes, it goes on to another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.services import acts_in_turn
from safepassage.apps.registry.judging import judgements_record
from safepassage.apps.registry.models import JudgementRecord, JudgementRequest, PersonListing
from safepassage.core.identity import JudgementVerdict
from safepassage.core.ids import ListingId

KEEP_APART = JudgementVerdict.KEEP_APART


@transaction.atomic
def keep_aparts_carry(*, leaving: Collection[ListingId], now: datetime) -> int:
    """Says of the other listings of the same people what was said of listings that are about to go.

    Given or waiting for a second person, in the name of whoever said it. Call it before listings are erased or
    withdrawn, while it is known whose they are. Whoever stands on no other listing takes it along.

    Returns:
        How many pairs it was said of anew.
    """
    acts_in_turn()
    gone = frozenset(leaving)
    given = JudgementRecord.objects.filter(verdict=KEEP_APART, withdrawn_at=None)
    touched = [one for one in given if one.left in gone or one.right in gone]
    waiting = [one for one in JudgementRequest.objects.filter(decided_at=None) if _pairs(one) and _names(one, gone)]
    named = {key for one in touched for key in (one.left, one.right)}
    named |= {key for one in waiting for pair in _pairs(one) for key in pair}
    beside = _others(named, gone)
    standing = {(one.left, one.right) for one in given}
    carried = 0
    for one in touched:
        pairs = [pair for pair in _anew(one.left, one.right, beside, gone) if pair not in standing]
        standing.update(pairs)
        verdicts = [(ListingId(left), ListingId(right), KEEP_APART) for left, right in pairs]
        carried += judgements_record(verdicts=verdicts, account=one.by, why=one.why, now=now, review="")
    for request in waiting:
        known = set(_pairs(request))
        pairs = [pair for left, right in known for pair in _anew(left, right, beside, gone) if pair not in known]
        request.rows = [*request.rows, *([left, right, KEEP_APART.value] for left, right in pairs)]
        request.save(update_fields=["rows"])
        carried += len(pairs)
    return carried


def _pairs(request: JudgementRequest) -> list[tuple[str, str]]:
    return [(left, right) for left, right, verdict in request.rows if verdict == KEEP_APART]


def _names(request: JudgementRequest, gone: frozenset[ListingId]) -> bool:
    return any(left in gone or right in gone for left, right in _pairs(request))


def _others(named: Collection[str], gone: frozenset[ListingId]) -> Mapping[str, list[str]]:
    """For each of these listings the others of the same person that stay."""
    person_of = dict(PersonListing.objects.filter(listing__in=list(named)).values_list("listing", "person_id"))
    rows = PersonListing.objects.filter(person_id__in=set(person_of.values())).order_by("listing")
    of: dict[str, list[str]] = {}
    for listing, person in rows.values_list("listing", "person_id"):
        if listing not in gone:
            of.setdefault(person, []).append(listing)
    return {listing: of.get(person, []) for listing, person in person_of.items()}


def _anew(
    left: str, right: str, beside: Mapping[str, list[str]], gone: frozenset[ListingId]
) -> list[tuple[str, str]]:
    """The pairs on which it goes on, each ordered: all listings that stay of whoever loses one."""
    if left not in gone and right not in gone:
        return []
    ours = beside.get(left, []) if left in gone else [left]
    theirs = beside.get(right, []) if right in gone else [right]
    return sorted({(min(one, other), max(one, other)) for one in ours for other in theirs if one != other})
