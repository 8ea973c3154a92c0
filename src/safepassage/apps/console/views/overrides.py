"""Overrides: asked for with a reason, agreed to by a second person, counted against the day's visible quota."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.protection import hidden_among, party_seen
from safepassage.apps.policy.overriding import (
    LAST_TIER,
    OVERRIDES_A_DAY,
    override_approve,
    override_refuse,
    override_request,
)
from safepassage.apps.policy.selectors import override_by_key, overrides_decided, overrides_on, overrides_waiting
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PartyId

SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@requires("override.request")
def overrides(request: HttpRequest) -> HttpResponse:
    """What waits, what was decided, the quota; a POST asks for one more."""
    now = timezone.now()
    if request.method == "POST":
        tier = number_said(request.POST.get("tier", ""))
        if tier is None or not 1 <= tier <= LAST_TIER:
            raise ForbiddenError("Into which tier?", advice="Enter the number of a tier, 1 is first.")
        party = party_seen(request.POST.get("party", "").strip().upper(), account_of(request))
        override_request(
            party=party.id,
            tier=tier,
            reason=request.POST.get("reason", "")[:300],
            account=account_of(request).username,
            now=now,
        )
        messages.success(request, _("Asked. A second person has to agree."))
        return redirect("console:overrides")
    used = overrides_on(now)
    waiting, decided = list(overrides_waiting()), list(overrides_decided()[:SHOWN])
    listed = (*waiting, *decided)
    named = {PartyId(party) for one in listed for party in (one.party, *one.displaced)}
    hidden = hidden_among(named, account_of(request))
    context = {
        "waiting": [one for one in waiting if one.party not in hidden],
        "decided": [one for one in decided if hidden.isdisjoint((one.party, *one.displaced))],
        "quota": OVERRIDES_A_DAY,
        "used": used,
        "free": max(0, OVERRIDES_A_DAY - used),
        "party": request.GET.get("party", ""),
    }
    return render(request, "console/overrides.html", context)


@require_POST
@requires("override.approve")
def decide_override(request: HttpRequest, number: int) -> HttpResponse:
    """The second person agrees, naming who is displaced, or refuses."""
    override, reader, now = override_by_key(number), account_of(request), timezone.now()
    account = reader.username
    if hidden_among([PartyId(override.party)], reader):
        override = override_by_key(0)  # told as one that there never was
    if request.POST.get("answer") == "agree":
        named = request.POST.get("displaced", "").upper().split()
        displaced = tuple(PartyId(party_seen(one, reader).id) for one in named)
        override_approve(override=override, account=account, displaced=displaced, now=now)
        messages.success(request, _("Agreed. It counts against today's quota."))
    else:
        override_refuse(override=override, account=account, now=now)
        messages.success(request, _("Refused."))
    return redirect("console:overrides")
