"""One who arrives: a small list is compared as it comes in with everybody in the store, family by family.

What it finds is for the desk that takes the list in: whom these people may be. It joins nobody, and the next run of
the matcher says it for good. Who is in the store is kept ready in the memory of the worker, which ends when the store
is locked or burned; on disk there are the ids and chances of what was found, as of every link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from safepassage.apps.intake.selectors import batches_as_read, listings_of_batches
from safepassage.apps.ledger.services import acts_in_turn
from safepassage.apps.registry.matcher import matcher_weights
from safepassage.apps.registry.models import ArrivalLook, LinkRecord
from safepassage.apps.registry.selectors import persons_of_listings
from safepassage.apps.registry.values import EVIDENCE
from safepassage.core.errors import UnreadableError
from safepassage.core.identity import IdentitySettings, Parameters
from safepassage.core.identity.arrivals import Partner, Standing
from safepassage.core.identity.features import columns_of
from safepassage.core.ids import BatchId
from safepassage.core.people import Listing
from safepassage.core.uncollected import uncollected

SMALL = 50
"""Listings of a list that a desk looks through one by one; a larger one waits for the run of the matcher."""
SHOWN = 5
"""Whom one listing may be: so many at most."""
_ADDED = 5_000
"""More listings than these are not added one by one: all are made ready anew."""


@dataclass(slots=True)
class _Ready:
    """Who is kept ready, by which weights, and the batches that they came in, as these were read then."""

    version: str
    standing: Standing
    batches: dict[BatchId, tuple[int, str]]


class _Kept:
    now: _Ready | None = None


def arrivals_prepare() -> None:
    """Makes everybody in the store ready, if weights are learnt: the first small list is then answered at once.

    Cost: two short queries if nobody came; else some 70 us of processor time and 2 kB a listing.
    """
    weights = matcher_weights()
    with suppress(UnreadableError):  # whoever runs the matcher is told which listing it is
        if weights is not None:
            _ready(weights)


def arrivals_forget() -> None:
    """Lets go of whoever was kept ready, as before a run, which needs the memory and may learn other weights."""
    _Kept.now = None


def arrivals_look(*, batch: BatchId) -> int:
    """Compares those of a small list whom no run has matched yet with everybody, and keeps whom they may be.

    Returns:
        How many were compared; none if the list is large, or nobody has learnt weights yet.
    """
    weights = matcher_weights()
    if weights is None:
        return 0
    try:
        listings = listings_of_batches([batch])
        matched = persons_of_listings(one.id for one in listings)
        asked = [one for one in listings if one.id not in matched]
        if not asked or len(listings) > SMALL:
            return 0
        ready = _ready(weights, beside=batch)
    except UnreadableError:
        return 0  # the list is in; whoever runs the matcher is told which listing can't be read
    try:
        ready.standing.add([one for one in listings if one.id in matched])
        size, found = ready.standing.size, list[Partner]()
        for family in families_of(asked):
            found += ready.standing.partners(family, explained_from=IdentitySettings().review_from)
            ready.standing.add(family)
        ready.batches[batch] = batches_as_read()[batch]
    except BaseException:
        arrivals_forget()  # it may hold some of them and not know of it
        raise
    _keep(asked, found, batch=batch, size=size, matcher=weights.version)
    return len(asked)


def _ready(weights: Parameters, *, beside: BatchId | None = None) -> _Ready:
    """Everybody in the store but for one batch: those kept, and lists that came since; else all anew."""
    batches = {batch: as_read for batch, as_read in batches_as_read().items() if batch != beside}
    kept = _Kept.now
    if kept is not None and kept.version == weights.version:
        is_as_before = all(batches.get(batch) == as_read for batch, as_read in kept.batches.items())
        fresh = {batch: as_read for batch, as_read in batches.items() if batch not in kept.batches}
        if is_as_before and sum(count for count, _ in fresh.values()) <= _ADDED:
            _Kept.now = None
            for batch in fresh:
                kept.standing.add(listings_of_batches([batch]))
            kept.batches |= fresh
            _Kept.now = kept
            return kept
    _Kept.now = kept = None  # the memory first
    with uncollected():
        standing = Standing(columns_of(listings_of_batches(batches), weights.habits), weights)
    _Kept.now = _Ready(weights.version, standing, batches)
    return _Kept.now


def families_of(listings: Iterable[Listing]) -> list[list[Listing]]:
    """List groups, and rows without one that stand under one phone: they speak for each other."""
    found: dict[str, list[Listing]] = defaultdict(list)
    for one in listings:
        found[one.group or (f"phone {one.phones[0]}" if one.phones else one.id)].append(one)
    return list(found.values())


@transaction.atomic
def _keep(asked: list[Listing], found: list[Partner], *, batch: BatchId, size: int, matcher: str) -> None:
    acts_in_turn()
    ids = {one.id for one in asked} - set(persons_of_listings(one.id for one in asked))  # a run may have ended since
    LinkRecord.objects.filter(Q(left__in=ids) | Q(right__in=ids)).delete()
    of = defaultdict[str, list[Partner]](list)
    for one in found:  # the likeliest first
        if one.arrival in ids and one.probability >= IdentitySettings().review_from and len(of[one.arrival]) < SHOWN:
            of[one.arrival].append(one)
    LinkRecord.objects.bulk_create(
        LinkRecord(
            left=min(one.arrival, one.other),
            right=max(one.arrival, one.other),
            probability=one.probability,
            is_certain=False,
            evidence=EVIDENCE.dump_python(one.evidence, mode="json"),
        )
        for partners in of.values()
        for one in partners
    )
    ArrivalLook.objects.update_or_create(batch=batch, defaults={"listings": size, "matcher": matcher})
