"""What an account answered last, and of whom, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from itertools import groupby
from typing import TYPE_CHECKING, Any

from safepassage.apps.intake.selectors import listings_by_id
from safepassage.apps.registry.answers import confirmations_standing, judgements_standing
from safepassage.apps.registry.seen import listings_unseen
from safepassage.apps.registry.selectors import persons_by_id
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.people import Listing

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account

RECENT = 8
NAMED = 3
"""Pairs of one answer that are named; of how many further ones it was is said."""


def recent_answers(account: Account) -> list[dict[str, Any]]:
    """The account's last acts of judging, each with its pairs and names; nothing of whom the reader may not know.

    Cost: five queries.
    """
    records = list(judgements_standing(account.username)[: RECENT * 10])
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
        for one in confirmations_standing(account.username)[:RECENT]
    ]
    acts = sorted(acts, key=lambda act: act["at"], reverse=True)[:RECENT]
    listings = listings_by_id({key for act in acts for pair in act["of"][:NAMED] for key in pair})
    persons = persons_by_id({PersonId(act["person"]) for act in acts if "person" in act})
    for act in acts:
        pairs = act.pop("of")
        act["pairs"] = [f"{left}:{right}" for left, right in pairs]
        act["named"] = [_names(pair, listings) for pair in pairs[:NAMED]]
        act["more"] = max(0, len(pairs) - NAMED)
        person = persons.get(PersonId(act.get("person", "")))
        if person and unseen.isdisjoint(person.listings):
            act["name"] = person.name
    return acts


def named_in(acts: Iterable[Mapping[str, Any]]) -> Set[ListingId]:
    """The listings whose names these acts tell: whoever shows them notes it in the access log."""
    return {ListingId(key) for act in acts for pair in act["pairs"][:NAMED] for key in pair.split(":")}


def _names(pair: tuple[ListingId, ListingId], listings: Mapping[ListingId, Listing]) -> tuple[str, str]:
    """What both are called: a listing that was erased has its id alone."""
    left, right = (one.name if (one := listings.get(key)) and one.name else str(key) for key in pair)
    return left, right
