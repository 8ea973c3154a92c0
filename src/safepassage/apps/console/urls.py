"""Addresses of the console, in the order of the corridor. Nothing personal stands in an address: ids only."""

from __future__ import annotations

from django.urls import URLPattern, path

from safepassage.apps.console.views import board, counts, lists, upload

app_name = "console"

urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
    path("board/live/", board.board_live, name="board-live"),
    path("lists/", lists.sources, name="sources"),
    path("lists/upload/", upload.upload, name="upload"),
    path("lists/inspect/", upload.inspect, name="inspect"),
    path("lists/resolve/", lists.resolve, name="resolve"),
    path("lists/sources/<str:key>/", lists.source, name="source"),
    path("lists/batches/<str:key>/", lists.batch, name="batch"),
    path("lists/batches/<str:key>/rejects.csv", lists.rejects_csv, name="rejects"),
    path("counts/", counts.counts, name="counts"),
    path("counts/export/<str:form>", counts.counts_export, name="counts-export"),
]
