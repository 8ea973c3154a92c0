"""The family in which a listing stands, as its own list tells it: its head, the others, how kin are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safepassage.apps.intake.selectors import counting_cells, listings_of_groups
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.apps.registry.selectors import persons_of_listings
from safepassage.core.ids import ListingId
from safepassage.core.people import Listing, Relation

SHOWN = 8


@dataclass(frozen=True, slots=True)
class ListFamily:
    """The others of a listing's group; names of whoever the reader may not know are left out."""

    head: Listing | None
    """None where the listing is the head itself, or the list names none; of counted kin else whose row it is."""
    others: tuple[Listing, ...]
    """Everybody else who is named, `SHOWN` at most."""
    more: int
    """Further ones, without a name or not shown."""
    cells: tuple[tuple[str, str], ...]
    """Of somebody who is only counted: the cells that count them, as written, under their headers."""


def list_families(listings: Iterable[Listing], *, may_see_apart: bool) -> dict[ListingId, ListFamily]:
    """The family of each listing whose list states one. Cost: four queries, whatever the number of listings."""
    asked = [one for one in listings if one.group]
    by_group: dict[str, list[Listing]] = {}
    for one in listings_of_groups(one.group for one in asked if one.group):
        by_group.setdefault(one.group or "", []).append(one)
    known = [one for members in by_group.values() for one in members]
    hidden = frozenset[ListingId]()
    if not may_see_apart:
        person_of = persons_of_listings(one.id for one in known)
        apart = hidden_ids(person_of.values())
        hidden = frozenset(one for one, person in person_of.items() if person in apart)
    silent = {one.row.row for one in known if one.id in hidden}  # a cell that counts may name others too
    cells = counting_cells(one for one in asked if one.is_counted and one.row.row not in silent)
    found = {}
    for one in asked:
        others = [other for other in by_group[one.group or ""] if other.id != one.id]
        named = [other for other in others if other.name and other.id not in hidden]
        heads = [other for other in named if other.relation is Relation.HEAD]
        rows = [other for other in named if one.is_counted and other.row.row == one.row.row]
        head = next(iter((*heads, *rows)), None)
        shown = [other for other in named if other is not head][:SHOWN]
        more = len(others) - len(shown) - (head is not None)
        found[one.id] = ListFamily(head, tuple(shown), more, cells.get(one.id, ()))
    return found
