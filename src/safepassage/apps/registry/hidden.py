"""Who is hidden: everybody on either side of a confidential keep-apart, from the first person's word on (`apart`).

For whoever may not know of them (`apart.see`) they are as somebody who is not there: not found, listed, counted as a
question, nor told from an id that nobody ever had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q

from safepassage.apps.registry.apart import listings_told_apart, parties_told_apart
from safepassage.apps.registry.models import Membership, PartyRecord, PersonListing
from safepassage.apps.registry.selectors import end_of, leads_now, parties_as_text
from safepassage.apps.registry.values import PARTY
from safepassage.core.errors import UnreadableError
from safepassage.core.identity import PartyFlag
from safepassage.core.ids import ListingId, PartyId, PersonId


def hidden_persons() -> frozenset[PersonId]:
    """Everyone who is hidden: they leave the house with no list. Whoever is of a party that can't be read is too."""
    return _persons(listings_told_apart())


def listings_hidden() -> frozenset[ListingId]:
    """Every listing of somebody who is hidden, and those that a word keeps apart and no run has matched yet."""
    told = listings_told_apart()
    of_them = PersonListing.objects.filter(person_id__in=_persons(told)).values_list("listing", flat=True)
    return frozenset(ListingId(one) for one in told.union(of_them))


def _persons(told: frozenset[str]) -> frozenset[PersonId]:
    found = set(PersonListing.objects.filter(listing__in=told).values_list("person_id", flat=True)) if told else set()
    parties = set(parties_told_apart(told))
    for key, content in _flagged():
        try:
            party = PARTY.validate_python(content)
        except UnreadableError:
            parties.add(PartyId(key))  # nobody knows whether it is kept apart: held to be, until a run makes it anew
            continue
        if PartyFlag.KEPT_APART in party.flags:
            found.update(member.person for member in party.members)
            found.update(party.hidden_from)
    found.update(Membership.objects.filter(party_id__in=parties).values_list("person_id", flat=True))
    return frozenset(PersonId(one) for one in found)


def _flagged() -> Iterator[tuple[str, object]]:
    """Parties that may be kept apart, by their text: those with the mark, and those that can't be read."""
    is_flagged = Q(text__contains=f'"{PartyFlag.KEPT_APART.value}"')
    is_odd = ~Q(text__contains='"flags"') | ~Q(text__endswith="}")
    return parties_as_text().filter(is_flagged | is_odd).values_list("id", "content").iterator()


def hidden_ids(ids: Iterable[PersonId]) -> frozenset[PersonId]:
    """Those of these ids, merged ones included, behind which somebody stands who is hidden."""
    hidden = hidden_persons()
    if not hidden:
        return frozenset()
    leads = leads_now()
    return frozenset(one for one in ids if one in hidden or end_of(one, leads) in hidden)


def parties_hidden(ids: Iterable[str]) -> frozenset[PartyId]:
    """Those of these parties that somebody is kept apart from, and those that can't be read: nobody knows of them."""
    asked = list(ids)
    hidden = set(parties_told_apart(listings_told_apart()).intersection(asked))
    for key, content in PartyRecord.objects.filter(id__in=asked).values_list("id", "content"):
        try:
            is_hidden = bool(PARTY.validate_python(content).hidden_from)
        except UnreadableError:
            is_hidden = True
        if is_hidden:
            hidden.add(PartyId(key))
    return frozenset(hidden)


def parties_hidden_all() -> frozenset[PartyId]:
    """Every hidden party. Cost: one pass over the parties' texts."""
    flagged = parties_hidden(key for key, _content in _flagged())
    return flagged | parties_told_apart(listings_told_apart())
