"""A sample of automatic merges, checked pair by pair: what the program joined by itself, and how often rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.selectors.sampled import audit_card, is_seen, pair_next
from safepassage.apps.console.views.recent import recent_noted
from safepassage.apps.ledger.services import access_note
from safepassage.apps.registry.audits import LEAST, MOST, PairState, audit_answer, audit_draw, audits_drawn
from safepassage.apps.registry.seen import answers_unapplied
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.identity import JudgementVerdict, ReviewKind

if TYPE_CHECKING:
    from safepassage.apps.registry.audits import Audit, AuditPair

SHOWN = 20
"""Samples on the page, the newest first; older ones stay on record."""
USUAL = 75
"""If all of so many are right, at least 95 % of all are."""


@require_safe
@requires("review.see")
def audit(request: HttpRequest) -> HttpResponse:
    """The newest sample: what its answers prove, and the next pair that this account may see."""
    return _page(request)


@require_safe
@requires("review.see")
def audit_pair(request: HttpRequest, audit_id: int, number: int) -> HttpResponse:
    """One pair of a sample, answered or not: what a second person looks at who is to agree."""
    found = _audit(audit_id)
    pair = next((one for one in found.pairs if one.number == number), None)
    if pair is None or pair.state is PairState.GONE or not is_seen(pair, account_of(request)):
        raise NotFoundError("There is no such pair to be seen.", advice="Go back to the sample.")
    return _page(request, found, pair)


def _page(request: HttpRequest, chosen: Audit | None = None, pair: AuditPair | None = None) -> HttpResponse:
    account, drawn = account_of(request), audits_drawn(newest=SHOWN)
    newest = chosen or (drawn[0] if drawn else None)
    if pair is None and newest is not None:
        pair = pair_next(newest, account)
    card = audit_card(pair) if pair else None
    if card:
        access_note(
            account=account.username,
            subjects=card.shown,
            act="see sampled merge",
            purpose="identity",
            now=timezone.now(),
        )
    context = {
        "audit": newest,
        "earlier": [one for one in drawn if newest and one.key < newest.key],
        "pair": pair,
        "card": card,
        "answers": answers_unapplied(account.username),
        "recent": recent_noted(account),
        "undo_from": "audit",
        "least": LEAST,
        "most": MOST,
        "usual": USUAL,
    }
    name = "console/audit_pair.html" if request.headers.get("HX-Request") else "console/audit.html"
    return render(request, name, context)


@require_POST
@requires("review.judge")
def audit_new(request: HttpRequest) -> HttpResponse:
    """Draws a sample."""
    said = request.POST.get("count", "")
    audit_draw(count=number_said(said) or 0, account=account_of(request).username, now=timezone.now())
    return redirect("console:audit")


@require_POST
@requires("review.judge")
def audit_decide(request: HttpRequest, audit_id: int, number: int) -> HttpResponse:
    """Records the answer about one pair and goes on to the next."""
    account = account_of(request)
    found = _audit(audit_id)
    pair = next((one for one in found.pairs if one.number == number), None)
    if pair is None or pair.state is not PairState.OPEN or not is_seen(pair, account):
        raise NotFoundError("There is no such pair to be answered.", advice="Go back to the sample.")
    said = request.POST.get("verdict", "")
    if said not in ReviewKind.SAME_PERSON.verdicts:
        raise ForbiddenError("No verdict was given.", advice="Choose same, different or unsure.")
    is_counted = audit_answer(
        audit=audit_id,
        number=number,
        verdict=JudgementVerdict(said),
        account=account.username,
        why=request.POST.get("why", "").strip()[:300],
        now=timezone.now(),
    )
    if not is_counted:
        messages.info(request, _("This waits: a second account has to agree."))
    return _page(request) if request.headers.get("HX-Request") else redirect("console:audit")


def _audit(key: int) -> Audit:
    found = next((one for one in audits_drawn() if one.key == key), None)
    if found is None:
        raise NotFoundError("There is no such sample.", advice="Go back to the sample.")
    return found
