"""Verify: what a pass is worth at a point now, for a desk without the phone app. Each look is noted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.selectors.verdicts import pass_look
from safepassage.apps.gate.selectors import points_of_passes
from safepassage.apps.ledger.services import access_note
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import PointId


@require_http_methods(["GET", "HEAD", "POST"])
@requires("gate.check")
def verify(request: HttpRequest) -> HttpResponse:
    """Takes a pass as text or as one of its codes; it stands in the body of a POST, never in an address."""
    points = points_of_passes()
    context: dict[str, Any] = {"points": points}
    if request.method == "POST":
        account, now, point = account_of(request), timezone.now(), request.POST.get("point", "")
        if point not in {key for key, _name in points}:
            raise NotFoundError("There is no such point.", where=point, advice="Choose one of the list.")
        look = pass_look(request.POST.get("text", ""), point=PointId(point), account=account, now=now)
        subjects: list[str] = [one.id for one in look.expected if one.person] or [look.pass_id or "unknown-pass"]
        access_note(account=account.username, subjects=subjects, act="verify pass", purpose=point, now=now)
        context |= {"look": look, "point": point}
    return render(request, "console/verify.html", context)
