"""Texts to hold up before a crowd: released and taken back by a supervisor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.outreach.crowd import crowd_text_release, crowd_text_withdraw, crowd_texts
from safepassage.apps.outreach.services import texts_load


@require_safe
@requires("crowd.release")
def crowd(request: HttpRequest) -> HttpResponse:
    """Every text for a crowd in all languages, who stands behind each, and what officers may hold up now."""
    texts_load()
    return render(request, "console/crowd.html", {"sets": crowd_texts()})


@require_POST
@requires("crowd.release")
def crowd_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Releases one text, or takes it back."""
    account, now = account_of(request).username, timezone.now()
    if request.POST.get("act") == "take-back":
        crowd_text_withdraw(code=code, account=account, now=now)
        messages.success(request, _("Taken back. It is gone from each phone with its next exchange."))
    else:
        crowd_text_release(code=code, account=account, now=now)
        messages.success(request, _("Released. Officers can hold it up after their phone's next exchange."))
    return redirect("console:crowd")
