"""Addresses of the console, in the order of the corridor. Nothing personal stands in an address: ids only."""

from __future__ import annotations

from django.urls import URLPattern, path

from safepassage.apps.console.views import board

app_name = "console"

urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
]
