"""Burning from the console: a page that says what is lost, then the operation's code typed by hand."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from safepassage import vault
from safepassage.apps.accounts.access import requires
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.ledger.selectors import event_time_last
from safepassage.core.errors import ForbiddenError
from safepassage.core.ledger import EventKind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("store.burn")
def burn(request: HttpRequest) -> HttpResponse:
    """What burning loses and what brings it back; a POST with the operation's code burns. The server then ends.

    No event is written: there is no ledger any more.
    """
    home, code = Path(settings.HOME), operation_now().code
    if request.method != "POST":
        context = {
            "code": code,
            "is_encrypted": vault.is_sealed(home),
            "last_backup": event_time_last(EventKind.BACKUP_MADE),
        }
        return render(request, "console/burn.html", context)
    if request.POST.get("confirmation", "").strip() != code:
        raise ForbiddenError(
            _("Nothing was burned: that is not the operation's code."), advice=_("Type the code exactly as shown.")
        )
    page = render_to_string("console/burned.html", {"is_encrypted": vault.is_sealed(home)})
    vault.burn(home)
    return HttpResponse(page)
