"""Counterpart sheets: what lets a convoy through a checkpoint and names nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.selectors.convoys import convoy_at, convoys_now
from safepassage.apps.passes.checkpoint_page import checkpoint_page
from safepassage.apps.passes.selectors import sheet_by_key, sheet_read, sheets_of
from safepassage.apps.passes.services import counterpart_sheet_make
from safepassage.core.exchange import draw_pass


@require_safe
@requires("counterpart.see")
def counterpart(request: HttpRequest) -> HttpResponse:
    """The convoys of the plan, and the sheets made for them."""
    context = {"convoys": convoys_now(), "page": page_of(request, sheets_of())}
    return render(request, "console/counterpart.html", context)


@require_POST
@requires("plan.make")
def counterpart_make(request: HttpRequest) -> HttpResponse:
    """Makes the sheet of one convoy with the plates as painted; a second one gets the next version."""
    line = convoy_at(request.POST.get("reference", ""), request.POST.get("checkpoint", ""))
    plates = {one.leg: request.POST.get(f"plate-{one.leg}", "") for one in line.vehicles}
    counterpart_sheet_make(convoy=line.convoy(plates), account=account_of(request).username, now=timezone.now())
    newest = sheets_of(line.reference).first()
    return redirect("console:counterpart-sheet", number=newest.pk if newest else 0)


@require_safe
@requires("counterpart.see")
def counterpart_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """A sheet exactly as the counterpart sees it, to be printed: no address, no name, no mark of ours."""
    record = sheet_by_key(number)
    return render(request, "console/counterpart_sheet.html", {"sheet": sheet_read(record), "number": number})


@require_safe
@requires("counterpart.see")
def counterpart_square(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The signed square of a sheet."""
    return HttpResponse(draw_pass(sheet_read(sheet_by_key(number)).text), content_type="image/png")


@require_safe
@requires("counterpart.see")
def counterpart_page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The page for the checkpoint's own phone, as a file to hand over."""
    response = HttpResponse(checkpoint_page(), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sheet.html"'
    return response
