"""Overrides: a person asks to decide against the rule, a second agrees or refuses; counted against the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import second_check
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.policy.models import Override
from safepassage.apps.policy.selectors import overrides_on
from safepassage.apps.registry.selectors import parties_by_id
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ids import PartyId, derived_id
from safepassage.core.ledger import EventKind

OVERRIDES_A_DAY = 20
"""The visible daily quota of decisions against the rule."""

LAST_TIER = 99
"""The highest number that an override may give; 1 is first, and a tier beyond the policy's comes after all of its."""


@transaction.atomic
def override_request(*, party: PartyId, tier: int, reason: str, account: str, now: datetime) -> Override:
    """Asks for a decision against the rule; a second person has to agree before anything changes.

    Raises:
        ForbiddenError: without a reason, into no tier, or the account may not.
        NotFoundError: there is no such party.
    """
    if not reason.strip():
        raise ForbiddenError("An override needs its reason.", advice="Say why the rule does not fit this party.")
    if not 1 <= tier <= LAST_TIER:
        raise ForbiddenError("Into which tier?", advice="Enter the number of a tier, 1 is first.")
    _refuse_unknown([party])
    if not account_may(account, "override.request"):
        raise ForbiddenError("This account may not ask for an override.", where="override.request")
    override = Override.objects.create(
        party=party, tier=tier, reason=reason.strip(), requested_by=account, requested_at=now
    )
    event_append(kind=EventKind.SECOND_ASKED, body=_asked(override), account=account, now=now)
    return override


def _refuse_unknown(parties: Sequence[PartyId]) -> None:
    known = parties_by_id(parties)
    unknown = [party for party in parties if party not in known]
    if unknown:
        raise NotFoundError(
            "No party has that id.", where=" ".join(unknown), advice="`safepassage parties` lists them."
        )


def _asked(override: Override) -> dict[str, str]:
    """How the ledger names what is asked: by the id under which the override is told once it is made."""
    request = derived_id("O", str(override.pk), override.party)
    return {"what": "override", "request": request, "first": override.requested_by}


@transaction.atomic
def override_approve(*, override: Override, account: str, displaced: tuple[PartyId, ...] = (), now: datetime) -> None:
    """The second person agrees.

    Raises:
        ForbiddenError: not a second person (`accounts.two_people`), the day's quota is used up, or the party would
            displace itself.
        NotFoundError: one that is displaced is no party.
        ConflictError: it was decided already.
    """
    displaced = tuple(dict.fromkeys(displaced))
    if override.party in displaced:
        raise ForbiddenError(
            "A party does not displace itself.", where=override.party, advice="Name whom it displaces."
        )
    _refuse_unknown(displaced)
    acts_in_turn()  # the day's quota is counted before it is used: one after the other
    override = Override.objects.select_for_update().get(pk=override.pk)
    second_check(first=override.requested_by, second=account, permission="override.approve")
    if override.approved_at or override.refused_at:
        raise ConflictError("This override was decided already.")
    used = overrides_on(now)
    if used >= OVERRIDES_A_DAY:
        raise ForbiddenError(
            f"The day's quota of {OVERRIDES_A_DAY} overrides is used up.", advice="Ask again tomorrow."
        )
    override.approved_by, override.approved_at, override.displaced = account, now, list(displaced)
    override.save(update_fields=["approved_by", "approved_at", "displaced"])
    body = {
        "override": _asked(override)["request"],
        "requester": override.requested_by,
        "first": override.requested_by,
        "second": account,
        "reason": "stated",
        "quota_left": OVERRIDES_A_DAY - used - 1,
        "tier": override.tier,
        "rows": ((override.party, 0), *((party, 1) for party in displaced)),
    }
    event_append(kind=EventKind.OVERRIDE_MADE, body=body, account=account, now=now)


def override_reasons_forget(*, parties: Iterable[str]) -> None:
    """Takes the words from overrides of these parties, of which somebody was erased; what was decided stays."""
    Override.objects.filter(party__in=list(parties)).exclude(reason="").update(reason="")


@transaction.atomic
def override_refuse(*, override: Override, account: str, now: datetime) -> None:
    """The second person does not agree; nothing changes, and the quota is not touched.

    Whoever asked may take it back by this too.

    Raises:
        ConflictError: it was decided already.
        ForbiddenError: the account may not.
    """
    if not account_may(account, "override.approve"):
        raise ForbiddenError("This account may not decide on overrides.", where="override.approve")
    acts_in_turn()
    override = Override.objects.select_for_update().get(pk=override.pk)
    if override.approved_at or override.refused_at:
        raise ConflictError("This override was decided already.")
    override.approved_by, override.refused_at = account, now
    override.save(update_fields=["approved_by", "refused_at"])
    body = _asked(override) | {"second": account}
    event_append(kind=EventKind.SECOND_REFUSED, body=body, account=account, now=now)
