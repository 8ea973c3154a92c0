"""A session is of one opening of the store: whoever unlocks it next signs in anew, in their own name."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from safepassage.apps.accounts.opening import is_of_this_opening

Answer = Callable[[HttpRequest], HttpResponseBase]


class OneOpening:
    """Middleware: a session from before a lock, or from before the passphrase was changed, is over.

    Cost: two small files are read for each request of somebody who is signed in.
    """

    sync_capable, async_capable = True, False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Signs out whoever signed in during another opening; every page then asks who they are."""
        if request.user.is_authenticated and not is_of_this_opening(request):
            logout(request)
            messages.info(request, _("The store was locked since you signed in: sign in again."))
        return self.answer(request)
