"""A session is of one opening of the store: whoever unlocks it next signs in anew, in their own name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from safepassage import vault

_OPENING = "opening"
Answer = Callable[[HttpRequest], HttpResponseBase]


def note_opening(sender: object, request: HttpRequest, **_said: Any) -> None:  # noqa: ANN401, ARG001 - Django's signature
    """Writes into a session that begins during which opening of the store it did."""
    request.session[_OPENING] = vault.opening(Path(settings.HOME))


user_logged_in.connect(note_opening, dispatch_uid="opening")


class OneOpening:
    """Middleware: a session from before a lock, or from before the passphrase was changed, is over.

    Cost: two small files are read for each request of somebody who is signed in.
    """

    sync_capable, async_capable = True, False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Signs out whoever signed in during another opening; every page then asks who they are."""
        if request.user.is_authenticated and request.session.get(_OPENING) != vault.opening(Path(settings.HOME)):
            logout(request)
            messages.info(request, _("The store was locked since you signed in: sign in again."))
        return self.answer(request)
