"""Recipients of exports, and sealing to their own public keys: nobody else opens the file, ourselves included.

The format is age (age-encryption.org, X25519): a partner makes a key with `age-keygen`, sends us the public half, and
opens what we send with `age --decrypt`. The private half is theirs and never here.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import pyrage
from django.db import transaction
from django.db.models import QuerySet

from safepassage.apps.accounts.two_people import Proven, second_check
from safepassage.apps.ledger.services import event_append
from safepassage.apps.outreach.models import Recipient
from safepassage.core.errors import ForbiddenError
from safepassage.core.ledger import EventKind


@transaction.atomic
def recipient_add(*, reference: str, public_key: str, account: str, second: Proven, now: datetime) -> Recipient:
    """Notes the public key of a recipient; a later one takes the place of an earlier one.

    Two people: whoever puts in a wrong key reads what we send. Compare its digest by voice with the recipient.

    Raises:
        ForbiddenError: no public key of age, or not two people (`accounts.two_people`).
        ProblemsError: a reference that the ledger can't hold.
    """
    second_check(first=account, second=second.username, permission="person.export")
    key = public_key.strip()
    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise ForbiddenError(
            "That is no public key of age.",
            advice="It begins with age1; the recipient makes it with `age-keygen`, and keeps the other half.",
        ) from error
    record, _ = Recipient.objects.update_or_create(
        reference=reference, defaults={"public_key": key, "added_at": now, "added_by": account}
    )
    body = {"recipient": reference, "recipient_key": key_digest(key), "first": account, "second": second.username}
    event_append(kind=EventKind.RECIPIENT_ADDED, body=body, account=account, now=now)
    return record


def recipients_known() -> QuerySet[Recipient]:
    """Every recipient with a key, by reference."""
    return Recipient.objects.order_by("reference")


def recipient_key(reference: str) -> str:
    """The public key of a recipient; empty for one who has none."""
    record = Recipient.objects.filter(pk=reference).first()
    return record.public_key if record else ""


def key_digest(public_key: str) -> str:
    """How the ledger names a recipient's key: SHA-256 of its text."""
    return hashlib.sha256(public_key.encode()).hexdigest()


def seal_to(public_key: str, content: bytes) -> bytes:
    """Seals content to a recipient's key, in the age format."""
    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(public_key)]))
