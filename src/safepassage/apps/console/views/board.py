"""The operation board: the corridor with live figures, and what waits for somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safepassage import vault
from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.figures.departures import departures_after, loads_booked
from safepassage.apps.console.figures.river import draw_river
from safepassage.apps.intake.selectors import row_figures, sources_seen
from safepassage.apps.ledger.selectors import event_last_at, state_now
from safepassage.apps.movement.loads import LegLoad
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.policy.overriding import OVERRIDES_A_DAY
from safepassage.apps.policy.selectors import overrides_on, policies_published, policy_in_force

NEXT_DEPARTURES = 8
QUIET = timedelta(days=2)
"""After so long without an event, and with no departure to come, an operation lies in the past."""


@require_safe
@requires("board.see")
def board(request: HttpRequest) -> HttpResponse:
    """The whole corridor with live figures; `?wall` fills a screen on the wall."""
    is_wall = "wall" in request.GET
    return render(request, "console/board.html", _figures(request) | {"is_wall": is_wall})


@require_safe
@requires("board.see")
def board_live(request: HttpRequest) -> HttpResponse:
    """The board's figures alone: fetched again every quarter of a minute."""
    return render(request, "console/board_live.html", _figures(request))


def _figures(request: HttpRequest) -> dict[str, Any]:
    """The figures of now; of an operation that lies in the past, those of its last event unless `?at=now` asks."""
    now, asks_now = timezone.now(), request.GET.get("at") == "now"
    loads = loads_booked()
    past = _past(now, loads)
    at = now if past is None or asks_now else past
    state = state_now()
    departures, is_coming = departures_after(loads, at, limit=NEXT_DEPARTURES)
    return {
        "river": draw_river(state),
        "alarms": alarms_now(state, now=at, account=account_of(request).username),
        "departures": departures,
        "is_coming": is_coming,
        "policy": policy_in_force(at),
        "last_policy": policies_published().first(),
        "plan": plan_record_now(),
        "overrides": overrides_on(at),
        "quota": OVERRIDES_A_DAY,
        "rows": row_figures(),
        "sources": sources_seen().count(),
        "is_plain": connection.vendor == "sqlite" and not vault.is_sealed(Path(settings.HOME)),
        "now": at,
        "past": past,
        "asks_now": asks_now,
    }


def _past(now: datetime, loads: list[LegLoad]) -> datetime | None:
    """When the last event of an operation was that lies in the past; nothing of one that is going on."""
    last = event_last_at()
    if last is None or now - last < QUIET:
        return None
    return None if any(load.departs >= now for load in loads) else last
