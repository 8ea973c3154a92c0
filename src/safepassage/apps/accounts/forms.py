"""The form at the door: it answers a guesser ever later, and never says which half was wrong."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

KEPT_SECONDS = 15 * 60
"""So long a wrong password counts, from the first of a row on; the wait is never longer than this."""
FROM_ONE_PLACE = 10
"""Wrong passwords for one name from one address: more than a tired person needs."""
FOR_ONE_NAME = 100
"""For one name from anywhere: a guesser who changes addresses. Far above, so that nobody is easily locked out."""
FROM_ONE_ADDRESS = 100
"""From one address for any names: one common password tried on everybody."""


class SignInForm(AuthenticationForm):
    """Name and password, as Django checks them, with a limit on guesses that counts in this process.

    Known and unknown names count alike, so that the limit tells nobody which names exist.
    """

    is_halted = False
    """Whether there were too many guesses; the page says so in its own words."""

    def clean(self) -> dict[str, Any]:
        """Refuses before the password is looked at once there were too many guesses; a right one starts anew.

        Raises:
            ValidationError: wrong, or too many wrong ones.
        """
        counters = self._counters()
        if any(cache.get(key, 0) >= most for key, most in counters):
            self.is_halted = True
            raise ValidationError("too many", code="too-many")
        for key, _most in counters:
            _count(key, 1)
        found = super().clean()
        for key, _most in counters[1:]:
            _count(key, -1)
        cache.delete(counters[0][0])
        return found

    def _counters(self) -> list[tuple[str, int]]:
        name = str(self.cleaned_data.get("username", ""))
        address = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        return [
            (_key("place", name, address), FROM_ONE_PLACE),
            (_key("name", name), FOR_ONE_NAME),
            (_key("address", address), FROM_ONE_ADDRESS),
        ]


def _key(*parts: str) -> str:
    return "sign-in-" + hashlib.sha256("\x00".join(parts).encode(errors="replace")).hexdigest()


def _count(key: str, step: int) -> None:
    """Counts; the span of a counter begins with its first wrong password and is not drawn out by later ones."""
    cache.add(key, 0, KEPT_SECONDS)
    with suppress(ValueError):  # it lapsed this very moment
        cache.incr(key, step)
