"""A policy comes into force by two: one account proposes a version, another reads and signs it.

Where nobody else could sign (one laptop, one officer), whoever says so on record puts it in force alone: it is
*provisional*, and marked so wherever it is applied, until a second person signs it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import has_second, second_check
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.policy.models import PolicyRecord
from safepassage.core.errors import ConflictError, ForbiddenError
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.policy import Policy, read_policy

PERMISSION = "policy.publish"
WHAT = "policy"


@transaction.atomic
def policy_propose(
    *, text: str, account: str, is_unsigned_accepted: bool = False, now: datetime, file: str = ""
) -> PolicyRecord:
    """Proposes a policy text as it is; it is in force only once `policy_sign` was done by another account.

    A text that names nobody who signed it off is taken only from who says that this is meant, and an event keeps
    it. Who says so *and* is alone (no other account could sign) puts it in force provisionally. The same text again
    changes nothing else.

    Raises:
        ProblemsError: every mistake in the text, with its line.
        ForbiddenError: the text names no signer and nobody said that this is meant; or the account may not.
        ConflictError: another text stands under this id and version, or this one was refused.
    """
    policy = read_policy(text, file=file)
    where = f"{policy.id} {policy.version}"
    if not account_may(account, PERMISSION):
        raise ForbiddenError("This account may not propose a policy.", where=PERMISSION)
    acts_in_turn()
    record = PolicyRecord.objects.filter(policy=policy.id, version=policy.version).first()
    if record and (record.digest != policy.digest or record.refused_at):
        raise ConflictError(
            "This version was refused by the second person."
            if record.digest == policy.digest
            else "Another text stands under this id and version; a text is never edited once it is proposed.",
            where=where,
            advice="Give the new text a new version.",
        )
    if record and not record.is_proposed:
        return record
    if not policy.is_signed and not is_unsigned_accepted:
        raise ForbiddenError(
            "This text names nobody who signed it off.",
            where=where,
            advice="Name the signer in its line signed-off-by; or say that it is meant so: `--unsigned`, or the tick "
            "on the page. That goes on record.",
        )
    is_alone = is_unsigned_accepted and not has_second(first=account, permission=PERMISSION)
    is_new = record is None
    record = record or _record(policy, text, account=account, now=now)
    if is_alone:
        record.published_at = now
        record.save(update_fields=["published_at"])
        event_append(
            kind=EventKind.POLICY_PUBLISHED, body=_named(record) | {"first": account}, account=account, now=now
        )
    elif is_new:
        event_append(kind=EventKind.SECOND_ASKED, body=_request(record), account=account, now=now)
    lack = _lacks(policy, is_alone=is_alone)
    if lack and (is_new or is_alone):
        event_append(kind=EventKind.POLICY_UNSIGNED, body=_named(record) | {"reason": lack}, account=account, now=now)
    return record


def _record(policy: Policy, text: str, *, account: str, now: datetime) -> PolicyRecord:
    return PolicyRecord.objects.create(
        policy=policy.id,
        version=policy.version,
        digest=policy.digest,
        text=text,
        effective_from=policy.effective_from,
        effective_until=policy.effective_until,
        proposed_at=now,
        published_by=account,
    )


def _lacks(policy: Policy, *, is_alone: bool) -> str:
    """What stands behind this policy too little, as a code; empty if nothing is missing."""
    return "-".join(
        [*([] if policy.is_signed else ["no-signer"]), *(["one-person"] if is_alone else [])],
    )


@transaction.atomic
def policy_sign(*, number: int, account: str, now: datetime) -> PolicyRecord:
    """The second person has read the text and signs it: a proposal is in force from now on, as its text says.

    A policy that one alone put in force stops being provisional.

    Raises:
        ConflictError: it waits for nobody.
        ForbiddenError: this account can't be the second person (`accounts.two_people`).
    """
    record = _waiting(number)
    second_check(first=record.published_by, second=account, permission=PERMISSION)
    was_proposed = record.is_proposed
    record.confirmed_by, record.confirmed_at = account, now
    record.published_at = record.published_at or now
    record.save(update_fields=["confirmed_by", "confirmed_at", "published_at"])
    two = {"first": record.published_by, "second": account}
    if was_proposed:
        event_append(kind=EventKind.POLICY_PUBLISHED, body=_named(record) | two, account=account, now=now)
    else:
        event_append(kind=EventKind.SECOND_AGREED, body=_request(record) | two, account=account, now=now)
    return record


@transaction.atomic
def policy_refuse(*, number: int, account: str, now: datetime) -> PolicyRecord:
    """The second person does not sign, or whoever proposed it takes it back: this version never comes into force.

    Raises:
        ConflictError: it waits for nobody, or is in force: then a later version takes its place.
        ForbiddenError: the account may not.
    """
    record = _waiting(number)
    if not record.is_proposed:
        raise ConflictError("This policy is in force already.", advice="Propose a later version in its place.")
    if not account_may(account, PERMISSION):
        raise ForbiddenError("This account may not refuse a policy.", where=PERMISSION)
    record.refused_by, record.refused_at = account, now
    record.save(update_fields=["refused_by", "refused_at"])
    body = _request(record) | {"second": account}
    event_append(kind=EventKind.SECOND_REFUSED, body=body, account=account, now=now)
    return record


def _waiting(number: int) -> PolicyRecord:
    acts_in_turn()
    record = PolicyRecord.objects.select_for_update().filter(pk=number).first()
    if record is None or not record.is_signable:
        raise ConflictError("This policy waits for nobody's signature.", advice="`safepassage policy list`.")
    return record


def _named(record: PolicyRecord) -> dict[str, object]:
    return {"policy": record.policy, "version": record.pk, "digest": record.digest}


def _request(record: PolicyRecord) -> dict[str, object]:
    request = derived_id("RQ", WHAT, str(record.pk))
    return _named(record) | {"what": WHAT, "request": request, "first": record.published_by}
