"""Calls in the policy's order with their outcomes, and the texts that people outside may be sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import hidden_among, party_seen
from safepassage.apps.ledger.services import access_note
from safepassage.apps.movement.bookings import bookings_now
from safepassage.apps.outreach.messages import drafts_count
from safepassage.apps.outreach.selectors import (
    CallLine,
    call_lines_of,
    call_list_is_provisional,
    outcome_choices,
    outcomes_so_far,
    texts_all,
)
from safepassage.apps.outreach.services import call_record, text_approve, texts_load
from safepassage.apps.outreach.sheets import call_sheet_make
from safepassage.apps.policy.selectors import policy_in_force, standing_places
from safepassage.apps.registry.hidden import hidden_persons

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The outcome after which a place counts as promised."""
CALLS_A_PAGE = 25


@require_safe
@requires("call.make")
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to call next, in the policy's order; those with a place alone if asked."""
    booked_only = request.GET.get("which") == "booked"
    places = standing_places().exclude(tier=None)
    if booked_only:
        places = places.filter(party__in=list(bookings_now().values_list("party", flat=True)))
    page = page_of(request, places.values_list("party", flat=True), size=CALLS_A_PAGE)
    keys = list(page.object_list)
    hidden = hidden_among(keys, account_of(request))
    lines = _seen([line for line in call_lines_of(keys) if line.party not in hidden], account_of(request))
    access_note(
        account=account_of(request).username,
        subjects=[key for line in lines for key in (line.principal.id, *(one.person for one in line.not_coming))],
        act="see call list",
        purpose="call",
        now=timezone.now(),
    )
    context = {
        "page": page,
        "lines": lines,
        "hidden": len(hidden),
        "outcomes": outcome_choices(),
        "so_far": outcomes_so_far(),
        "is_provisional": call_list_is_provisional(),
        "policy": policy_in_force(timezone.now()),
        "booked_only": booked_only,
        "drafts": drafts_count()[0],
    }
    return render(request, "console/calls.html", context)


def _seen(lines: list[CallLine], account: Account) -> list[CallLine]:
    """The lines, silent about parties of which the reader may not know."""
    if not account.may("apart.see"):
        apart = hidden_persons()
        lines = [line.without(apart) for line in lines]
    others = {party for line in lines for party in line.asked.same_as | line.asked.shares_with}
    hidden = hidden_among(others, account)
    return [replace(line, asked=line.asked.without(hidden)) for line in lines] if hidden else lines


@require_POST
@requires("call.make")
def call_outcome(request: HttpRequest, key: str) -> HttpResponse:
    """Notes what came of a call. Whoever was reached counts as told their place."""
    party, account, now = party_seen(key, account_of(request)), account_of(request).username, timezone.now()
    outcome = request.POST.get("outcome", "")
    call_record(party=party.id, outcome=outcome, account=account, now=now, note=request.POST.get("note", "")[:200])
    if not request.headers.get("HX-Request"):
        return redirect("console:calls")
    lines = _seen(call_lines_of([party.id]), account_of(request))
    return render(request, "console/call_line.html", {"line": lines[0], "outcomes": outcome_choices()})


@require_POST
@requires("call.make")
def call_sheet(request: HttpRequest) -> HttpResponse:
    """The call sheet as a workbook; the export is an event and stands in the access log."""
    account = account_of(request)
    content = call_sheet_make(
        account=account.username,
        now=timezone.now(),
        booked_only=request.POST.get("which") == "booked",
        is_protected_in=account.may("apart.see"),
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="call-sheet-{operation_now().code}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires("text.approve")
def texts(request: HttpRequest) -> HttpResponse:
    """The texts for people outside; a machine's words go out only after a person stood behind them."""
    if request.method == "POST":
        text_approve(
            code=request.POST.get("code", ""),
            language=request.POST.get("language", ""),
            text=request.POST.get("text", "").strip(),
            account=account_of(request).username,
            now=timezone.now(),
        )
        messages.success(request, _("Approved in your name. It may be sent."))
        return redirect("console:texts")
    texts_load()
    return render(request, "console/texts.html", {"texts": texts_all()})
