"""Whoever came through a checkpoint no more: named from the manifest, a case with an owner until they are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import team_codes
from safepassage.apps.gate.convoys import (
    MissingCase,
    convoy_missing,
    convoys_in_trouble,
    missing_cases,
    missing_found,
)
from safepassage.apps.gate.loading import legs_loading
from safepassage.apps.gate.selectors import points_of_passes
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import access_note
from safepassage.apps.movement.manifests import manifest_read, manifests_of, network_of_manifest
from safepassage.apps.outreach.no_shows import StayedAway, no_shows_note, no_shows_proposed
from safepassage.apps.outreach.packs import legs_closed
from safepassage.apps.outreach.sheets import manifest_sheet
from safepassage.apps.registry.hidden import hidden_ids, hidden_persons
from safepassage.apps.registry.selectors import persons_behind, persons_by_id
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.exchange import ManifestRow
from safepassage.core.identity import Person
from safepassage.core.ids import PersonId
from safepassage.core.ledger import LedgerState

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


LEGS_PROPOSED = 12
"""Legs whose people may not have come, on one page; the next follow when these are noted."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One person who is missing, and who they are to somebody who may know it."""

    case: MissingCase
    person: Person | None


@dataclass(frozen=True, slots=True)
class AwayLine:
    """A leg that has left, and who may not have come to it."""

    told: StayedAway
    people: list[tuple[PersonId, Person | None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of a manifest who may be named, and whether anybody saw them aboard."""

    row: ManifestRow
    is_aboard: bool
    is_missing: bool
    is_protected: bool = False
    """Nobody of whom this account may know: a supervisor names them, since who named them could not end the case."""


@require_safe
@requires("gate.check")
def missing(request: HttpRequest) -> HttpResponse:
    """Convoys in trouble, the people of one leg to choose from, and every open case with its owner."""
    account, state, leg = account_of(request), state_now(), request.GET.get("leg", "")
    lines, hidden = _cases(state, account)
    legs = legs_closed()
    context = {
        "trouble": convoys_in_trouble(state),
        "cases": lines,
        "hidden": hidden,
        "legs": legs,
        "leg": leg,
        "candidates": _candidates(leg, state, account) if leg in legs else [],
        "teams": team_codes(),
        "points": points_of_passes(),
        "away": _away(state, account),
        "now": timezone.now(),
    }
    return render(request, "console/missing.html", context)


@require_POST
@requires("gate.check")
def missing_away(request: HttpRequest) -> HttpResponse:
    """Notes who of those whom a leg left did not come, as it was proposed: a person says so, the program never."""
    chosen = request.POST.getlist("person")
    if not chosen:
        raise ForbiddenError("Who did not come?", advice="Tick people of this leg.")
    team = request.POST.get("owner", "").strip().lower()
    return _did_not_come(request, request.POST.get("leg", ""), chosen, team)


@require_POST
@requires("gate.check")
def missing_name(request: HttpRequest) -> HttpResponse:
    """Names people of one manifest as missing; each is a case of the team that is chosen."""
    account, leg = account_of(request), request.POST.get("leg", "")
    chosen, owner = request.POST.getlist("person"), request.POST.get("owner", "").strip().lower()
    if leg not in legs_closed():
        raise NotFoundError("No manifest of that leg is closed.", advice="Choose one from the list.")
    rows = _candidates(leg, state_now(), account, is_looked_at=False)
    known = {one.row.person for one in rows if not one.is_protected}
    if not chosen or not {*chosen} <= known:
        raise ForbiddenError("Who is missing?", advice="Tick people of this manifest.")
    if request.POST.get("act") == "no-show":
        return _did_not_come(request, leg, chosen, owner)
    number = convoy_missing(leg=leg, persons=chosen, owner=owner, account=account.username, now=timezone.now())
    said = ngettext("%(n)s person is a case of %(owner)s.", "%(n)s people are cases of %(owner)s.", number)
    messages.success(request, said % {"n": number, "owner": owner})
    return redirect("console:missing")


def _did_not_come(request: HttpRequest, leg: str, chosen: list[str], team: str) -> HttpResponse:
    account = account_of(request).username
    number = no_shows_note(leg=leg, persons=chosen, team=team, account=account, now=timezone.now())
    said = ngettext(
        "%(n)s person did not come; %(team)s calls them again.",
        "%(n)s people did not come; %(team)s calls them again.",
        number,
    )
    messages.success(request, said % {"n": number, "team": team})
    return redirect("console:missing")


@require_POST
@requires("gate.check")
def missing_case(request: HttpRequest, key: str) -> HttpResponse:
    """Hands one case to another team, or ends it: the person was found."""
    account, now = account_of(request), timezone.now()
    found = next((one for one in missing_cases(state_now()) if one.person == key), None)
    if found is None or PersonId(key) in _hidden(account):  # hidden is unknown: told in the same words
        raise NotFoundError("Nobody of that id is missing now.", advice="Load the page again.")
    if request.POST.get("act") == "found":
        missing_found(person=key, point=request.POST.get("point", ""), account=account.username, now=now)
        messages.success(request, _("Found. The case is closed."))
    else:
        owner = request.POST.get("owner", "").strip().lower()
        convoy_missing(leg=found.leg, persons=[key], owner=owner, account=account.username, now=now)
        messages.success(request, _("The case is theirs now."))
    return redirect("console:missing")


def _away(state: LedgerState, account: Account) -> list[AwayLine]:
    """Who may not have come, leg by leg, with names. The look is noted."""
    now = timezone.now()
    found = no_shows_proposed(state, now=now, but=_hidden(account))[:LEGS_PROPOSED]
    people = persons_behind(person for line in found for person in line.people)
    if people:
        access_note(account=account.username, subjects=list(people), act="list missing", purpose="search", now=now)
    return [AwayLine(one, [(key, people.get(key)) for key in one.people]) for one in found]


def _hidden(account: Account) -> frozenset[PersonId]:
    return frozenset() if account.may("apart.see") else frozenset(hidden_persons())


def _cases(state: LedgerState, account: Account) -> tuple[list[CaseLine], int]:
    """Open cases with names, the longest first, and how many are hidden from this account. The look is noted."""
    cases, hidden = missing_cases(state), _hidden(account)
    shown = [one for one in cases if PersonId(one.person) not in hidden]
    people = persons_by_id(PersonId(one.person) for one in shown)
    access_note(
        account=account.username, subjects=list(people), act="list missing", purpose="search", now=timezone.now()
    )
    return [CaseLine(one, people.get(PersonId(one.person))) for one in shown], len(cases) - len(shown)


def _candidates(leg: str, state: LedgerState, account: Account, *, is_looked_at: bool = True) -> list[Candidate]:
    """People of the newest manifest of a leg, those whom nobody saw aboard first. The look is noted."""
    newest = manifests_of(leg).first()
    if newest is None:
        return []
    sheet, people = manifest_sheet(manifest_read(leg, newest.version), is_protected_in=account.may("apart.see"))
    if is_looked_at:
        access_note(account=account.username, subjects=people, act="see manifest", purpose=leg, now=timezone.now())
    found = [one for one in network_of_manifest(leg, newest.version).legs if one.id == leg]
    aboard = {person for one in legs_loading(state, legs=found) for person in one.aboard}
    gone = {one.person for one in missing_cases(state)}
    hidden = hidden_ids(PersonId(row.person) for row in sheet.rows) if not account.may("apart.see") else frozenset()
    rows = []
    for row in sheet.rows:
        person = PersonId(row.person)
        if person in hidden:
            rows.append(Candidate(row, is_aboard=False, is_missing=False, is_protected=True))
        else:
            is_gone = str(state.redirects.get(person, person)) in gone
            rows.append(Candidate(row, is_aboard=person in aboard, is_missing=is_gone))
    return sorted(rows, key=lambda one: (one.is_aboard, one.row.number))
