"""On which listing each id was founded: who keeps an id when a person is divided (`core.identity.assign`)."""

from __future__ import annotations

from safepassage.apps.registry.models import PersonRecord
from safepassage.core.identity import Person
from safepassage.core.ids import ListingId, PersonId


def ids_founded(person: Person) -> dict[ListingId, PersonId]:
    """The ids founded on a person's listings: their own, and those of whoever was merged with them.

    Where the listing of their own id is gone, the first of those left bears it.
    """
    listings = sorted(person.listings)
    records = PersonRecord.objects.filter(founder__in=listings).order_by("-founded").values_list("founder", "id")
    found = {ListingId(founder): PersonId(key) for founder, key in records}
    if person.id not in found.values() and listings:
        found[listings[0]] = person.id
    return found
