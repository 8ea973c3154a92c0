"""Who may see a party or a person that somebody is kept apart from: the judgement is confidential.

One rule for every page and act: to whoever may not know of them they are as an id that nobody ever had, told in the
same words with the same status. What says otherwise, and why: docs/decisions/0017-hidden-is-unknown.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from safepassage.apps.passes.selectors import party_of_passes
from safepassage.apps.registry.hidden import hidden_ids, hidden_persons, parties_hidden, parties_hidden_all
from safepassage.apps.registry.selectors import parties_of, party_by_id, person_by_id
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import PartyId, PersonId

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.core.identity import Party, Person

_NOBODY = ""
"""An id that nobody has: asked for it, the store says what it says of every unknown one."""


def hidden_among(parties: Iterable[PartyId], account: Account) -> frozenset[PartyId]:
    """Which of these parties are hidden from this account: one that can't be read is held to be.

    Cost: one query, none for whoever may see them.
    """
    return frozenset() if account.may("apart.see") else parties_hidden(parties)


def hidden_parties(account: Account) -> frozenset[PartyId]:
    """All parties that are hidden from this account, for a page that lists them."""
    return frozenset() if account.may("apart.see") else parties_hidden_all()


def ids_hidden(ids: Iterable[str], account: Account) -> frozenset[str]:
    """Which of these ids (people, parties, passes; others are nobody's) lead to somebody hidden from this account.

    Cost: none for whoever may see them.
    """
    asked = frozenset(ids)
    if account.may("apart.see") or not asked:
        return frozenset()
    parties = parties_hidden_all()
    of_passes = {key for key, party in party_of_passes(asked).items() if party in parties}
    return (asked & parties) | of_passes | hidden_ids(PersonId(one) for one in asked)


def party_seen(key: str, account: Account) -> Party:
    """One party.

    Raises:
        NotFoundError: there is none, or none of which this account may know: both are told alike.
    """
    found = party_by_id(key)
    return party_by_id(_NOBODY) if hidden_among([found.id], account) else found


def person_seen(key: str, account: Account) -> Person:
    """One person; a merged id leads to the one that holds now.

    Raises:
        NotFoundError: nobody ever had that id, or nobody of whom this account may know: both are told alike.
    """
    found = person_by_id(key)
    if account.may("apart.see"):
        return found
    is_hidden = found.id in hidden_persons() or hidden_among(parties_of(found.id), account)
    return person_by_id(_NOBODY) if is_hidden else found


def unknown_parties() -> NotFoundError:
    """What is said of ids of parties that nobody has, or that whoever asks may not know of."""
    return NotFoundError("No party has one of these ids.", advice="Copy them from the party's page.")


def refuse_hidden(parties: Iterable[PartyId], account: Account, *, as_if: NotFoundError) -> None:
    """Lets nobody else act on what is about these parties: `as_if` there were no such thing.

    Raises:
        NotFoundError: the one given, where one of the parties is hidden from this account.
    """
    if hidden_among(parties, account):
        raise as_if
