"""One person: the listings behind them, what joins these, what happened; and their erasure."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.protection import hidden_among, person_seen
from safepassage.apps.console.selectors.parties import history_of, party_lines
from safepassage.apps.console.selectors.questions import ListingCard
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.intake.selectors import listings_by_id, source_names
from safepassage.apps.ledger.selectors import accesses_of, state_now
from safepassage.apps.ledger.services import access_note
from safepassage.apps.policy.selectors import facts_asked_now
from safepassage.apps.registry.answers import judgements_on
from safepassage.apps.registry.checked import fact_checks_of
from safepassage.apps.registry.checks import fact_check, fact_withdraw
from safepassage.apps.registry.founding import ids_founded
from safepassage.apps.registry.needs import need_origins
from safepassage.apps.registry.second_person import judgements_give
from safepassage.apps.registry.selectors import links_of, parties_of, person_by_id
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.identity import JudgementVerdict, Person
from safepassage.core.ledger import FACT_EVIDENCE
from safepassage.core.people import MARRIED, Need, need_fact

ACCESSES = 30
LINKS = 50


@require_safe
@requires("person.see")
def person(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is held about one person, each fact with its source."""
    account, now = account_of(request), timezone.now()
    found = person_seen(key, account)
    parties = parties_of(found.id)
    access_note(account=account.username, subjects=[found.id], act="see person", purpose="person", now=now)
    listings, names, founded = listings_by_id(found.listings), source_names(), ids_founded(found)
    judgements = judgements_on(found.listings)
    if not account.may("apart.see"):
        judgements = judgements.exclude(verdict="keep-apart")
    context = {
        "person": found,
        "is_redirected": key != found.id,
        "asked": key,
        "needs": need_origins([found]),
        "cards": [
            ListingCard(one, names.get(one.source, one.source), None, founded=founded.get(one.id))
            for one in listings.values()
        ],
        "links": links_of(found.listings, most=LINKS),
        "judgements": judgements,
        "parties": party_lines(parties, account),
        "checks": fact_checks_of(found.listings),
        "codes": _codes_for(found, now) if account.may("fact.check") else (),
        "evidence": FACT_EVIDENCE,
        "state": state_now().people.get(found.id),
        "history": history_of(found.id, account),
        "accesses": accesses_of(found.id)[:ACCESSES] if account.may("access-log.see") else None,
    }
    return render(request, "console/person.html", context)


def _codes_for(person: Person, now: datetime) -> tuple[str, ...]:
    """The facts that can be checked about somebody: what the policy asks for, claims, marriage, specific needs."""
    needs = map(need_fact, (*person.needs, *(need for need in Need if need not in person.needs)))
    return tuple(dict.fromkeys((*facts_asked_now(now), *sorted(person.claims), MARRIED, *needs)))


@require_POST
@requires("fact.check")
def check_fact(request: HttpRequest, key: str) -> HttpResponse:
    """Notes that a fact was found true or false, and by what."""
    account, now = account_of(request), timezone.now()
    found = person_seen(key, account)
    code, truth = request.POST.get("code", ""), request.POST.get("truth", "")
    if code not in _codes_for(found, now) or truth not in {"true", "false"}:
        raise ForbiddenError("Nothing was said that can be checked.", advice="Choose a fact and what was found.")
    fact_check(
        person=found.id,
        code=code,
        is_true=truth == "true",
        evidence=request.POST.get("evidence", ""),
        account=account.username,
        now=now,
    )
    if code in set(map(need_fact, Need)):
        messages.success(request, _("It is noted, and counts when the plan is made next."))
    else:
        messages.success(request, _("It is noted, and counts when the policy is applied next."))
    return redirect("console:person", found.id)


@require_POST
@requires("fact.check")
def withdraw_fact(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back what was noted of a checked fact."""
    account, now = account_of(request), timezone.now()
    found = person_seen(key, account)
    asked = request.POST.get("check", "")
    theirs = {str(one.key): one.key for one in fact_checks_of(found.listings)}
    if asked not in theirs:
        raise ConflictError("There is nothing to take back.", advice="Load the page again.")
    fact_withdraw(check=theirs[asked], account=account.username, now=now)
    messages.success(request, _("It is taken back, and counts no more when the policy is applied next."))
    return redirect("console:person", found.id)


@require_POST
@requires("review.judge")
def divide(request: HttpRequest, key: str) -> HttpResponse:
    """Says that the ticked listings of a person are somebody else's: each is different from each that is not."""
    account, now = account_of(request), timezone.now()
    found = person_seen(key, account)
    ticked = set(request.POST.getlist("listing"))
    theirs = [one for one in found.listings if one in ticked]
    rest = [one for one in found.listings if one not in ticked]
    if not theirs or not rest or ticked - set(found.listings):
        raise ForbiddenError(
            "That divides nobody.", advice="Tick the listings of one of the two people, and leave those of the other."
        )
    done = judgements_give(
        verdicts=[(min(a, b), max(a, b), JudgementVerdict.DIFFERENT) for a in theirs for b in rest],
        account=account.username,
        why=request.POST.get("why", "").strip()[:300],
        now=now,
    )
    if done.request:
        messages.info(request, _("This waits: a second account has to agree."))
    else:
        messages.success(request, _("It is on record. The next run of the matcher makes two people of them."))
    return redirect("console:person", found.id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("person.erase")
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Erases what the lists say of a person, after their id was typed as confirmation; ids and counts stay."""
    account, now = account_of(request), timezone.now()
    found = person_by_id(key)
    if request.method != "POST":
        access_note(account=account.username, subjects=[found.id], act="see person", purpose="erasure", now=now)
        is_hidden = bool(hidden_among(parties_of(found.id), account))
        return render(request, "console/erase.html", {"person": found, "is_hidden": is_hidden})
    if request.POST.get("confirmation", "").strip() != found.id:
        raise ForbiddenError(
            "The id that was typed is not this person's.", advice="Type the id as it stands above the field."
        )
    return begin(request, WorkKind.ERASE, {"person": found.id})
