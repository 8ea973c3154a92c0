"""An account's last answers beside whatever it judges next; whose names they show stands in the access log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from safepassage.apps.console.selectors.recent import named_in, recent_answers
from safepassage.apps.ledger.services import access_note

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


def recent_noted(account: Account) -> list[dict[str, Any]]:
    """The account's last answers, and a note of whom they name."""
    acts = recent_answers(account)
    named = [*sorted(named_in(acts)), *(act["person"] for act in acts if act.get("name"))]
    if named:
        access_note(
            account=account.username, subjects=named, act="see own answers", purpose="identity", now=timezone.now()
        )
    return acts
