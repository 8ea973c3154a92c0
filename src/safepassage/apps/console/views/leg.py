"""One leg of the published plan: its load, its manifest, and the sheets of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.figures.departures import departure_of
from safepassage.apps.ledger.services import access_note
from safepassage.apps.movement.bookings import persons_booked_on
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.manifests import manifest_read, manifests_of
from safepassage.apps.movement.selectors import network_of_plan
from safepassage.apps.outreach.sheets import PAPER_LANGUAGES, manifest_file, manifest_sheet
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId

FORMS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}


@require_safe
@requires("manifest.see")
def leg(request: HttpRequest, leg_id: str) -> HttpResponse:
    """A leg with the newest closed manifest of it, people by name: the look is noted."""
    departure = departure_of(leg_id)
    versions = list(manifests_of(leg_id))
    places = {point.id: point.name or point.id for point in network_of_plan().points}
    context = {
        "languages": PAPER_LANGUAGES,
        "language": get_language() or "en",
        "departure": departure,
        "versions": versions,
        "start": places[departure.load.origin],
        "end": places[departure.load.destination],
    }
    if versions:
        sheet, people = manifest_sheet(
            manifest_read(leg_id, versions[0].version), is_protected_in=account_of(request).may("apart.see")
        )
        access_note(
            account=account_of(request).username,
            subjects=people,
            act="see manifest",
            purpose=leg_id,
            now=timezone.now(),
        )
        context |= {"sheet": sheet, "is_stale": versions[0].persons != persons_booked_on(leg_id)}
    return render(request, "console/leg.html", context)


@require_POST
@requires("plan.make")
def leg_close(request: HttpRequest, leg_id: str) -> HttpResponse:
    """Closes the manifest as booked now; nothing happens if it is the one closed before."""
    manifest = manifest_close(leg=LegId(leg_id), account=account_of(request).username, now=timezone.now())
    messages.success(
        request,
        ngettext(
            "Version %(version)s is closed with %(heads)s person.",
            "Version %(version)s is closed with %(heads)s people.",
            manifest.heads,
        )
        % {"version": manifest.version, "heads": manifest.heads},
    )
    return redirect("console:leg", leg_id=leg_id)


@require_POST
@requires("manifest.see")
def leg_sheet(request: HttpRequest, leg_id: str, version: int, form: str) -> HttpResponse:
    """A closed manifest as a file; the export is an event."""
    if form not in FORMS:
        raise NotFoundError("There is no manifest of that form.", where=form, advice="Take xlsx or pdf.")
    manifest = manifest_read(leg_id, version)
    language = request.POST.get("language", "") or "en"
    content = manifest_file(
        manifest=manifest, form=form, account=account_of(request).username, now=timezone.now(), language=language
    )
    tongue = "" if form == "xlsx" or language == "en" else f"-{language}"
    name = f"manifest-{manifest.leg}-v{manifest.version}{tongue}.{form}"
    return HttpResponse(
        content, content_type=FORMS[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
