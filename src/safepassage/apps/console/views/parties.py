"""Parties: search, the list in the policy's order, one party with everything that is decided about it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import hidden_parties, party_seen
from safepassage.apps.console.sayings.language import apart
from safepassage.apps.console.sayings.movement import said_place
from safepassage.apps.console.sayings.policy import Said, said_explanation
from safepassage.apps.console.selectors.parties import flags_shown, member_lines, party_lines, standing_value
from safepassage.apps.console.views.kin import member_said
from safepassage.apps.ledger.services import access_note
from safepassage.apps.movement.bookings import booking_line, booking_of
from safepassage.apps.movement.plain_words import plain_words
from safepassage.apps.movement.selectors import place_explained
from safepassage.apps.movement.short import is_booked_and_asked_about, parties_short
from safepassage.apps.movement.told import parties_told_otherwise
from safepassage.apps.outreach.contact import contact_warnings
from safepassage.apps.outreach.directions import directions_of
from safepassage.apps.outreach.selectors import calls_of, next_step_of
from safepassage.apps.passes.selectors import passes_of
from safepassage.apps.policy.reach import parties_waiting, reach_now
from safepassage.apps.policy.selectors import standing_places, standings_unsettled
from safepassage.apps.policy.services import standing_explain
from safepassage.apps.registry.confirming import adult_confirm, member_confirm
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.kin import STATABLE
from safepassage.apps.registry.needs import need_origins
from safepassage.apps.registry.search import persons_find
from safepassage.apps.registry.selectors import parties_of_persons, party_ids, persons_of
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.identity import Party, PartyFlag
from safepassage.core.ids import PersonId
from safepassage.core.ledger import FACT_EVIDENCE
from safepassage.core.movement import CARE_NEEDS

PURPOSE = "party"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("person.see")
def search(request: HttpRequest) -> HttpResponse:
    """Finds people by name and one more fact. What is asked never stands in an address."""
    asked, fact = request.POST.get("q", "").strip(), request.POST.get("fact", "").strip()
    if not asked and not fact:
        return render(request, "console/search.html", {"asked": "", "fact": ""})
    account = account_of(request)
    hidden = frozenset[PersonId]() if account.may("apart.see") else hidden_persons()
    found = persons_find(asked, fact=fact, hidden=hidden)
    parties = parties_of_persons(person.id for person in found.persons)
    lines = {line.party.id: line for line in party_lines([p for some in parties.values() for p in some], account)}
    people = [
        {"person": person, "parties": [lines[party] for party in parties.get(person.id, ()) if party in lines]}
        for person in found.persons
    ]
    access_note(
        account=account.username,
        subjects=[person.id for person in found.persons],
        act="search",
        purpose="find a person",
        now=timezone.now(),
    )
    context = {"asked": asked, "fact": fact, "found": found, "people": people}
    return render(request, "console/search.html", context)


@require_safe
@requires("person.see")
def parties(request: HttpRequest) -> HttpResponse:
    """All parties in the policy's order; of one tier, one outcome, or with one flag."""
    account = account_of(request)
    tier, outcome, flag = (request.GET.get(name, "") for name in ("tier", "outcome", "flag"))
    reach = reach_now()
    tiers = reach.tiers
    hidden = hidden_parties(account)
    waiting = [one for one in parties_waiting() if one not in hidden] if reach.waiting else []
    short = sorted(one for one in parties_short() if one not in hidden)
    ids: Any = party_ids().exclude(id__in=hidden)
    if flag in _flags_for(request):
        ids = party_ids(flag=flag).exclude(id__in=hidden)
    elif (number := number_said(tier)) is not None:
        ids = standing_places(tier=number).exclude(party__in=hidden).values_list("party", flat=True)
    elif outcome == "to-be-asked":
        ids = standings_unsettled().exclude(party__in=hidden).values_list("party", flat=True)
    elif outcome == "waiting":
        ids = waiting
    elif outcome == "short-of-seats":
        ids = short
    elif outcome:
        ids = standing_places(outcome=outcome).exclude(party__in=hidden).values_list("party", flat=True)
    elif tiers:
        ids = standing_places().exclude(party__in=hidden).values_list("party", flat=True)
        if waiting:
            ids = [*ids, *waiting]
    page = page_of(request, ids)
    lines = party_lines(list(page.object_list), account)
    access_note(
        account=account.username,
        subjects=[line.party.id for line in lines],
        act="list parties",
        purpose=PURPOSE,
        now=timezone.now(),
    )
    context = {
        "page": page,
        "lines": lines,
        "tiers": tiers,
        "waiting": len(waiting) if tiers else 0,
        "short": len(short),
        "to_be_asked": standings_unsettled().exclude(party__in=hidden).count(),
        "total": party_ids().exclude(id__in=hidden).count(),
        "flags": _flags_for(request),
        "tier": tier,
        "outcome": outcome,
        "flag": flag,
    }
    return render(request, "console/parties.html", context)


def _flags_for(request: HttpRequest) -> list[str]:
    may_see = account_of(request).may("apart.see")
    return [flag.value for flag in PartyFlag if flag is not PartyFlag.KEPT_APART or may_see]


@require_safe
@requires("person.see")
def party(request: HttpRequest, key: str) -> HttpResponse:
    """One party: members, kin, standing, booking, pass, calls."""
    account, now = account_of(request), timezone.now()
    found = party_seen(key, account)
    standing = standing_value(found.id)
    members = member_lines(found, standing, on=now.date())
    access_note(
        account=account.username,
        subjects=[found.id, *(member.person for member in found.members)],
        act="see party",
        purpose=PURPOSE,
        now=now,
    )
    names = {line.member.person: line.person.name or _("name unknown") for line in members if line.person}
    context = {
        "party": found,
        "members": members,
        "adults": [line for line in members if {*line.ages} <= {"adult", "older"} and line.person],
        "to_confirm": sum(
            line.member.is_minor and not line.adult and bool(line.adult_proposed) and "adult" not in line.answered
            for line in members
        ),
        "flags": flags_shown(found, account),
        "relations": STATABLE,
        "evidence": FACT_EVIDENCE,
        "asked_of": (standing.principal if standing and standing.principal else found.principal.person),
        "kinships": [
            (names.get(k.person, k.person), k.relation.value, names.get(k.of, k.of)) for k in found.kinships
        ],
        "standing": standing,
        "short": [names.get(one) or one for one in parties_short([found.id]).get(found.id, ())],
        "asked_about": account.may("review.see") and is_booked_and_asked_about(found.id, account.username),
        "named": found.stated_size - found.perhaps_more - found.unnamed,
        "contact": contact_warnings([found.id]),
        "booking": booking_of(found.id),
        "told_otherwise": bool(parties_told_otherwise([found.id])),
        "told": directions_of(line, zone=operation_now().zone, language=get_language() or "en")
        if (line := booking_line(found.id))
        else None,
        "pass": passes_of([found.id]).get(found.id),
        "calls": calls_of(found.id),
        "next_step": next_step_of(found.id),
    }
    return render(request, "console/party.html", context)


@require_safe
@requires("person.see")
def party_reasons(request: HttpRequest, key: str) -> HttpResponse:
    """Why a party stands where it stands and has the place that it has: part of its page, or one by itself."""
    account, now = account_of(request), timezone.now()
    found = party_seen(key, account)
    access_note(
        account=account.username,
        subjects=[found.id, *(member.person for member in found.members)],
        act="see reasons",
        purpose=PURPOSE,
        now=now,
    )
    context: dict[str, Any] = {"party": found}
    try:
        context["why"] = _with_names(said_explanation(standing_explain(party=found, now=now)), found)
    except NotFoundError:
        context["no_standing"] = _("No policy has been applied to this party.")
    try:
        place = place_explained(found.id)
        if place is not None:
            said = said_place(place)
            in_words = plain_words(at=now)
            said = replace(
                said,
                sentences=tuple(map(in_words, said.sentences)),
                would_board_if=tuple(map(in_words, said.would_board_if)),
                next_chance=in_words(said.next_chance),
            )
            context |= {"place": said, "options_tried": place.options_tried}
    except NotFoundError:
        context["no_place"] = _("The published plan was made without this party: plan again.")
    context["needs"] = need_origins(persons_of(found).values(), among=CARE_NEEDS)
    is_part = request.headers.get("HX-Request")
    return render(request, "console/party_reasons.html" if is_part else "console/party_why.html", context)


def _with_names(said: Said, party: Party) -> Said:
    """The sentences with the members' names in the place of their ids: whoever reads them sees the names above."""
    names = {str(key): person.name for key, person in persons_of(party).items() if person.name}
    if not names:
        return said
    ids = re.compile("|".join(map(re.escape, names)))

    def named(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ids.sub(lambda found: apart(names[found[0]]), text) for text in texts)

    return replace(said, sentences=named(said.sentences), would_be=named(said.would_be))


@require_POST
@requires("party.confirm")
def confirm_member(request: HttpRequest, key: str) -> HttpResponse:
    """Confirms a proposed member: from the next run of the matcher on they take a seat."""
    account = account_of(request)
    found = party_seen(key, account)
    person = member_said(request, found, "person")
    member_confirm(
        party=found.id,
        person=person,
        account=account.username,
        why=request.POST.get("why", "")[:300],
        now=timezone.now(),
    )
    messages.success(request, _("Confirmed. The member takes a seat from the next run of the matcher on."))
    return redirect("console:party", key=found.id)


@require_POST
@requires("child.sign-off")
def confirm_adult(request: HttpRequest, key: str) -> HttpResponse:
    """Says which adult answers for a minor while moving."""
    found = party_seen(key, account_of(request))
    minor, adult = member_said(request, found, "minor"), member_said(request, found, "adult")
    if minor == adult:
        raise ForbiddenError("Nobody answers for themselves.", advice="Choose an adult of the party.")
    adult_confirm(minor=minor, adult=adult, account=account_of(request).username, now=timezone.now())
    messages.success(request, _("Confirmed. It holds from the next run of the matcher on."))
    return redirect("console:party", key=found.id)
