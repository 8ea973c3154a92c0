"""Lists: who sent them, on what terms, what became of each row, and the run of the matcher."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.sayings.intake import said_reject
from safepassage.apps.console.selectors.arrivals import arrivals_of
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.intake.selectors import (
    batch_by_id,
    batches_of,
    everyone_on,
    listings_count,
    rejects_of,
    row_figures,
    source_by_id,
    sources_seen,
    unknown_values_of,
)
from safepassage.apps.ledger.services import access_note
from safepassage.apps.registry.matcher import matcher_runs_by_itself
from safepassage.apps.registry.selectors import run_last
from safepassage.core.exchange.cells import csv_text


@require_safe
@requires("source.see")
def sources(request: HttpRequest) -> HttpResponse:
    """All sources with their terms, the batches, and the figures of every row read."""
    figures, counting, run = row_figures(), listings_count(), run_last()
    context = {
        "sources": sources_seen(),
        "batches": page_of(request, batches_of()),
        "figures": figures,
        "run": run,
        "runs_by_itself": matcher_runs_by_itself(),
        "is_stale": counting > 0 and (run is None or run.listings != counting),
    }
    return render(request, "console/sources.html", context)


@require_safe
@requires("source.see")
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source: its terms and its batches."""
    found = source_by_id(key)
    return render(request, "console/source.html", {"source": found, "batches": page_of(request, batches_of(found))})


@require_safe
@requires("source.see")
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """One batch: figures, warnings, how its columns were read, and what could not be read."""
    found, account, now = batch_by_id(key), account_of(request), timezone.now()
    access_note(account=account.username, subjects=[found.id], act="see batch", purpose="intake", now=now)
    arrivals = arrivals_of(found, account) if account.may("person.see") else None
    if arrivals:
        access_note(
            account=account.username, subjects=arrivals.shown, act="see whom they may be", purpose="intake", now=now
        )
    context = {
        "batch": found,
        "arrivals": arrivals,
        "runs_by_itself": matcher_runs_by_itself(),
        "everyone": {field.value: text for field, text in everyone_on(found).items()},
        "unknown": unknown_values_of(found),
        "rejects": page_of(request, rejects_of(found)),
        "rows_rejected_count": rejects_of(found).filter(is_whole_row=True).count(),
        "cells_count": rejects_of(found).filter(is_whole_row=False).count(),
    }
    return render(request, "console/batch.html", context)


@require_safe
@requires("source.see")
def rejects_csv(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """What could not be read, for the source: place, reason and advice in the reader's language, nobody's data."""
    found = batch_by_id(key)
    head = ("file", "sheet", "row", "column", "what", "reason", "advice")
    lines = (
        (found.file_name, one.sheet, one.number, one.column, _("row") if one.is_whole_row else _("cell"), *said)
        for one in rejects_of(found)
        for said in [said_reject(one.code, is_whole_row=one.is_whole_row) or (one.reason, one.advice)]
    )
    response = HttpResponse("\ufeff" + csv_text((head, *lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejects-{found.id}.csv"'
    return response


@require_POST
@requires("source.intake")
def resolve(request: HttpRequest) -> HttpResponse:
    """Runs the matcher over all listings and judgements."""
    return begin(request, WorkKind.RESOLVE)
