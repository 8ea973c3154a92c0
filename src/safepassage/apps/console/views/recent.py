"""An account's last answers beside whatever it judges next; whose names they show stands in the access log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from safepassage.apps.console.selectors.recent import RECENT, Recent, named_in, recent_answers
from safepassage.apps.ledger.services import access_note

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


def recent_noted(account: Account, *, most: int = RECENT) -> Recent:
    """The account's last answers, and a note of whom they name."""
    found = recent_answers(account, most=most)
    named = [*sorted(named_in(found.acts)), *(act["person"] for act in found.acts if act.get("name"))]
    named += [act["with_id"] for act in found.acts if act.get("with_id")]
    if named:
        access_note(
            account=account.username, subjects=named, act="see own answers", purpose="identity", now=timezone.now()
        )
    return found
