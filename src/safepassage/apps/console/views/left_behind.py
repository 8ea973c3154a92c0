"""Those left behind: always a next step, an owner and a day; and the close of a phase."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import team_codes
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import hidden_parties, party_seen
from safepassage.apps.console.selectors.parties import party_lines
from safepassage.apps.console.words import WORDS
from safepassage.apps.ledger.services import access_note
from safepassage.apps.outreach.calls_again import parties_turned_up
from safepassage.apps.outreach.selectors import next_steps_open
from safepassage.apps.outreach.services import next_step_done, next_step_set, phase_close
from safepassage.core.errors import ForbiddenError

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@require_safe
@requires("person.see")
def left_behind(request: HttpRequest) -> HttpResponse:
    """Every party left behind with its next step, the most urgent first."""
    account, now = account_of(request), timezone.now()
    steps = next_steps_open().exclude(party__in=hidden_parties(account)).exclude(party__in=parties_turned_up())
    page = page_of(request, steps)
    shown = list(page.object_list)
    lines = {line.party.id: line for line in party_lines([one.party for one in shown], account)}
    access_note(
        account=account.username,
        subjects=list(lines),
        act="list left behind",
        purpose="follow-on",
        now=now,
    )
    context = {
        "page": page,
        "rows": [{"step": one, "line": lines.get(one.party)} for one in shown],
        "overdue": steps.filter(due_at__lt=now).count(),
        "steps": list(WORDS["step"]),
        "teams": team_codes(),
        "now": now,
    }
    return render(request, "console/left_behind.html", context)


@require_POST
@requires("call.make")
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Gives a party its next step, or notes that it is done."""
    party, now = party_seen(key, account_of(request)), timezone.now()
    if request.POST.get("act") == "done":
        next_step_done(party=party.id, account=account_of(request).username, now=now)
        messages.success(request, _("Done. Give the party its next step, unless it is safe."))
        return redirect("console:left-behind")
    what, owner = request.POST.get("step", ""), request.POST.get("owner", "")
    due = parse_datetime(request.POST.get("due_at", ""))
    if what not in WORDS["step"] or not _CODE.fullmatch(owner) or due is None:
        raise ForbiddenError("A step needs what is done, who sees to it, and by when.", advice="Fill in all three.")
    moment = timezone.make_aware(due) if timezone.is_naive(due) else due
    account = account_of(request).username
    next_step_set(party=party.id, step=what, owner=owner, due_at=moment, account=account, now=now)
    messages.success(request, _("Noted."))
    return redirect("console:left-behind")


@require_POST
@requires("phase.close")
def close_phase(request: HttpRequest) -> HttpResponse:
    """Closes a phase: whoever is eligible or unresolved and not away stands as left behind, with a next step."""
    phase, owner = request.POST.get("phase", "").strip().lower(), request.POST.get("owner", "").strip().lower()
    if not _CODE.fullmatch(phase) or not _CODE.fullmatch(owner):
        raise ForbiddenError(
            "Which phase ends, and which team sees to those left behind?", advice="Write both like `phase-1`."
        )
    if request.POST.get("confirmation", "").strip().lower() != phase:
        raise ForbiddenError("The phase was not typed twice.", advice="Type its name once more to confirm.")
    steps = phase_close(phase=phase, account=account_of(request).username, owner=owner, now=timezone.now())
    people = sum(steps.values())
    said = ngettext("%(count)d person stands as left behind.", "%(count)d people stand as left behind.", people)
    messages.success(request, said % {"count": people})
    return redirect("console:left-behind")
