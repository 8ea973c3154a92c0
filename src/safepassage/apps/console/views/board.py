"""The operation board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safepassage.apps.accounts.access import requires


@require_safe
@requires("board.see")
def board(request: HttpRequest) -> HttpResponse:
    """The whole corridor with live figures."""
    return render(request, "console/board.html")
