"""A list withdrawn, once it is seen what becomes of its people; and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.intake.selectors import batch_by_id, withdrawal_reasons
from safepassage.apps.intake.withdrawal import batch_put_back
from safepassage.apps.ledger.services import access_note
from safepassage.apps.registry.withdrawal import batch_withdraw, withdrawal_effect
from safepassage.core.ids import BatchId

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@requires("source.withdraw")
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Shows whom a list's withdrawal touches; posted, it is withdrawn and everybody is derived anew."""
    found, account, now = batch_by_id(key), account_of(request).username, timezone.now()
    batch = BatchId(found.id)
    if request.method == "POST":
        batch_withdraw(batch=batch, why=request.POST.get("why", ""), account=account, now=now)
        return begin(request, WorkKind.RESOLVE)
    effect = withdrawal_effect(batch)
    shown = sorted(effect.committed)
    access_note(account=account, subjects=[batch, *shown], act="see withdrawal", purpose="intake", now=now)
    context = {"batch": found, "effect": effect, "committed": shown, "reasons": withdrawal_reasons()}
    return render(request, "console/withdraw.html", context)


@require_POST
@requires("source.withdraw")
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    """Lets a withdrawn list count again; everybody is derived anew."""
    batch_put_back(batch=BatchId(key), account=account_of(request).username, now=timezone.now())
    return begin(request, WorkKind.RESOLVE)
