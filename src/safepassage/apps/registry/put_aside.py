"""Who stands on no list since theirs was withdrawn: nothing of them was erased, and all comes back with the list."""

from __future__ import annotations

from collections.abc import Iterable

from safepassage.apps.intake.selectors import listings_put_aside
from safepassage.apps.registry.models import PersonRecord
from safepassage.apps.registry.selectors import end_of, leads_now
from safepassage.core.ids import ListingId, PersonId


def persons_put_aside(ids: Iterable[PersonId]) -> frozenset[PersonId]:
    """Those of these ids of whom nothing is known now because the list on which they were founded was withdrawn."""
    leads = leads_now()
    ends = {one: end_of(one, leads) for one in set(ids)}
    emptied = PersonRecord.objects.filter(id__in=set(ends.values()), content={})
    founders = {PersonId(key): ListingId(founder) for key, founder in emptied.values_list("id", "founder")}
    aside = listings_put_aside(founders.values())
    return frozenset(one for one, end in ends.items() if founders.get(end) in aside)
