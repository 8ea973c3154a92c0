"""Long work: asked for on any page, watched on one of its own; stopped, asked again, its print collected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, refuse, requires
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import refuse_hidden, unknown_parties
from safepassage.apps.console.sayings.work import after, said_done
from safepassage.apps.passes.services import passes_print_given
from safepassage.apps.work.kinds import KINDS, WorkKind, job_start
from safepassage.apps.work.printed import printed_is_there, printed_take
from safepassage.apps.work.selectors import is_stopping, job_by_number, jobs_asked, jobs_before
from safepassage.apps.work.services import job_stop
from safepassage.apps.work.worker import worker_is_here
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PartyId

__all__ = ["WorkKind", "begin"]


def begin(request: HttpRequest, kind: WorkKind, arguments: Mapping[str, Any] | None = None) -> HttpResponse:
    """Asks for work in the name of the reader and leads to its page; only for views behind the kind's permission."""
    job = job_start(kind=kind, arguments=arguments or {}, account=account_of(request).username)
    if job.state == job.State.DONE:  # it was done at once
        messages.success(request, said_done(job))
        return redirect(after(job))
    return redirect("console:job", number=job.pk)


@require_safe
@requires("board.see")
def jobs(request: HttpRequest) -> HttpResponse:
    """All work of the kinds that the reader may ask for."""
    account = account_of(request)
    kinds = [code for code, kind in KINDS.items() if kind.is_open_to(account)]
    return render(request, "console/jobs.html", {"page": page_of(request, jobs_asked(kinds))})


@require_safe
@requires("board.see")
def job(request: HttpRequest, number: int) -> HttpResponse:
    """One piece of work: how far it is, or what became of it and where to go on."""
    return _shown(request, number, "console/job.html")


@require_safe
@requires("board.see")
def job_live(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, fetched again every second; when it is over, the page is loaded anew."""
    response = _shown(request, number, "console/job_live.html")
    if job_by_number(number).is_over:
        response["HX-Refresh"] = "true"
    return response


def _shown(request: HttpRequest, number: int, template: str) -> HttpResponse:
    found, account = job_by_number(number), account_of(request)
    if not KINDS[found.kind].is_open_to(account):
        return refuse(request, KINDS[found.kind].permissions[0])
    is_idle = not found.is_over and not worker_is_here()
    if is_idle:
        found = job_by_number(number)  # what a worker that is gone was at is marked by now
    context: dict[str, Any] = {
        "job": found,
        "percent": round(100 * found.progress),
        "is_idle": is_idle,
        "is_stopping": is_stopping(found),
        "before": jobs_before(found) if found.state == found.State.WAITING else 0,
        "now": timezone.now(),
    }
    if found.is_over:
        is_mine = found.asked_by == account.username
        context["is_print_there"] = is_mine and printed_is_there(found.file)
        if found.state == found.State.DONE:
            context |= {"said": said_done(found), "after": after(found)}
    return render(request, template, context)


@require_POST
@requires("board.see")
def job_end(request: HttpRequest, number: int) -> HttpResponse:
    """Stops it: nothing is stored that is not whole."""
    found, account = job_by_number(number), account_of(request)
    if not KINDS[found.kind].is_open_to(account):
        return refuse(request, KINDS[found.kind].permissions[0])
    if not found.is_over:
        job_stop(found, now=timezone.now())
    return redirect("console:job", number=number)


@require_POST
@requires("board.see")
def job_again(request: HttpRequest, number: int) -> HttpResponse:
    """Asks for the same once more, in the name of whoever presses."""
    found, account = job_by_number(number), account_of(request)
    if not KINDS[found.kind].is_open_to(account):
        return refuse(request, KINDS[found.kind].permissions[0])
    # a supervisor may have asked for a party that whoever presses now may not know of
    parties = [PartyId(one) for one in found.arguments.get("parties", ())]
    refuse_hidden(parties, account, as_if=unknown_parties())
    return begin(request, WorkKind(found.kind), found.arguments)


@require_safe
@requires("pass.issue")
def job_print(request: HttpRequest, number: int) -> HttpResponse:
    """The print of passes, once, to whoever asked for it; it holds the codes that stand nowhere else."""
    found, now = job_by_number(number), timezone.now()
    if found.asked_by != account_of(request).username:
        raise ForbiddenError("The print is for whoever asked for it.", advice="Ask them, or issue the passes again.")
    if request.method == "HEAD":
        return HttpResponse(content_type="application/pdf")
    response = HttpResponse(printed_take(found.file), content_type="application/pdf")
    passes_print_given(passes=found.result.get("passes", ()), now=now)
    response["Content-Disposition"] = (
        f'attachment; filename="passes-{operation_now().code}-{timezone.localtime(now):%Y-%m-%dT%H%M}.pdf"'
    )
    response["Cache-Control"] = "no-store"
    return response
