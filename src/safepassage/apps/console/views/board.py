"""The operation board: the corridor with live figures, and what waits for somebody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safepassage import vault
from safepassage.apps.accounts.access import requires
from safepassage.apps.console.figures.alarms import alarms_now
from safepassage.apps.console.figures.departures import departures_after
from safepassage.apps.console.figures.river import draw_river
from safepassage.apps.intake.selectors import row_figures, sources_seen
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.policy.selectors import overrides_on, policies_published, policy_in_force
from safepassage.apps.policy.services import OVERRIDES_A_DAY

NEXT_DEPARTURES = 8


@require_safe
@requires("board.see")
def board(request: HttpRequest) -> HttpResponse:
    """The whole corridor with live figures; `?wall` fills a screen on the wall."""
    is_wall = "wall" in request.GET
    return render(request, "console/board.html", _figures(timezone.now()) | {"is_wall": is_wall})


@require_safe
@requires("board.see")
def board_live(request: HttpRequest) -> HttpResponse:
    """The board's figures alone: fetched again every quarter of a minute."""
    return render(request, "console/board_live.html", _figures(timezone.now()))


def _figures(now: datetime) -> dict[str, Any]:
    state = state_now()
    departures, is_coming = departures_after(now, limit=NEXT_DEPARTURES)
    policy = policy_in_force(now)
    return {
        "river": draw_river(state),
        "alarms": alarms_now(state, now=now),
        "departures": departures,
        "is_coming": is_coming,
        "policy": policy,
        "last_policy": policies_published().first(),
        "plan": plan_record_now(),
        "overrides": overrides_on(now),
        "quota": OVERRIDES_A_DAY,
        "rows": row_figures(),
        "sources": sources_seen().count(),
        "is_plain": connection.vendor == "sqlite" and not vault.is_sealed(Path(settings.HOME)),
        "now": now,
    }
