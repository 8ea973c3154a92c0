"""What the policy asks of a family and no list tells: who is what to whom, who is married. Answered on its page."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.protection import party_seen
from safepassage.apps.registry.checks import fact_check
from safepassage.apps.registry.kin import relation_state, relation_withdraw, relations_stated
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.identity import Party
from safepassage.core.ids import PersonId
from safepassage.core.people import MARRIED


@require_POST
@requires("fact.check")
def state_kin(request: HttpRequest, key: str) -> HttpResponse:
    """Notes what a member is to another, whether they are married, or both: what was left blank is not touched."""
    found, account, now = _party(request, key), account_of(request).username, timezone.now()
    person = member_said(request, found, "person")
    relation, married = request.POST.get("relation", ""), request.POST.get("married", "")
    evidence = request.POST.get("evidence", "")
    if not relation and married not in {"yes", "no"}:
        raise ForbiddenError("Nothing was said.", advice="Choose a relation, or whether they are married.")
    with transaction.atomic():  # what is refused of one answer leaves nothing of the other
        if relation:
            of = member_said(request, found, "of")
            is_sure = request.POST.get("sure") == "yes"
            relation_state(
                person=person,
                of=of,
                relation=relation,
                evidence=evidence,
                account=account,
                now=now,
                is_sure=is_sure,
            )
        if married in {"yes", "no"}:
            fact_check(
                person=person, code=MARRIED, is_true=married == "yes", evidence=evidence, account=account, now=now
            )
    messages.success(request, _("It is noted. It counts from the next run of the matcher and of the policy on."))
    return redirect("console:party", key=found.id)


@require_POST
@requires("fact.check")
def withdraw_kin(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back what was said of two members."""
    found, now = _party(request, key), timezone.now()
    theirs = {str(one.pk): one.pk for one in relations_stated(member.person for member in found.members)}
    asked = request.POST.get("said", "")
    if asked not in theirs:
        raise ConflictError("There is nothing to take back.", advice="Load the page again.")
    relation_withdraw(key=theirs[asked], account=account_of(request).username, now=now)
    messages.success(request, _("It is taken back. The lists count again from the next run of the matcher on."))
    return redirect("console:party", key=found.id)


def _party(request: HttpRequest, key: str) -> Party:
    return party_seen(key, account_of(request))


def member_said(request: HttpRequest, party: Party, name: str) -> PersonId:
    """The member that a form names.

    Raises:
        ForbiddenError: that person is not in the party.
    """
    said = PersonId(request.POST.get(name, ""))
    if all(said != member.person for member in party.members):
        raise ForbiddenError("That person is not in this party.", advice="Load the page again.")
    return said
