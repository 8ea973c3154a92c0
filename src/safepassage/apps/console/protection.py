"""Who may see a party or a person that somebody is kept apart from: the judgement is confidential."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from safepassage.apps.registry.selectors import parties_by_id
from safepassage.core.errors import ForbiddenError
from safepassage.core.identity import Party
from safepassage.core.ids import PartyId

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


def is_hidden(party: Party, account: Account) -> bool:
    """Whether names and ways of this party are for protection officers and supervisors only."""
    return bool(party.hidden_from) and not account.may("apart.see")


def hidden_among(parties: Iterable[PartyId], account: Account) -> frozenset[PartyId]:
    """Which of these parties are hidden from this account. Cost: one query, none for whoever may see them."""
    if account.may("apart.see"):
        return frozenset()
    return frozenset(party.id for party in parties_by_id(parties).values() if party.hidden_from)


def refuse_hidden(parties: Iterable[PartyId], account: Account) -> None:
    """Lets nobody else look.

    Raises:
        ForbiddenError: one of the parties is hidden from this account.
    """
    if hidden_among(parties, account):
        raise ForbiddenError(
            "This record is protected.", advice="Ask a child-protection officer or a supervisor of this site."
        )
