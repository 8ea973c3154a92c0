"""Passes: who is due one, issuing a batch as a PDF that alone holds the codes, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import hidden_among
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.outreach.contact import contact_warnings_booked
from safepassage.apps.passes.orders import orders_figures
from safepassage.apps.passes.selectors import pass_by_id, passes_living, passes_revoked
from safepassage.apps.passes.services import passes_revoke
from safepassage.apps.registry.selectors import parties_by_id
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PartyId

REASONS = ("lost", "copied", "plan-changed", "not-coming", "on-suspicion")
"""Why a pass is withdrawn: closed, since it becomes an event."""


@require_safe
@requires("pass.issue")
def passes(request: HttpRequest) -> HttpResponse:
    """Who is due a pass, which passes live, which are withdrawn."""
    return _shown(request)


def _shown(request: HttpRequest, *, typed: str = "", wrong: str = "") -> HttpResponse:
    """The page; `typed` is what stood in its field when something was `wrong` with it."""
    now = timezone.now()
    which = request.GET.get("which", "living")
    found = passes_revoked() if which == "revoked" else passes_living()
    page = page_of(request, found)
    contact = contact_warnings_booked()
    on_page = list(page.object_list)
    named = {PartyId(one.party) for one in on_page}
    hidden = hidden_among(named.union(contact.unsafe, contact.refused), account_of(request))
    shown = [one for one in on_page if one.party not in hidden]
    known = state_now().passes
    used = {one.id for one in shown if one.id in known and known[one.id].used_at}
    due, heads_due = orders_figures(now=now)
    context = {
        "page": page,
        "shown": shown,
        "hidden": len(on_page) - len(shown),
        "which": which,
        "used": used,
        "due": due,
        "heads_due": heads_due,
        "living": passes_living().count(),
        "open": passes_living(now).count(),
        "revoked": passes_revoked().count(),
        "reasons": REASONS,
        "contact": contact,
        "contact_named": contact.without(hidden),
        "now": now,
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "console/passes.html", context, status=404 if wrong else 200)


@require_POST
@requires("pass.issue")
def issue(request: HttpRequest) -> HttpResponse:
    """Issues passes to everyone who is due one, or anew to the parties named; the one PDF holds the codes.

    It waits on the job's own page, for whoever asked, to be collected once.
    """
    typed = request.POST.get("parties", "")
    named = typed.upper().split()
    hidden = hidden_among([PartyId(one) for one in named], account_of(request))
    known = set(parties_by_id(named)) - hidden
    if strange := [one for one in dict.fromkeys(named) if one not in known]:
        said = _("No party has one of these ids: %(ids)s. Correct them; the others are kept below.")
        return _shown(request, typed=typed, wrong=said % {"ids": ", ".join(strange)})
    return begin(request, WorkKind.PASSES, {"parties": sorted(set(named))} if named else {})


@require_POST
@requires("pass.revoke")
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraws a pass; devices refuse it from their next list of revocations on."""
    why = request.POST.get("why", "")
    if why not in REASONS:
        raise ForbiddenError("A pass is withdrawn for a reason.", advice="Choose one of the list.")
    found = pass_by_id(key)
    if hidden_among([PartyId(found.party)], account_of(request)):
        found = pass_by_id("")  # told as one that there never was
    gone = passes_revoke(parties=[found.party], why=why, account=account_of(request).username, now=timezone.now())
    said = ngettext("%(count)d pass is withdrawn.", "%(count)d passes are withdrawn.", len(gone))
    messages.success(request, said % {"count": len(gone)})
    return redirect("console:passes")
