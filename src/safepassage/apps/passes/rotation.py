"""New issuing keys, and withdrawn ones: verifiers know old and new; a withdrawn one reaches phones with the list."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.passes.keyring import LENGTH, issuing_key_prepare, issuing_key_take, keyring_open
from safepassage.apps.passes.models import IssuingKey, PassRecord
from safepassage.apps.passes.services import issuing_key_register
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ledger import EventKind

PURPOSE = "issuing"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One issuing key: since when, until when, whether it signs now, and how many living passes hang on it."""

    key_id: str
    valid_from: datetime
    revoked_at: datetime | None
    is_current: bool
    passes: int


def issuing_keys_listed(now: datetime) -> list[KeyLine]:
    """Every issuing key of the operation, the oldest first; passes whose window is over are not counted."""
    current = keyring_open().issuing.id.hex()
    living = PassRecord.objects.filter(revoked_at=None, window_end__gt=now)
    lines = [
        KeyLine(
            key.key_id,
            key.valid_from,
            key.revoked_at,
            is_current=key.key_id == current,
            passes=living.filter(key=key).count(),
        )
        for key in IssuingKey.objects.all()
    ]
    return sorted(lines, key=lambda line: (line.valid_from, line.is_current, line.key_id))


@transaction.atomic
def issuing_key_rotate(
    *, account: str, now: datetime, fresh: Callable[[int], bytes] = secrets.token_bytes
) -> IssuingKey:
    """Makes a new issuing key; passes under the old one hold until their windows end or it is withdrawn.

    The new key is on disk before the store knows it, and takes the old one's place once the store does: a kill in
    between leaves one of the two in force.
    """
    acts_in_turn()
    issuing_key_register(now=now)
    key = issuing_key_prepare(fresh(LENGTH))
    record = IssuingKey.objects.create(key_id=key.id.hex(), public_key=key.public.hex(), valid_from=now)
    body = {"key": record.key_id, "purpose": PURPOSE, "public_key": record.public_key}
    event_append(kind=EventKind.KEY_ROTATED, body=body, account=account, now=now)
    transaction.on_commit(issuing_key_take)
    return record


@transaction.atomic
def issuing_key_revoke(*, key_id: str, reason: str, account: str, now: datetime) -> tuple[str, ...]:
    """Withdraws an issuing key: every pass that it signed is `revoked` at each phone from its next sync on.

    Returns:
        The parties that hold such a pass whose window is not over: they are due another one.

    Raises:
        NotFoundError: no such key.
        ConflictError: it is withdrawn already.
        ForbiddenError: it is the key that signs now.
    """
    acts_in_turn()
    key = IssuingKey.objects.filter(pk=key_id.lower()).first()
    if key is None:
        raise NotFoundError("No issuing key has that id.", advice="Look it up: `safepassage keys list`.")
    if key.revoked_at is not None:
        raise ConflictError("That key is withdrawn already.", where=key.key_id)
    if key.key_id == keyring_open().issuing.id.hex():
        raise ForbiddenError(
            "That is the key that signs now.", where=key.key_id, advice="First `safepassage keys rotate issuing`."
        )
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    body = {"key": key.key_id, "purpose": PURPOSE, "reason": reason}
    event_append(kind=EventKind.KEY_REVOKED, body=body, account=account, now=now)
    held = PassRecord.objects.filter(key=key, revoked_at=None, window_end__gt=now).order_by("party")
    return tuple(held.values_list("party", flat=True))
