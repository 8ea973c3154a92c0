"""The two with whom an operation is founded: whether anything shows that they are two people.

Nobody is there to vouch for the second, and no program can know who sits at a keyboard. So it tells what it saw: that
the second account was taken up at the machine, or in the browser, where the first one was at work, and how soon. The
board, the access log and *Vouching* say so until its holder has said, in a session of their own, that they are
somebody else. That is a signed event in their name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.hands import Act, traces_now
from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.services import account_keep
from safepassage.apps.accounts.two_people import Proven, names_of_refs
from safepassage.apps.ledger.services import acts_in_turn
from safepassage.core.errors import ConflictError, ForbiddenError


@dataclass(frozen=True, slots=True)
class Together:
    """An open account that was taken up where `other` was at work, `minutes` after it was made."""

    account: Account
    other: str
    minutes: int
    taken_up_at: datetime


def founders_together() -> list[Together]:
    """Open accounts of the founding that nothing shows to be another person's; those confirmed since left out."""
    traces, names = traces_now(), names_of_refs()
    found = []
    for account in Account.objects.filter(is_active=True).order_by("username"):
        one = traces.of(account.username).one_place
        if one:
            found.append(Together(account, names.get(one.other, one.other), one.minutes, one.at))
    return found


@transaction.atomic
def account_confirm(*, holder: Proven, began: datetime, place: str = "", now: datetime | None = None) -> Account:
    """The holder of such an account says, in their own session, that they are another person than who made it.

    Args:
        holder: Who says so, proven in this very act.
        began: When the session began in which they say so.
        place: Where it is said (`accounts.places`); the event keeps it.
        now: The moment; the server's clock if left out.

    Raises:
        ConflictError: nothing of this account waits to be confirmed.
        ForbiddenError: it is said in the session in which the account was taken up.
    """
    acts_in_turn()
    account = Account.objects.get(username=holder.username)
    one = traces_now().of(account.username).one_place
    if one is None:
        raise ConflictError("Nothing of this account waits to be confirmed.", advice="Load the page again.")
    if began <= one.at:
        raise ForbiddenError(
            "This is said in a session of its own, not in the one in which the account was taken up.",
            code="same-session",
            advice="Sign out and in again, best on a device of your own, and confirm there.",
        )
    account_keep(account, Act.CONFIRMED, by=account.username, place=place, now=now)
    return account
