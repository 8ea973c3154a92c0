"""The form at the door: it answers a guesser ever later, and never says which half was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone

from safepassage.apps.accounts.guesses import guess_count, guess_key, guess_take_back, guesses_forget

FROM_ONE_PLACE = 5
"""Wrong passwords for one account from one address in a quarter of an hour: more than a tired person needs."""
FOR_ONE_NAME = 100
"""For one name from anywhere: a guesser who changes addresses. Far above, so that nobody is easily locked out."""
FROM_ONE_ADDRESS = 100
"""From one address for any names: one common password tried on everybody."""

HERE = frozenset({"127.0.0.1", "::1"})


class SignInForm(AuthenticationForm):
    """Name and password, as Django checks them, with a limit on guesses that the store keeps (`accounts.guesses`).

    Known and unknown names count alike, so that the limit tells nobody which names exist.
    """

    is_halted = False
    """Whether there were too many guesses; the page says so in its own words."""

    def clean(self) -> dict[str, Any]:
        """Refuses before the password is looked at once there were too many guesses; a right one starts anew.

        Raises:
            ValidationError: wrong, or too many wrong ones.
        """
        name = str(self.cleaned_data.get("username", ""))
        address = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        now = timezone.now()
        place, from_address, for_name = (
            guess_key("place", name, address),
            guess_key("address", address),
            guess_key("name", name),
        )
        limits = [(place, FROM_ONE_PLACE), (from_address, FROM_ONE_ADDRESS)]
        if address not in HERE:  # whoever guesses from elsewhere keeps nobody from the laptop itself
            limits.append((for_name, FOR_ONE_NAME))
        for key, most in limits:  # one that is halted counts no further: nobody locks a name by going on
            if guess_count(key, now=now) > most:
                self.is_halted = True
                raise ValidationError("too many", code="too-many")
        found = super().clean()
        for key, _most in limits[1:]:
            guess_take_back(key)
        guesses_forget(place)
        return found
