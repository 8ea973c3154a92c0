"""Whether accounts are what the signed events say: a role or a closing that no event bears was written by hand.

A role that somebody gave themselves in the store's file lets them act; it is told on the board and by `gate check`.
A password written there is in no event and is not found: docs/keys.md says what else is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from safepassage.apps.accounts.hands import Act, traces_now
from safepassage.apps.accounts.models import Account
from safepassage.apps.ledger.borne import CODE, WRITTEN, KeptAnswer
from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.core.errors import Problem
from safepassage.core.ledger import EventKind

_OPENS = {Act.CREATED.value: True, Act.OPENED.value: True, Act.RECOVERED.value: True, Act.CLOSED.value: False}


def accounts_unborne() -> tuple[Problem, ...]:
    """Every account whose roles, or whether it is open, are not what the events say; by number, never by name."""
    return _unborne()


def _problems() -> Iterator[Problem]:
    traces, opened = traces_now(), _opened()
    known = set()
    for account in Account.objects.order_by("pk"):
        where, ref = f"account {account.pk}", account_ref(account.username)
        known.add(ref)
        if ref not in traces.accounts:
            yield Problem(CODE, "No event made this account.", where, f"{WRITTEN} Close it.")
            continue
        if not is_damaged(account.role_codes) and account.roles != traces.of(account.username).roles:
            again = "Set its roles again (`safepassage accounts roles`)."
            yield Problem(CODE, "This account has other roles than the events gave it.", where, f"{WRITTEN} {again}")
        if not is_damaged(account.is_active) and account.is_active is not opened.get(ref, True):
            told = "is open, and the events closed it" if account.is_active else "is closed, and no event closed it"
            yield Problem(CODE, f"This account {told}.", where, f"{WRITTEN} Close or open it again in the console.")
    for ref in sorted(traces.accounts.keys() - known):
        yield Problem(CODE, "An account that the events made is gone.", ref, WRITTEN)


_unborne = KeptAnswer(
    kinds=(EventKind.ACCOUNT_CHANGED,),
    rows=lambda: (Account.objects.order_by("pk").values_list("pk", "username", "role_codes", "is_active"),),
    compare=_problems,
)


def _opened() -> dict[str, bool]:
    found: dict[str, bool] = {}
    for event in events_of_kind(EventKind.ACCOUNT_CHANGED):
        is_open = _OPENS.get(event.code("act"))
        if is_open is not None:
            found[event.code("subject")] = is_open
    return found
