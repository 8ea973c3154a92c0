"""Paper: packs are printed, and what was written on them is typed in by two people, each under their own account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import operation_now, team_codes
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.words import word
from safepassage.apps.gate.printed import MOST_SLIPS, MOST_TALLIES
from safepassage.apps.gate.selectors import points_of_passes
from safepassage.apps.outreach.packs import legs_closed, pack_print
from safepassage.apps.outreach.paper import SheetState, fields_typed, sheet_key_in, sheets_counted, sheets_waiting
from safepassage.apps.outreach.sheets import PAPER_LANGUAGES
from safepassage.core.errors import ForbiddenError, Problem, ProblemsError, SafePassageError
from safepassage.core.intake.keyed import BANDS, SEXES
from safepassage.core.intake.paper import CHOICES, FIELDS

KINDS = tuple(FIELDS)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("gate.check")
def paper(request: HttpRequest) -> HttpResponse:
    """The form of one kind of sheet, and what waits; a POST types one sheet."""
    kind = request.GET.get("kind", KINDS[0])
    kind = kind if kind in FIELDS else KINDS[0]
    account, number = account_of(request).username, request.GET.get("number", "")
    typed = fields_typed(kind=kind, number=number, account=account)
    problems: tuple[Problem | SafePassageError, ...] = ()
    if request.method == "POST":
        number = request.POST.get("number", "")
        typed = {name: request.POST.get(name, "").strip() for name in FIELDS[kind]}
        typed["at"] = _with_zone(typed["at"])
        try:
            state = sheet_key_in(kind=kind, number=number, typed=typed, account=account, now=timezone.now())
        except ProblemsError as error:
            problems = error.problems
        except SafePassageError as error:
            problems = (error,)
        else:
            _say(request, state)
            again = f"&number={state.number}" if state.differing and not state.is_before else ""
            return redirect(f"{request.path}?kind={kind}{again}")
    context: dict[str, Any] = {
        "kind": kind,
        "kinds": KINDS,
        "number": number,
        "typed": typed,
        "at": _local(typed.get("at", "")),
        "fields": [
            (name, CHOICES.get((kind, name), ()), typed.get(name, ""))
            for name in FIELDS[kind]
            if name != "at" and "-" not in name
        ],
        "bands": _bands(kind, typed),
        "problems": problems,
        "waiting": sheets_waiting(account),
        "counted": sheets_counted(),
        "points": points_of_passes(),
        "teams": team_codes(),
        "legs": legs_closed(),
        "languages": PAPER_LANGUAGES,
        "language": get_language() or "en",
        "most_slips": MOST_SLIPS,
        "most_tallies": MOST_TALLIES,
        "zone": str(operation_now().zone),
    }
    return render(request, "console/paper.html", context, status=422 if problems else 200)


@require_POST
@requires("manifest.see")
def paper_pack(request: HttpRequest) -> HttpResponse:
    """A whole pack as one PDF; the print is an export."""
    slips, tallies = number_said(request.POST.get("slips", "0")), number_said(request.POST.get("tallies", "0"))
    if slips is None or tallies is None:
        raise ForbiddenError("How many slips and quarter hours?", advice="Enter numbers; 0 is none.")
    number, content = pack_print(
        point=request.POST.get("point", ""),
        legs=request.POST.getlist("leg"),
        slips=slips,
        tallies=tallies,
        account=account_of(request).username,
        now=timezone.now(),
        language=request.POST.get("language", "") or get_language() or "en",
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="paper-pack-{number}.pdf"'
    return response


def _bands(kind: str, typed: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The rows of heads of a slip: age band, and each field with its sex and what was typed."""
    bands = BANDS if kind == "walk-in" else ()
    return [(band, [(f"{sex}-{band}", sex, typed.get(f"{sex}-{band}", "")) for sex in SEXES]) for band in bands]


def _say(request: HttpRequest, state: SheetState) -> None:
    note, people = state.note, ", ".join(state.typed_by)
    if state.is_before and state.differing:
        fields = "; ".join(
            f"{word('paper-field', name)}: {kept or '–'} / {now or '–'}" for name, kept, now in state.differing
        )
        said = _("Counted before, by %(people)s. What you typed differs and counts nothing: %(fields)s.")
        messages.warning(request, said % {"people": people, "fields": fields})
    elif state.is_before:
        messages.success(request, _("Counted before, by %(people)s. Nothing more is written.") % {"people": people})
    elif state.differing:
        messages.warning(request, _("Two people typed this sheet differently. Nothing counts until both are equal."))
    elif not state.is_counted:
        messages.success(request, _("Kept. It counts once another person has typed the same."))
    elif note == "children":
        messages.warning(request, _("It counts. Children without an adult: they go to the focal point."))
    elif note:
        messages.warning(request, _("It counts. Aboard in part, to be named: lines %(lines)s.") % {"lines": note})
    else:
        messages.success(request, _("Both typed the same: it counts."))


def _with_zone(local: str) -> str:
    """A time of the form, which is local to the operation; one that says its zone already stays as it is."""
    try:
        found = datetime.fromisoformat(local)
    except ValueError:
        return local
    return (found if found.tzinfo else found.replace(tzinfo=operation_now().zone)).isoformat()


def _local(stored: str) -> str:
    try:
        found = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return found.astimezone(operation_now().zone).strftime("%Y-%m-%dT%H:%M") if found.tzinfo else stored
