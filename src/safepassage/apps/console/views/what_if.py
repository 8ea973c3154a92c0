"""What if: a leg moved or taken out, a point closed; the effect first, then, if wanted, the change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.forms_plan import WhatIfForm
from safepassage.apps.console.protection import hidden_among
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.movement.what_if import change_adopt, effect_of
from safepassage.core.errors import ProblemsError

CHANGES_SHOWN = 60


@require_safe
@requires("plan.make")
def what_if(request: HttpRequest) -> HttpResponse:
    """The form, and the effect of what it asks; nothing is written."""
    asked = request.GET
    if not asked:
        return render(request, "console/what_if.html", {"form": WhatIfForm()})
    form = WhatIfForm(_whole(asked))
    if not form.is_valid():
        return render(request, "console/what_if.html", {"form": form}, status=422)
    now = timezone.now()
    try:
        effect = effect_of(form.change(), now=now)
    except ProblemsError as error:
        return render(request, "console/what_if.html", {"form": form, "problems": error.problems}, status=422)
    changes = effect.diff.changes[:CHANGES_SHOWN]
    hidden = hidden_among({one.party for one in changes}, account_of(request))
    shown = [one for one in changes if one.party not in hidden]
    context = {"form": form, "effect": effect, "changes": shown, "hidden": len(hidden)}
    return render(request, "console/what_if.html", context)


def _whole(asked: QueryDict) -> QueryDict:
    """What a link gives, a leg and minutes, with the kind that it means."""
    if asked.get("kind"):
        return asked
    whole = asked.copy()
    whole["kind"] = "move" if asked.get("leg") else "close"
    return whole


@require_POST
@requires("plan.make")
def what_if_adopt(request: HttpRequest) -> HttpResponse:
    """Makes the change real and plans anew; the draft is published by a click of its own."""
    form = WhatIfForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The change could not be made: look at it again."))
        return redirect("console:what-if")
    change_adopt(form.change(), account=account_of(request).username, now=timezone.now())
    return begin(request, WorkKind.PLAN)
