"""Who may see a party or a person that somebody is kept apart from: the judgement is confidential."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from safepassage.apps.registry.selectors import parties_hidden
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PartyId

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


def hidden_among(parties: Iterable[PartyId], account: Account) -> frozenset[PartyId]:
    """Which of these parties are hidden from this account: one that can't be read is held to be.

    Cost: one query, none for whoever may see them.
    """
    return frozenset() if account.may("apart.see") else parties_hidden(parties)


def refuse_hidden(parties: Iterable[PartyId], account: Account) -> None:
    """Lets nobody else look.

    Raises:
        ForbiddenError: one of the parties is hidden from this account.
    """
    if hidden_among(parties, account):
        raise ForbiddenError(
            "This record is protected.", advice="Ask a child-protection officer or a supervisor of this site."
        )
