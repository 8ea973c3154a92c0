"""Policy: what is in force and what it gives; a new text is checked, compared, proposed, and signed by another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.two_people import has_second
from safepassage.apps.console.selectors.drafts import draft_check
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.movement.bookings import promises_now
from safepassage.apps.policy.borne import borne_now, policy_fault
from safepassage.apps.policy.lottery import lottery_commit, lottery_reveal
from safepassage.apps.policy.overriding import OVERRIDES_A_DAY
from safepassage.apps.policy.publishing import policy_propose, policy_refuse, policy_sign
from safepassage.apps.policy.reach import reach_now
from safepassage.apps.policy.selectors import (
    lottery_now,
    overrides_on,
    overrides_waiting,
    policies_all,
    policies_unsigned,
    policy_by_key,
    policy_in_force,
)
from safepassage.core.errors import ForbiddenError

MOST_BYTES = 1_000_000


@require_safe
@requires("policy.see")
def policy(request: HttpRequest) -> HttpResponse:
    """What is in force, what it gives, the lottery, and the quota of overrides."""
    now = timezone.now()
    reach, borne = reach_now(), borne_now()
    context = {
        "in_force": policy_in_force(now),
        "policies": policies_all(),
        "unborne": [one for one in policies_all() if policy_fault(one, borne)],
        "unsigned": policies_unsigned(now),
        "reach": reach,
        "tiers": reach.tiers,
        "most": max((*(count for _tier, _outcome, count in reach.tiers), reach.waiting)),
        "lottery": lottery_now(),
        "waiting": overrides_waiting().count(),
        "quota": OVERRIDES_A_DAY,
        "used": overrides_on(now),
        "now": now,
    }
    return render(request, "console/policy.html", context)


@require_safe
@requires("policy.see")
def policy_text(request: HttpRequest, number: int) -> HttpResponse:
    """A published text with its line numbers."""
    record = policy_by_key(number)
    return render(request, "console/policy_text.html", {"policy": record, "lines": record.text.splitlines()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("policy.publish")
def draft(request: HttpRequest) -> HttpResponse:
    """A new text: every mistake with its line, or who would move up and who down. Publishes nothing."""
    context: dict[str, Any] = {"text": _text_said(request)}
    if request.method != "POST":
        holding = policy_in_force(timezone.now())
        context["text"] = holding.text if holding else ""
        return render(request, "console/draft.html", context)
    checked = draft_check(context["text"], now=timezone.now(), promises=promises_now())
    context |= {
        "draft": checked,
        "lines": context["text"].splitlines(),
        "is_alone": not has_second(first=account_of(request).username, permission="policy.publish"),
    }
    return render(request, "console/draft.html", context, status=422 if checked.problems else 200)


def _text_said(request: HttpRequest) -> str:
    """The text of an uploaded file, else of the field.

    Raises:
        ForbiddenError: the file is no text in UTF-8, or too large.
    """
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").replace("\r\n", "\n")
    if (file.size or 0) > MOST_BYTES:
        raise ForbiddenError("The file is larger than a policy can be.", advice="Choose the policy's YAML file.")
    try:
        return str(file.read(), "utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ForbiddenError("The file is no text in UTF-8.", advice="Save it as UTF-8 and try again.") from error


@require_POST
@requires("policy.publish")
def propose(request: HttpRequest) -> HttpResponse:
    """Proposes a checked text; another account signs it. Who is alone here may put it in force provisionally."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    record = policy_propose(
        text=text,
        account=account_of(request).username,
        is_unsigned_accepted=request.POST.get("unsigned") == "yes",
        now=timezone.now(),
    )
    if record.is_proposed:
        said = _("%(policy)s is proposed. Another account has to read and sign it.")
    elif record.is_provisional:
        said = _("%(policy)s is in force, provisionally: one person alone stands behind it. Apply it next.")
    else:
        said = _("%(policy)s is published. Apply it next.")
    messages.success(request, said % {"policy": str(record)})
    return redirect("console:policy")


@require_POST
@requires("policy.publish")
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """The second person signs a proposed text on their own session, or refuses it."""
    account, now = account_of(request).username, timezone.now()
    if request.POST.get("answer") == "sign":
        record = policy_sign(number=number, account=account, now=now)
        messages.success(request, _("%(policy)s is published. Apply it next.") % {"policy": str(record)})
    else:
        policy_refuse(number=number, account=account, now=now)
        messages.success(request, _("Refused."))
    return redirect("console:policy")


@require_POST
@requires("policy.publish")
def apply(request: HttpRequest) -> HttpResponse:
    """Gives every party its tier under the policy in force."""
    return begin(request, WorkKind.APPLY_POLICY)


@require_POST
@requires("policy.publish")
def commit(request: HttpRequest) -> HttpResponse:
    """Commits to the lottery's seed; the seed is shown on this page once, to be sealed away on paper."""
    closes = parse_datetime(request.POST.get("closes_at", ""))
    if closes is None:
        raise ForbiddenError("When does the list close?", advice="Enter day and time.")
    moment: datetime = timezone.make_aware(closes) if timezone.is_naive(closes) else closes
    record, seed = lottery_commit(
        closes_at=moment.astimezone(UTC), account=account_of(request).username, now=timezone.now()
    )
    return render(request, "console/lottery.html", {"lottery": record, "seed": seed.hex()})


@require_POST
@requires("policy.publish")
def reveal(request: HttpRequest) -> HttpResponse:
    """Reveals the sealed seed; anyone can check it against the published hash."""
    try:
        seed = bytes.fromhex(request.POST.get("seed", "").strip())
    except ValueError as error:
        raise ForbiddenError("That is not a seed.", advice="Type the 64 signs as they stand on the paper.") from error
    lottery_reveal(seed=seed, account=account_of(request).username, now=timezone.now())
    messages.success(request, _("The seed is revealed. Apply the policy again."))
    return redirect("console:policy")
