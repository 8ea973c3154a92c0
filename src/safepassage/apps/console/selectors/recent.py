"""What an account answered last, so that it can be taken back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from safepassage.apps.registry.seen import listings_unseen
from safepassage.apps.registry.selectors import confirmations_standing, judgements_standing

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account

RECENT = 8


def recent_answers(account: Account) -> list[dict[str, Any]]:
    """The account's last acts of judging, each with its pairs; a keep-apart shows only to whoever may see it."""
    records = list(judgements_standing(account.username)[: RECENT * 10])
    acts, unseen = [], listings_unseen(account.username)
    for (at, review), found in groupby(records, key=lambda one: (one.at, one.review)):
        rows = list(found)
        verdicts = sorted({one.verdict for one in rows})
        if "keep-apart" in verdicts and not account.may("apart.see"):
            continue
        if not unseen.isdisjoint(one for row in rows for one in (row.left, row.right)):
            continue
        acts.append(
            {"at": at, "review": review, "verdicts": verdicts, "pairs": [f"{r.left}:{r.right}" for r in rows]}
        )
    acts += [
        {"at": one.at, "party": one.party, "person": one.person, "pairs": []}
        for one in confirmations_standing(account.username)[:RECENT]
    ]
    return sorted(acts, key=lambda act: act["at"], reverse=True)[:RECENT]
