"""Counts as of any moment, and the figures that may leave the house."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.figures.counts import (
    TimeSpan,
    count_table,
    neighbours,
    stage_options,
    time_span,
    unknown_lines,
)
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.words import word
from safepassage.apps.outreach.reports import counts_csv, report_page, report_pdf
from safepassage.apps.registry.selectors import likely_twice, run_last
from safepassage.core.errors import NotFoundError


@require_safe
@requires("counts.see")
def counts(request: HttpRequest) -> HttpResponse:
    """People by category and stage as of a moment; the slider fetches the part that changes."""
    span = time_span(number_said(request.GET.get("at", "")))
    is_part = request.headers.get("HX-Target") == "counts" and span is not None
    return render(
        request, "console/counts_as_of.html" if is_part else "console/counts.html", _context(span) if span else {}
    )


@require_POST
@requires("report.export")
def counts_export(request: HttpRequest, form: str) -> HttpResponse:
    """The figures as of a moment as a file; the export is an event."""
    span = time_span(number_said(request.POST.get("at", "")))
    if span is None:
        raise NotFoundError("There is nothing to report yet.", advice="Take in a list first.")
    now = timezone.now()
    as_of = now if span.is_latest else span.moment
    who = account_of(request).username
    stem = f"{operation_now().code}-{timezone.localtime(as_of):%Y-%m-%dT%H%M}"
    if form == "hxl.csv":
        return _file(counts_csv(as_of=as_of, account=who, now=now), "text/csv", f"counts-{stem}.csv")
    if form == "report.pdf":
        return _file(report_pdf(as_of=as_of, account=who, now=now), "application/pdf", f"report-{stem}.pdf")
    if form == "report.html":
        page = report_page(as_of=as_of, account=who, now=now).encode()
        return _file(page, "text/html", f"report-{stem}.html")
    raise NotFoundError(
        "There is no report of that form.", where=form, advice="Take hxl.csv, report.pdf or report.html."
    )


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _context(span: TimeSpan) -> dict[str, Any]:
    table = count_table(span)
    before, after = neighbours(span.at)
    labels = [word("stage", stage) for stage in table.stages]
    return {
        "span": span,
        "table": table,
        "unknown": unknown_lines(span),
        "likely_twice": likely_twice(run_last()) if span.is_latest else 0,
        "before": before,
        "after": after,
        "chart": stage_options(table, labels, seen=_("seen by somebody"), declared=_("declared only")),
    }
