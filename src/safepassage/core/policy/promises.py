"""Promises given under earlier versions: kept, or the party is told that they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from safepassage.core.ids import PersonId
from safepassage.core.policy import sentences
from safepassage.core.policy.parties import Judged
from safepassage.core.policy.standings import MemberStanding, MemberStatus, Outcome, Promise
from safepassage.core.policy.values import Policy

_OPEN = (MemberStatus.EXCLUDED, MemberStatus.UNSETTLED)


def keep_promise(judged: Judged, promise: Promise, policy: Policy, now: datetime) -> tuple[Judged, bool]:
    """The party with its promise kept, and whether that changed anything.

    A kept promise never makes a standing worse. The promised tier is taken by its number, or the last tier if
    the policy has fewer. Whoever was promised and is still a confirmed member comes too.
    """
    if (promise.policy, promise.version) == (policy.id, policy.version) or not policy.tiers:
        return judged, False
    number = min(promise.tier, len(policy.tiers))
    is_better = judged.tier is None or number < judged.tier.number
    lost = _promised(judged, promise)
    if not policy.honour_earlier.holds_at(now):
        if not is_better and not lost:
            return judged, False
        return replace(judged, reasons=(*judged.reasons, sentences.promise_not_honoured(promise, policy))), False
    if not is_better and not lost:
        return judged, False
    kept = _kept(judged, promise, policy, number if is_better else None, lost)
    return kept, kept is not judged


def _promised(judged: Judged, promise: Promise) -> set[PersonId]:
    """Those who were promised and would not come for sure now."""
    return {
        member.person
        for member in judged.members
        if member.status in _OPEN and (not promise.persons or member.person in promise.persons)
    }


def _kept(judged: Judged, promise: Promise, policy: Policy, number: int | None, lost: set[PersonId]) -> Judged:
    principal = judged.principal or _principal(judged, lost)
    members = tuple(
        _keep_member(member, promise, is_principal=member.person == principal) if member.person in lost else member
        for member in judged.members
    )
    if principal is None:
        return judged
    tier = policy.tiers[number - 1] if number is not None else judged.tier
    reasons = (sentences.promise_honoured(promise), *judged.reasons)
    return replace(judged, outcome=Outcome.TIER, tier=tier, principal=principal, members=members, reasons=reasons)


def _principal(judged: Judged, lost: set[PersonId]) -> PersonId | None:
    """The proposed principal if promised, else the first of the promised."""
    proposed = next((each.person for each in judged.party.members if each.is_principal and each.person in lost), None)
    return proposed or next((each.person for each in judged.members if each.person in lost), None)


def _keep_member(member: MemberStanding, promise: Promise, *, is_principal: bool) -> MemberStanding:
    status = MemberStatus.PRINCIPAL if is_principal else MemberStatus.DEPENDENT
    return replace(member, status=status, reason=sentences.promise_honoured(promise, member.person))
