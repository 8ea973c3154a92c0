"""Counts of wrong passwords, kept in the store: a restart of the console does not forget them.

A span begins with its first wrong password and is not drawn out by later ones, so that nobody is locked out for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from safepassage.apps.accounts.models import Guesses

KEPT_SECONDS = 15 * 60
"""So long a wrong password counts; the wait is never longer than this."""


def guess_key(*parts: str) -> str:
    """Under what guesses are counted: keyed, since a name may be a password that was typed into the wrong field."""
    return salted_hmac("sign-in", "\x00".join(parts), algorithm="sha256").hexdigest()


@transaction.atomic
def guess_count(key: str, *, now: datetime) -> int:
    """One more; how many there are now in this span."""
    Guesses.objects.filter(began_at__lte=now - timedelta(seconds=KEPT_SECONDS)).delete()
    found, _is_new = Guesses.objects.select_for_update().get_or_create(pk=key, defaults={"began_at": now})
    found.number = found.number + 1 if str(found.number).isdecimal() else 1  # a damaged count begins anew
    found.save(update_fields=["number"])
    return found.number


@transaction.atomic
def guesses_forget(key: str) -> None:
    """The right password was given: the count begins anew."""
    Guesses.objects.filter(pk=key).delete()


@transaction.atomic
def guess_take_back(key: str) -> None:
    """The right password was given: it was no guess, and the others stay counted."""
    for found in Guesses.objects.select_for_update().filter(pk=key, number__gt=0):
        found.number -= 1
        found.save(update_fields=["number"])
