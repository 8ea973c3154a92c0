"""The gate log: everything that devices saw and decided, refused ones too, and what contradicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.figures.double_use import double_uses
from safepassage.apps.console.figures.gate import (
    alarm_lines,
    gate_events,
    gate_line,
    gate_points,
    loads_near,
    outcome_figures,
    outcome_of,
    tallies_latest,
)
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import ids_hidden
from safepassage.apps.gate.loading import bases_loading
from safepassage.apps.gate.selectors import walk_ins_open
from safepassage.apps.ledger.selectors import discrepancies_now, flags_of, parked_open, state_now


@require_safe
@requires("gate.log")
def gate(request: HttpRequest) -> HttpResponse:
    """Encounters and decisions, the newest first; a filter fetches the table alone. Nobody hidden is named."""
    state = state_now()
    point, outcome = request.GET.get("point", ""), request.GET.get("outcome", "")
    at_point = gate_events(state, point=point)
    page = page_of(request, [event for event in at_point if outcome in {"", outcome_of(event)}])
    lines = [gate_line(event, state) for event in page.object_list]
    hidden = ids_hidden((line.party for line in lines), account_of(request))
    flags = flags_of(line.event for line in lines)
    page.object_list = [
        replace(
            line,
            party="" if line.party in hidden else line.party,
            is_elsewhere=flags.get(line.event) == "other-point",
        )
        for line in lines
    ]
    context: dict[str, Any] = {
        "lines": page,
        "point": point,
        "outcome": outcome,
        "points": gate_points(state),
        "outcomes": outcome_figures(at_point),
    }
    if request.headers.get("HX-Target") == "log":
        return render(request, "console/gate_log.html", context)
    now, alarms = timezone.now(), alarm_lines(state)
    hidden = ids_hidden((one.subject for one in alarms), account_of(request))
    context |= {
        "alarms": [replace(one, subject="") if one.subject in hidden else one for one in alarms],
        "discrepancies": discrepancies_now(),
        "double_uses": double_uses(state, now),
        "tallies": tallies_latest(now),
        "parked": parked_open(),
        "loads": loads_near(state, now=now),
        "bases": bases_loading(state, now=now),
        "walk_ins": walk_ins_open().count(),
    }
    return render(request, "console/gate.html", context)
