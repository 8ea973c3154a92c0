"""The matcher's versions: which is in force, whether it is stale, what a proposed one would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.intake.selectors import listings_count
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.apps.registry.matcher import matcher_adopted, matcher_staleness, matcher_versions
from safepassage.apps.registry.versions import matcher_adopt
from safepassage.core.ids import PersonId

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account
    from safepassage.apps.registry.models import MatcherVersion


@require_safe
@requires("matcher.see")
def matcher(request: HttpRequest) -> HttpResponse:
    """All versions, the proposed one with its effect."""
    listings = listings_count()
    proposed = matcher_versions().filter(adopted_at=None).first()
    context = {
        "adopted": matcher_adopted(),
        "proposed": proposed,
        **(_moved_for(proposed, account_of(request)) if proposed else {}),
        "versions": matcher_versions().exclude(adopted_at=None),
        "staleness": matcher_staleness(listings).value,
        "listings": listings,
    }
    return render(request, "console/matcher.html", context)


def _moved_for(version: MatcherVersion, account: Account) -> dict[str, list[list[str]]]:
    """Who would be joined or divided, as far as this reader may know of them at this moment."""
    lists = {kind: version.effect.get(f"{kind}_shown", []) for kind in ("merged", "split")}
    if account.may("apart.see"):
        return lists
    hidden = hidden_ids({PersonId(one) for pairs in lists.values() for pair in pairs for one in pair})
    return {kind: [pair for pair in pairs if hidden.isdisjoint(pair)] for kind, pairs in lists.items()}


@require_POST
@requires("matcher.adopt")
def propose(request: HttpRequest) -> HttpResponse:
    """Asks for a version learnt from all listings as they are now."""
    return begin(request, WorkKind.PROPOSE_MATCHER)


@require_POST
@requires("matcher.adopt")
def adopt(request: HttpRequest, version: str) -> HttpResponse:
    """Puts a version in force; the next run goes by it."""
    matcher_adopt(version=version, account=account_of(request).username, now=timezone.now())
    messages.success(request, _("The version is in force. Run the matcher next."))
    return redirect("console:matcher")
