"""An event: one thing that happened, with its canonical bytes, id, digest and signature.

Canonical bytes are deterministic CBOR (RFC 8949, 4.2.1) of an array; only whole numbers, text, arrays and maps
with text keys occur. The digest is SHA-256 of those bytes, the id its first 80 bits, and the signature Ed25519
over `SIGNATURE_CONTEXT` and the digest. `server_time` is the site's own note and is in none of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safepassage.core.errors import Problems, UnreadableError
from safepassage.core.ids import DeviceId, EventId, OperationId, base32
from safepassage.core.ledger.body import Body, Row, freeze_body, is_reference, read_body
from safepassage.core.ledger.clock import ClockReading, from_milliseconds, to_milliseconds
from safepassage.core.ledger.kinds import EventKind

SCHEMA = 1
SIGNATURE_CONTEXT = b"safepassage/event/v1\x00"
_NONCE = re.compile(r"[0-9A-Za-z_-]{1,40}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KINDS = frozenset(map(str, EventKind))
UNKNOWN_KIND = "event-unknown"
"""Code of the error for an event of a schema or kind that this version does not know."""
MAX_BYTES = 64 * 1024 * 1024
"""No event is larger; a bulk act over a million people fits."""


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """One event. Made by `draft_event` or `decode_event` only, which check it; two are equal if their ids are."""

    id: EventId
    digest: str
    """SHA-256 of the canonical bytes, hex."""
    kind: EventKind
    schema: int
    operation: OperationId
    device: DeviceId
    sequence: int
    """1 for a device's first event, then one more each time."""
    device_time: datetime
    """What the device's own clock said; not to be trusted. Aware UTC, whole milliseconds."""
    clock: ClockReading
    nonce: str
    """Makes a repeated upload recognisable: unique for its device."""
    body: Body
    previous: str
    """Digest of the device's event before this one; empty for its first."""
    signature: bytes = b""
    server_time: datetime | None = None
    """When the site first stored it."""
    admitted: int | None = None
    """By when a site had it, as its `events-admitted` proves, UTC milliseconds; noted by the fold."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Event) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of a bulk act, in the column order of `kinds.BODIES`."""
        return self.body.get("rows", ())  # type: ignore[return-value]  # read_body has checked it

    @property
    def claimed(self) -> int:
        """When its writer says that it happened, UTC milliseconds: as told (paper keyed in later), else its clock.

        Nothing is written down before it happens: a told time behind the writer's own clock is that clock's.
        """
        told = self.body.get("occurred")
        return min(told, self.clock.wall) if isinstance(told, int) else self.clock.wall

    @property
    def occurred(self) -> int:
        """When it happened, UTC milliseconds: as claimed, and no later than a site had it."""
        return self.claimed if self.admitted is None else min(self.claimed, self.admitted)

    @property
    def order(self) -> tuple[int, bool, int, str, str]:
        """The one order of events that all sites agree on; what a device claims of the future keeps its own order."""
        if self.admitted is not None and self.claimed > self.admitted:
            return (self.admitted, True, self.sequence, self.clock.node, self.id)
        return (self.occurred, False, self.clock.counter, self.clock.node, self.id)

    def code(self, name: str) -> str:
        """A field of the body as text, empty if not told."""
        value = self.body.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int = 0) -> int:
        """A field of the body as a whole number."""
        value = self.body.get(name, default)
        return value if isinstance(value, int) else default


def encode_event(event: Event) -> bytes:
    """The canonical bytes that digest, id and signature are made from."""
    return cbor2.dumps(
        [
            event.schema,
            str(event.kind),
            event.operation,
            event.device,
            event.sequence,
            to_milliseconds(event.device_time),
            [event.clock.wall, event.clock.counter, event.clock.node],
            event.nonce,
            event.previous,
            dict(event.body),
        ],
        canonical=True,
    )


def draft_event(
    kind: EventKind,
    body: Mapping[str, Any],
    *,
    operation: OperationId,
    device: DeviceId,
    sequence: int,
    device_time: datetime,
    clock: ClockReading,
    nonce: str,
    previous: str = "",
) -> Event:
    """An event without its signature; the body is checked and frozen.

    Raises:
        ProblemsError: what is wrong with the body.
    """
    draft = Event(
        id=EventId(""),
        digest="",
        kind=kind,
        schema=SCHEMA,
        operation=operation,
        device=device,
        sequence=sequence,
        device_time=from_milliseconds(to_milliseconds(device_time)),
        clock=clock,
        nonce=nonce,
        body=read_body(kind, body),
        previous=previous,
    )
    _check_envelope(draft)
    return _identified(draft, encode_event(draft))


def _check_envelope(event: Event) -> None:
    """Names can't enter beside the body either."""
    problems = Problems()
    for name, value in (("operation", event.operation), ("device", event.device), ("node", event.clock.node)):
        if not is_reference(value):
            problems.add("not-allowed", f"`{name}` takes a ref, and not this", where=event.kind)
    if not _NONCE.fullmatch(event.nonce):
        problems.add("not-allowed", "`nonce` takes 1 to 40 of 0-9, A-Z, a-z, - and _", where=event.kind)
    if event.previous and not _DIGEST.fullmatch(event.previous):
        problems.add("not-allowed", "`previous` takes a digest", where=event.kind)
    problems.raise_if_any("the event")


def _identified(draft: Event, content: bytes) -> Event:
    digest = hashlib.sha256(content).digest()
    return replace(draft, id=EventId(f"E-{base32(digest, 16)}"), digest=digest.hex())


def decode_event(
    content: bytes, *, signature: bytes = b"", server_time: datetime | None = None, is_trusted: bool = False
) -> Event:
    """The event of its canonical bytes; the inverse of `encode_event`.

    Args:
        content: The canonical bytes.
        signature: The device's signature, not verified here.
        server_time: When the site first stored the event.
        is_trusted: The bytes are from our own record, where they were checked on their way in: five times faster.

    Raises:
        UnreadableError: not canonical CBOR of an event of a schema that we know.
        ProblemsError: what is wrong with the body.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError("the event is too large", code="event-too-large", advice="Split the act.")
    try:
        parts = cbor2.loads(content)
        schema, kind, operation, device, sequence, device_ms, (wall, counter, node), nonce, previous, body = parts
        texts = (operation, device, node, nonce, previous)
        numbers = (schema, sequence, device_ms, wall, counter)
        if schema != SCHEMA or kind not in _KINDS:
            raise UnreadableError(
                "this version knows no such event", code=UNKNOWN_KIND, advice="Update the site or the device."
            )
        if not all(isinstance(one, str) for one in texts):
            raise ValueError("text")
        if not all(type(one) is int and 0 <= one < 2**53 for one in numbers) or not isinstance(body, dict):
            raise ValueError("number or body")
        draft = Event(
            id=EventId(""),
            digest="",
            kind=EventKind(kind),
            schema=schema,
            operation=operation,
            device=device,
            sequence=sequence,
            device_time=from_milliseconds(device_ms),
            clock=ClockReading(wall, counter, node),
            nonce=nonce,
            body=freeze_body(body) if is_trusted else read_body(EventKind(kind), body),
            previous=previous,
            signature=signature,
            server_time=server_time,
        )
        from_milliseconds(wall)  # no moment that a calendar has not
        if is_trusted:
            return _identified(draft, content)
        _check_envelope(draft)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, EOFError, RecursionError, AttributeError) as error:
        raise UnreadableError(
            "these bytes are no event of schema 1", code="event-unreadable", advice="Update the site or the device."
        ) from error
    if encode_event(draft) != content:
        raise UnreadableError("the event's bytes are not canonical", code="event-not-canonical")
    return _identified(draft, content)


def sign_event(event: Event, key: Ed25519PrivateKey) -> Event:
    """The event with its device's signature."""
    return replace(event, signature=key.sign(SIGNATURE_CONTEXT + bytes.fromhex(event.digest)))


def verify_event(event: Event, key: Ed25519PublicKey) -> bool:
    """Whether id, digest and signature belong to exactly this content and to the device's key."""
    fresh = _identified(event, encode_event(event))
    if (fresh.id, fresh.digest) != (event.id, event.digest):
        return False
    try:
        key.verify(event.signature, SIGNATURE_CONTEXT + bytes.fromhex(event.digest))
    except InvalidSignature:
        return False
    return True
