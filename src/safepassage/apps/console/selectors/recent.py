"""What an account answered last, and of whom, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from safepassage.apps.intake.selectors import listings_by_id
from safepassage.apps.registry.answers import confirmations_standing, judgements_standing
from safepassage.apps.registry.seen import listings_unseen
from safepassage.apps.registry.selectors import parties_by_id, persons_by_id
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.people import Listing

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account

RECENT = 8
MOST = 512
NAMED = 3
"""Pairs of one answer that are named; of how many further ones it was is said."""


@dataclass(frozen=True, slots=True)
class Recent:
    """An account's last acts of judging, and how many to ask for to see further ones (0: these are all)."""

    acts: list[dict[str, Any]]
    further: int


def recent_answers(account: Account, *, most: int = RECENT) -> Recent:
    """The account's last acts of judging, each with its pairs and names; nothing of whom the reader may not know.

    Cost: six queries.
    """
    most = min(max(most, RECENT), MOST)
    records = list(judgements_standing(account.username)[: most * 10])
    acts, unseen = [], listings_unseen(account.username)
    for (at, review), found in groupby(records, key=lambda one: (one.at, one.review)):
        rows = list(found)
        verdicts = sorted({one.verdict for one in rows})
        if "keep-apart" in verdicts and not account.may("apart.see"):
            continue
        if not unseen.isdisjoint(one for row in rows for one in (row.left, row.right)):
            continue
        pairs = [(ListingId(r.left), ListingId(r.right)) for r in rows]
        acts.append({"at": at, "review": review, "verdicts": verdicts, "of": pairs})
    acts += [
        {"at": one.at, "party": one.party, "person": one.person, "of": []}
        for one in confirmations_standing(account.username)[: most + 1]
    ]
    acts = sorted(acts, key=lambda act: act["at"], reverse=True)
    is_more = len(acts) > most or len(records) == most * 10
    acts = acts[:most]
    with_whom = _principals(act["party"] for act in acts if "party" in act)
    listings = listings_by_id({key for act in acts for pair in act["of"][:NAMED] for key in pair})
    persons = persons_by_id({PersonId(act["person"]) for act in acts if "person" in act} | set(with_whom.values()))
    for act in acts:
        pairs = act.pop("of")
        act["pairs"] = [f"{left}:{right}" for left, right in pairs]
        act["named"] = [_names(pair, listings) for pair in pairs[:NAMED]]
        act["more"] = max(0, len(pairs) - NAMED)
        person = persons.get(PersonId(act.get("person", "")))
        if person and unseen.isdisjoint(person.listings):
            act["name"] = person.name
        principal = with_whom.get(act.get("party", ""))
        other = persons.get(principal) if principal and principal != act["person"] else None
        if other and unseen.isdisjoint(other.listings):
            act["with"], act["with_id"] = other.name, other.id
    return Recent(acts, min(most * 4, MOST) if is_more and most < MOST else 0)


def _principals(parties: Iterable[str]) -> dict[str, PersonId]:
    return {str(party.id): party.principal.person for party in parties_by_id(dict.fromkeys(parties)).values()}


def named_in(acts: Iterable[Mapping[str, Any]]) -> Set[ListingId]:
    """The listings whose names these acts tell: whoever shows them notes it in the access log."""
    return {ListingId(key) for act in acts for pair in act["pairs"][:NAMED] for key in pair.split(":")}


def _names(pair: tuple[ListingId, ListingId], listings: Mapping[ListingId, Listing]) -> tuple[str, str]:
    """What both are called; of a listing that was erased, that it was."""
    left, right = (_name(listings.get(key)) for key in pair)
    return left, right


def _name(listing: Listing | None) -> str:
    if listing is None:
        return _("erased")
    return listing.name or _("no name")
