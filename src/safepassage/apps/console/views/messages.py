"""Messages that wait for somebody's word; and the planner's word that makes some, at a gate that gets too full."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.protection import hidden_among
from safepassage.apps.outreach.messages import drafts_released, drafts_waiting, messages_release
from safepassage.apps.outreach.relief import relief_accept
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PartyId

SHOWN = 200
"""Messages on one page; the rest follow when these are out."""
RELEASED_SHOWN = 50


@require_safe
@requires("call.make")
def messages(request: HttpRequest) -> HttpResponse:
    """The messages that wait, each as it would be written now, and those released last."""
    waiting, released = drafts_waiting(), drafts_released(RELEASED_SHOWN)
    parties = {PartyId(line.draft.party) for line in waiting} | {PartyId(one.party) for one in released}
    hidden = hidden_among(parties, account_of(request))
    lines = [line for line in waiting if line.draft.party not in hidden]
    context = {
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "ready": sum(not line.held for line in lines[:SHOWN]),
        "hidden": len({line.draft.party for line in waiting} & hidden),
        "released": [one for one in released if one.party not in hidden],
    }
    return render(request, "console/messages.html", context)


@require_POST
@requires("call.make")
def messages_send(request: HttpRequest) -> HttpResponse:
    """Releases the messages that were ticked: each becomes a file, which a person sends."""
    ticked = [int(one) for one in request.POST.getlist("draft") if one.isdecimal()]
    if not ticked:
        raise ForbiddenError("No message was ticked.", advice="Tick those that are to go out, then release them.")
    done = messages_release(drafts=ticked, account=account_of(request).username, now=timezone.now())
    said = ngettext("%(count)d message is released.", "%(count)d messages are released.", len(done.files))
    told.success(request, said % {"count": len(done.files)} + " " + _("Send them, then note who was reached."))
    return redirect("console:messages")


@require_POST
@requires("plan.make")
def relieve(request: HttpRequest) -> HttpResponse:
    """A planner says that these arrivals are moved: the plan is amended for all to see, the messages are drafted."""
    done = relief_accept(
        point=request.POST.get("point", ""),
        key=request.POST.get("key", ""),
        account=account_of(request).username,
        now=timezone.now(),
    )
    moved = ngettext(
        "The plan is amended: %(count)d party goes at another time.",
        "The plan is amended: %(count)d parties go at another time.",
        len(done.parties),
    )
    waiting = ngettext(
        "%(count)d message waits for its release; nobody is told before that.",
        "%(count)d messages wait for their release; nobody is told before that.",
        done.drafts,
    )
    told.success(request, moved % {"count": len(done.parties)} + " " + waiting % {"count": done.drafts})
    return redirect(f"{reverse('console:plan')}?{urlencode({'plan': done.plan})}")
