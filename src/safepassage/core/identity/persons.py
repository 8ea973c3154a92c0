"""Stable person ids: given once, redirected when merged, new when split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from safepassage.core.identity.people import Assignment, Party, Person
from safepassage.core.identity.values import Judgement, Review
from safepassage.core.ids import ListGroupId, ListingId, OperationId, PartyId, PersonId
from safepassage.core.people import Listing


def assign_persons(
    clusters: Sequence[Sequence[ListingId]], previous: Assignment | None = None, *, operation: OperationId
) -> Assignment:
    """Gives each cluster a person id: the oldest id wins a merge, the later part of a split gets a new one."""
    raise NotImplementedError


def derive_persons(listings: Sequence[Listing], person_of: Mapping[ListingId, PersonId]) -> tuple[Person, ...]:
    """The best-known facts of each person, with the listing that each was taken from; sorted by id."""
    raise NotImplementedError


def propose_parties(
    persons: Sequence[Person],
    listings: Sequence[Listing],
    *,
    operation: OperationId,
    on: date,
    judgements: Sequence[Judgement] = (),
    confirmed: Sequence[tuple[ListGroupId | PartyId, PersonId]] = (),
    adults: Mapping[PersonId, PersonId] | None = None,
    previous: Mapping[ListGroupId, PartyId] | None = None,
) -> tuple[tuple[Party, ...], tuple[Review, ...]]:
    """Proposes who travels together, and what has to be asked.

    Args:
        persons: As derived.
        listings: All listings.
        operation: Ids are derived from it.
        on: The day on which ages count.
        judgements: For keep-apart.
        confirmed: Members whom a person confirmed, by party.
        adults: Confirmed accompanying adults: minor to adult.
        previous: Party of each list group at the last run, so that ids stay.
    """
    raise NotImplementedError
