"""Acts at the gate: enrol and revoke devices, receive what they send, tally the crowd."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from safepassage.apps.gate.effects import events_heed
from safepassage.apps.gate.models import Device, Enrolment, Tally
from safepassage.apps.gate.outbox import items_open
from safepassage.apps.gate.places import places_of_role
from safepassage.apps.ledger.receiving import Receipt, events_receive
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.ids import ALPHABET, derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.clock import to_milliseconds

INVITATION_HOLDS = timedelta(minutes=15)
INVITATION_DIGITS = 12
"""Crockford's base32: 60 bits."""
JOIN_CONTEXT = b"safepassage/join/v1\x00"
QUARTER_MINUTES = 15
FIELD_ROLES = tuple(role for role in Device.Role.values if role != Device.Role.SITE)
"""What a device can be invited as. A site's own key writes everything: nobody joins as a site."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A device that has just joined. The token is in this answer and nowhere else."""

    device: Device
    token: str = field(repr=False)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def device_invite(*, role: str, point: str, account: str, now: datetime) -> str:
    """Makes an invitation for one device: shown once as a QR, used once, for a quarter of an hour.

    Returns:
        The code that the QR carries, twelve digits in groups of four that can be typed too; only its hash is kept.
        Guessed at the rate that the endpoint allows, a living one is hit once in a hundred million years.

    Raises:
        ForbiddenError: not a role of a device in the field; the site itself is never joined from outside.
        NotFoundError: the network has no such point, or none at which a device of this role works.
    """
    if role not in FIELD_ROLES:
        raise ForbiddenError(
            "That is no role of a device.", where=role, advice=f"Use one of: {', '.join(FIELD_ROLES)}."
        )
    _place_check(role=role, point=point)
    digits = "".join(secrets.choice(ALPHABET) for _ in range(INVITATION_DIGITS))
    code = "-".join((digits[:4], digits[4:8], digits[8:]))
    Enrolment.objects.create(
        code_digest=_hash(_typed(code)),
        role=role,
        point=point,
        made_at=now,
        made_by=account,
        expires_at=now + INVITATION_HOLDS,
    )
    return code


def _place_check(*, role: str, point: str) -> None:
    """Refuses a point where a device of this role has nothing to do: its list would be empty, as if all was well."""
    places = places_of_role(role)
    if point and places is not None and point not in places:
        raise NotFoundError(
            f"The network has no point {point} at which a device of the role {role} works.",
            code="no-such-place",
            where=point,
            advice=f"Use one of: {', '.join(places)}." if places else "Record a network that has one first.",
        )


def _typed(code: str) -> str:
    """A code as typed: case, blanks and dashes don't matter, O is 0, I and L are 1."""
    return "".join(code.upper().split()).replace("-", "").translate(str.maketrans("OIL", "011"))


def possession_check(*, code: str, public_key: str, proof: str) -> None:
    """Whoever joins shows that the key is theirs: a signature (hex) over the code as told and the public key.

    Raises:
        ForbiddenError: `no-possession`, the signature is not of that key.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(proof), JOIN_CONTEXT + code.encode() + b"\x1f" + bytes.fromhex(public_key))
    except (InvalidSignature, ValueError) as error:
        raise ForbiddenError(
            "That key is not shown to be this device's own.",
            code="no-possession",
            advice="Update the app on the device.",
        ) from error


@transaction.atomic
def device_join(*, code: str, public_key: str, now: datetime) -> Joined:
    """A device answers an invitation with its own public key (hex of 32 bytes, Ed25519).

    Whoever repeats it with the same key, since the answer got lost, is the same device and gets a new token.

    Raises:
        NotFoundError: no such invitation, or it has lapsed.
        ConflictError: the invitation was used already.
        ForbiddenError: the key is no Ed25519 public key.
    """
    invitation = Enrolment.objects.select_for_update().filter(pk=_hash(_typed(code))).first()
    if invitation is None or invitation.expires_at < now:
        raise NotFoundError(
            "That invitation is not valid (any more).",
            code="invitation-invalid",
            advice="Ask for a new code at the desk.",
        )
    if invitation.device and invitation.device.public_key == public_key and not invitation.device.revoked_at:
        return _token_renew(invitation.device, now)
    if invitation.used_at:
        raise ConflictError(
            "That invitation was used by another device.",
            code="invitation-used",
            advice="Ask for a new code at the desk; if no other device of yours has just joined, say so there.",
        )
    device_id = derived_id("D", public_key)
    if Device.objects.filter(pk=device_id).exists():
        raise ConflictError("This device has joined before.", advice="Clear the app's data and join again.")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except ValueError as error:
        raise ForbiddenError("That is no Ed25519 public key.", advice="Update the app on the device.") from error
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        id=device_id,
        role=invitation.role,
        point=invitation.point,
        public_key=public_key,
        token_digest=_hash(token),
        enrolled_at=now,
        enrolled_by=invitation.made_by,
        last_seen_at=now,
    )
    invitation.used_at, invitation.device = now, device
    invitation.save(update_fields=["used_at", "device"])
    body = {"enrolled": device.id, "public_key": public_key, "role": device.role}
    if device.point:
        body["point"] = device.point
    event_append(kind=EventKind.DEVICE_ENROLLED, body=body, account=invitation.made_by, now=now)
    return Joined(device, token)


def _token_renew(device: Device, now: datetime) -> Joined:
    token = secrets.token_urlsafe(32)
    device.token_digest, device.last_seen_at = _hash(token), now
    device.save(update_fields=["token_digest", "last_seen_at"])
    return Joined(device, token)


@transaction.atomic
def device_revoke(
    *, device: Device, reason: str, account: str, now: datetime, taken_at: datetime | None = None
) -> None:
    """Withdraws a device by one click: it gets nothing more, and what the site had not yet waits for a person.

    The token stays, so that the device hears that it is withdrawn, forgets its keys, and can hand in its queue.
    `taken_at`: since when it was in other hands, if that is known; what came after is not believed either.
    """
    if device.revoked_at:
        return
    device.revoked_at = now
    device.save(update_fields=["revoked_at"])
    body: dict[str, Any] = {"revoked": device.id, "reason": reason}
    if taken_at:
        body["taken_at"] = to_milliseconds(taken_at)
    event_append(kind=EventKind.DEVICE_REVOKED, body=body, account=account, now=now)


def device_seen(*, device: Device, now: datetime) -> None:
    """Notes that a device was in contact."""
    Device.objects.filter(pk=device.pk).update(last_seen_at=now)


@transaction.atomic
def queue_receive(*, items: Iterable[Mapping[str, Any]], now: datetime) -> tuple[Receipt, ...]:
    """Stores what a device sends or saved to a file; each item is answered by itself, and a bad one blocks no other.

    An item is an event as `core.ledger` encodes it: `{"content": base64, "signature": base64}`, or the same sealed to
    this site: `{"sealed": base64}`. The same item again is answered `known`. What a device tells of another
    point than that for which it was invited counts and is shown: in the gate log and on the board.
    """
    points = dict(Device.objects.exclude(point="").values_list("id", "point"))
    receipts = events_receive(items=items_open(items), now=now, points=points)
    events_heed(stored=[receipt.event for receipt in receipts if receipt.outcome == "stored"])
    return receipts


@transaction.atomic
def encounters_receive(*, device: Device, items: Iterable[Mapping[str, Any]], now: datetime) -> tuple[Receipt, ...]:
    """Stores what a device hands in, and notes that it was in contact."""
    receipts = queue_receive(items=items, now=now)
    device_seen(device=device, now=now)
    return receipts


def tally_note(*, point: str, level: str, heads: int | None, device: str, now: datetime) -> Tally:
    """Notes an officer's estimate of the crowd for this quarter of an hour; a later tap replaces an earlier one."""
    minute = now.minute - now.minute % QUARTER_MINUTES
    quarter = now.replace(minute=minute, second=0, microsecond=0)
    tally, _ = Tally.objects.update_or_create(
        point=point, quarter=quarter, device=device, defaults={"level": level, "heads": heads}
    )
    return tally
