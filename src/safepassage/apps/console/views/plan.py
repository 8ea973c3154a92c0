"""The plan: who goes when, how full, where it presses; made again, judged, published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.figures.departures import timeline_options
from safepassage.apps.console.figures.plan import CHANGES_SHOWN, LEFT_OUT_SHOWN, leg_labels, picture_plan, plan_shown
from safepassage.apps.console.forms import BusForm, PlanForm
from safepassage.apps.console.protection import hidden_among
from safepassage.apps.console.sayings.language import reads_english
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.movement.levers import levers_read
from safepassage.apps.movement.plain_words import plain_words
from safepassage.apps.movement.reserves import reserve_release
from safepassage.apps.movement.selectors import network_record_now, plans_made
from safepassage.apps.movement.services import network_keep
from safepassage.apps.outreach.contact import contact_warnings
from safepassage.apps.outreach.enacting import plan_enact_telling
from safepassage.apps.registry.needs import needs_corrected
from safepassage.apps.registry.selectors import parties_by_id, persons_by_id
from safepassage.apps.work.selectors import job_done_last
from safepassage.core.errors import NotFoundError, UnreadableError
from safepassage.core.ids import LegId, PartyId
from safepassage.core.movement import CARE_NEEDS, BlockCode, care_places, single_bus

PLANS_LISTED = 12
FAULTS_LISTED = 40
STAND_BY_LEGS = 40
"""Legs of the table of who stands by."""
_NAMED = re.compile(r"\bPT-\w+")
"""A party in what the judge says: it may name another beside the one that a fault is about."""
_BUS = "bus"
"""Where a session keeps what was typed of one bus."""


@require_safe
@requires("plan.see")
def plan(request: HttpRequest) -> HttpResponse:
    """The published plan, or with `?plan=` another one."""
    typed = request.session.get(_BUS)
    return _page(request, BusForm(initial=typed) if isinstance(typed, dict) else BusForm())


@require_POST
@requires("plan.make")
def plan_again(request: HttpRequest) -> HttpResponse:
    """Plans anew for everyone in a tier, and shows the draft."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how long it may look for a better plan."))
        return redirect("console:plan")
    return begin(request, WorkKind.PLAN, {"seconds": form.cleaned_data["seconds"]})


@require_POST
@requires("plan.make")
def plan_levers(request: HttpRequest) -> HttpResponse:
    """Looks for what binds, and what a little more of it would bring; it takes seconds, so the worker does it."""
    return begin(request, WorkKind.LEVERS)


@require_POST
@requires("plan.make")
def plan_bus(request: HttpRequest) -> HttpResponse:
    """One bus, so many seats, at this time: the network and the draft plan in one step."""
    form = BusForm(request.POST)
    # kept, so that nobody types it anew where the plan of it fails, or places nobody
    request.session[_BUS] = {name: request.POST.get(name, "")[:80] for name in form.fields}
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.cleaned_data
    now = timezone.now()
    offset = timezone.localtime(asked["departs"]).utcoffset() or timedelta()
    network = single_bus(
        seats=asked["seats"],
        departs=asked["departs"].astimezone(UTC),
        rally_point=asked["start"],
        access_point=asked["to"],
        travel_minutes=asked["minutes"],
        plate=asked["plate"],
        care=care_places(**{name: asked[name] or 0 for name in ("wheelchairs", "stretchers", "patients")}),
        utc_offset_minutes=int(offset.total_seconds() // 60),
    )
    who = account_of(request).username
    network_keep(network=network, account=who, now=now)
    return begin(request, WorkKind.PLAN)


@require_POST
@requires("plan.make")
def plan_put(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Publishes a draft that the judge found clean: bookings are made and changed."""
    done = plan_enact_telling(plan_id=plan_id, account=account_of(request).username, now=timezone.now())
    messages.success(request, _("The plan is published. Next: call those who are booked, issue their passes."))
    if done.drafts:
        waiting = ngettext(
            "%(count)d message waits for its release; nobody is told before that.",
            "%(count)d messages wait for their release; nobody is told before that.",
            done.drafts,
        )
        messages.warning(request, waiting % {"count": done.drafts})
    return _show(done.plan.pk)


@require_POST
@requires("plan.make")
def plan_release(request: HttpRequest) -> HttpResponse:
    """Gives seats that the policy keeps for a group to all; the plan that is made next uses them."""
    legs = reserve_release(
        reserve=request.POST.get("reserve", ""),
        legs=[LegId(leg) for leg in request.POST.getlist("leg")],
        account=account_of(request).username,
        now=timezone.now(),
    )
    said = ngettext(
        "The seats are released on %(count)d leg. Plan again, and they go to whoever is next.",
        "The seats are released on %(count)d legs. Plan again, and they go to whoever is next.",
        len(legs),
    )
    messages.success(request, said % {"count": len(legs)})
    asked = request.POST.get("plan", "")
    return _show(asked) if asked else redirect("console:plan")


def _show(plan_id: str) -> HttpResponse:
    return redirect(f"{reverse('console:plan')}?{urlencode({'plan': plan_id})}")


def _levers() -> dict[str, Any]:
    """What binds, as it was worked out last; empty if never, or if another network holds by now."""
    job = job_done_last(WorkKind.LEVERS)
    if job is None:
        return {}
    try:
        found, network = levers_read(job.result), network_record_now()
    except (NotFoundError, UnreadableError):
        return {}
    if found.network != network.digest:
        return {}
    return {"levers": found.lines, "levers_at": job.ended_at, "levers_short": not found.is_whole}


def _page(request: HttpRequest, form: BusForm, *, status: int = 200) -> HttpResponse:
    shown = plan_shown(request.GET.get("plan", ""))
    context = {"bus": form, "plan_form": PlanForm(), "plans": plans_made()[:PLANS_LISTED]}
    if shown:
        picture = picture_plan(shown, is_mirrored=get_language_bidi())
        loads = picture.vehicle_loads
        contact = contact_warnings(one.party for one in picture.plan.assignments)
        left_out, faults = picture.left_out[:LEFT_OUT_SHOWN], picture.report.faults[:FAULTS_LISTED]
        changes = picture.diff.changes[:CHANGES_SHOWN] if picture.diff else ()
        about = [{PartyId(one) for one in (fault.party, *_NAMED.findall(fault.message)) if one} for fault in faults]
        beyond = sorted(picture.overbooked, key=lambda one: not one.beyond)[:STAND_BY_LEGS]
        named = {one.party for one in left_out}.union(
            (one.party for one in changes),
            (party for one in beyond for party in one.stand_by),
            contact.unsafe,
            contact.refused,
            *about,
        )
        hidden, in_words = hidden_among(named, account_of(request)), plain_words(at=timezone.now())
        needs = _care_needs([one.party for one in left_out if one.code is BlockCode.CARE])
        context |= {
            "picture": picture,
            "left_out": [
                (replace(one, reasons=tuple(map(in_words, one.reasons))), needs.get(one.party, ()))
                for one in left_out
                if one.party not in hidden
            ],
            "faults": [fault for fault, parties in zip(faults, about, strict=True) if not parties & hidden],
            "hidden": len(hidden),
            "beyond": [
                replace(one, stand_by=tuple(party for party in one.stand_by if party not in hidden)) for one in beyond
            ],
            "more_left_out": max(0, len(picture.left_out) - LEFT_OUT_SHOWN),
            "says_why": reads_english(),
            **_levers(),
            "now": timezone.now(),
            "may_move": account_of(request).may("plan.make") and picture.is_of_now,
            "contact": contact,
            "contact_named": contact.without(hidden),
            "changes": [change for change in changes if change.party not in hidden],
            "chart": timeline_options(
                list(loads), leg_labels(loads), tier_word=_("tier"), empty_word=_("empty seats")
            ),
        }
    return render(request, "console/plan.html", context, status=status)


def _care_needs(parties: Sequence[PartyId]) -> dict[PartyId, list[str]]:
    """For which needs each of these parties has to have a special place."""
    known = parties_by_id(parties)
    people = needs_corrected(persons_by_id(one.person for party in known.values() for one in party.confirmed))
    found: dict[PartyId, list[str]] = {}
    for key, party in known.items():
        theirs = {need for one in party.confirmed if one.person in people for need in people[one.person].needs}
        found[key] = sorted(theirs.intersection(CARE_NEEDS))
    return found
