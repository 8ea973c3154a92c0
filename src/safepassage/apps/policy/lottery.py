"""The lottery: its seed is promised by hash before the list closes, and shown after."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.policy.models import LotteryRecord
from safepassage.apps.policy.selectors import lottery_now
from safepassage.apps.policy.services import _in_force
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ledger import EventKind
from safepassage.core.policy import Round, open_round, reveal_seed


@transaction.atomic
def lottery_commit(
    *, closes_at: datetime, account: str, now: datetime, seed: bytes | None = None
) -> tuple[LotteryRecord, bytes]:
    """Commits to a seed before the list closes: its hash is published now, the seed is given back to be sealed away.

    Raises:
        ConflictError: a lottery is committed already and not yet revealed.
        ForbiddenError: the list would have closed already.
    """
    acts_in_turn()
    last = lottery_now()
    if last and last.revealed_at is None:
        raise ConflictError("A lottery is committed already.", advice="Reveal it first: `safepassage policy reveal`.")
    if closes_at <= now:
        raise ForbiddenError("The commitment has to be public before the list closes.", advice="Name a later time.")
    seed = seed or secrets.token_bytes(32)
    record = LotteryRecord.objects.create(
        commitment=open_round(seed, closes_at).commitment, committed_at=now, closes_at=closes_at
    )
    policy = _in_force(now)
    body = {"policy": policy.policy, "version": policy.pk, "digest": record.commitment}
    event_append(kind=EventKind.LOTTERY_COMMITTED, body=body, account=account, now=now)
    return record, seed


@transaction.atomic
def lottery_reveal(*, seed: bytes, account: str, now: datetime) -> LotteryRecord:
    """Reveals the committed seed; anyone can check it against the published hash.

    Raises:
        NotFoundError: nothing was committed.
        ForbiddenError: this is not the seed that was committed, or the list has not closed.
        ConflictError: the seed was revealed before.
    """
    acts_in_turn()
    record = lottery_now()
    if record is None:
        raise NotFoundError("No lottery was committed.", advice="`safepassage policy commit` first.")
    if record.revealed_at:
        raise ConflictError("This lottery's seed was revealed already.", advice="Apply the policy again.")
    reveal_seed(Round(record.commitment, record.closes_at), seed, now=now)
    record.seed, record.revealed_at = seed.hex(), now
    record.save(update_fields=["seed", "revealed_at"])
    policy = _in_force(now)
    body = {"policy": policy.policy, "version": policy.pk, "digest": record.commitment}
    event_append(kind=EventKind.LOTTERY_REVEALED, body=body, account=account, now=now)
    return record
