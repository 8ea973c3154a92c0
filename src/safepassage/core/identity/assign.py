"""Stable person ids: given once, redirected when merged, new when split.

Every id stays tied to the listing that it was founded on. A cluster bears the oldest id founded on one of its
listings, and founds one if there is none; every other id founded in it redirects there. So the oldest wins a
merge, the part that a founder leaves behind gets a new id, and a merge that is undone gives each its own again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from safepassage.core.identity.people import Assignment, AssignmentChange, ChangeKind
from safepassage.core.ids import ListingId, OperationId, PersonId, derived_id


def assign_persons(
    clusters: Sequence[Sequence[ListingId]], previous: Assignment | None = None, *, operation: OperationId
) -> Assignment:
    """Gives each cluster a person id.

    Args:
        clusters: Every listing exactly once; the order is of no meaning.
        previous: The assignment before this run.
        operation: Ids are derived from it.

    Raises:
        ValueError: if a listing stands in two clusters.
    """
    before = previous or Assignment(operation, {})
    ordered = sorted(tuple(sorted(cluster)) for cluster in clusters if cluster)
    cluster_of = {listing: at for at, cluster in enumerate(ordered) for listing in cluster}
    if len(cluster_of) != sum(map(len, ordered)):
        raise ValueError("a listing stands in two clusters")
    founders = _founders_now(before, cluster_of)
    founded = dict(before.founded)
    winners: dict[int, PersonId] = {}
    for person in sorted(founders, key=lambda person: (founded[person], person)):
        winners.setdefault(cluster_of[founders[person]], person)
    for at, cluster in enumerate(ordered):
        if at not in winners:
            winners[at] = _new_id(operation, cluster[0], founded)
            founded[winners[at]] = len(founded)
            founders[winners[at]] = cluster[0]
    person_of = {listing: winners[at] for at, cluster in enumerate(ordered) for listing in cluster}
    redirects = {
        person: person_of[listing] for person, listing in sorted(founders.items()) if person_of[listing] != person
    }
    changes = _changes(before, person_of, redirects, founded)
    return Assignment(operation, person_of, founded, {**before.founders, **founders}, redirects, changes)


def _founders_now(before: Assignment, present: Mapping[ListingId, int]) -> dict[PersonId, ListingId]:
    """The listing that each id is tied to; where it is gone, the first that is left of the person."""
    left: dict[PersonId, ListingId] = {}
    for listing, person in sorted(before.person_of.items()):
        if listing in present:
            left.setdefault(person, listing)
    found = {}
    for person, listing in sorted(before.founders.items()):
        if listing in present:
            found[person] = listing
        elif person in left:
            found[person] = left[person]
    return found


def _new_id(operation: str, founder: ListingId, taken: Mapping[PersonId, int]) -> PersonId:
    person = PersonId(derived_id("P", operation, founder))
    again = 1
    while person in taken:
        again += 1
        person = PersonId(derived_id("P", operation, founder, str(again)))
    return person


def _changes(
    before: Assignment,
    person_of: Mapping[ListingId, PersonId],
    redirects: Mapping[PersonId, PersonId],
    founded: Mapping[PersonId, int],
) -> tuple[AssignmentChange, ...]:
    """What became of each id, oldest first."""
    had, has = _by_person(before.person_of), _by_person(person_of)
    moved: dict[tuple[PersonId, PersonId], list[ListingId]] = {}
    for listing, person in sorted(person_of.items()):
        old = before.person_of.get(listing)
        if old is not None and old != person:
            moved.setdefault((person, old), []).append(listing)
    changes = []
    for person in sorted(founded, key=lambda person: (founded[person], person)):
        origins = {old: tuple(listings) for (new, old), listings in moved.items() if new == person} if moved else {}
        if person in has and person not in had:
            is_known = person in before.founded
            kind = ChangeKind.REVIVED if is_known else ChangeKind.SPLIT if origins else ChangeKind.FOUNDED
            other = min(origins, key=lambda old: founded[old], default=None)
            changes.append(AssignmentChange(kind, person, other, tuple(has[person])))
        elif person in had and person not in has:
            other = redirects.get(person)
            kind = ChangeKind.MERGED if other else ChangeKind.EMPTIED
            changes.append(AssignmentChange(kind, person, other, tuple(had[person])))
        else:
            changes += [
                AssignmentChange(ChangeKind.MOVED, person, old, listings)
                for old, listings in sorted(origins.items())
                if old in has
            ]
    return tuple(changes)


def _by_person(person_of: Mapping[ListingId, PersonId]) -> dict[PersonId, list[ListingId]]:
    found: dict[PersonId, list[ListingId]] = {}
    for listing, person in sorted(person_of.items()):
        found.setdefault(person, []).append(listing)
    return found
