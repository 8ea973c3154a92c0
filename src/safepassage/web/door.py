"""The door: signing in; each password that was refused stands in the access log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import LoginView
from django.utils import timezone

from safepassage.apps.accounts.forms import SignInForm
from safepassage.apps.accounts.guesses import KEPT_SECONDS, guess_count, guess_key
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.ledger.services import access_note
from safepassage.core.errors import NotFoundError

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm
    from django.http import HttpResponse

NO_ACCOUNT = "–"
"""What stands for a name that is no account's: it may be a password, typed into the wrong field."""


class SignIn(LoginView):
    """Signs in; a wrong password is noted with the address that it came from, too many are answered by 429."""

    redirect_authenticated_user = True
    authentication_form = SignInForm

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Shows the form again and notes the refusal."""
        is_halted = isinstance(form, SignInForm) and form.is_halted
        name, address = str(form.cleaned_data.get("username", "")), str(self.request.META.get("REMOTE_ADDR", ""))
        if name and form.cleaned_data.get("password"):
            # whoever goes on while halted is noted once a span: nobody fills the log by guessing
            if not is_halted:
                _note(name, address, "sign-in refused")
            elif guess_count(guess_key("noted", address), now=timezone.now()) == 1:
                _note(name, address, "sign-in halted")
        response = super().form_invalid(form)
        if is_halted:
            response.status_code = 429
            response["Retry-After"] = str(KEPT_SECONDS)
        return response


def _note(name: str, address: str, act: str) -> None:
    try:
        known = account_named(name).username
    except NotFoundError:
        known = NO_ACCOUNT
    access_note(
        account=known,
        subjects=[address[:40]],
        act=act,
        purpose="account",
        now=timezone.now(),
    )
