"""Uploads of devices: stored once, answered one by one, parked with a reason where they can't be stored.

Nothing that came is lost, and no bad item blocks the others. Reasons of a parked item (closed list):
unreadable, refused-body, other-operation, unknown-device, bad-signature, not-allowed, nonce-reused,
annuls-nothing. Those in `RETRIED` are tried again with every later upload.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction
from django.utils import timezone

from safepassage.apps.ledger.models import EventRecord, ParkedItem, SiteChain
from safepassage.apps.ledger.reading import keys_told
from safepassage.apps.ledger.selectors import device_keys
from safepassage.apps.ledger.sitechain import chain_lock, chain_write, records_insert
from safepassage.apps.ledger.sitekey import site_key_open
from safepassage.core.errors import ProblemsError, UnreadableError
from safepassage.core.ids import DeviceId
from safepassage.core.ledger import ClockReading, Event, EventKind, decode_event, receive, verify_event
from safepassage.core.ledger.admission import DRIFT_MILLISECONDS
from safepassage.core.ledger.clock import to_milliseconds
from safepassage.core.ledger.field import KINDS_OF_ROLE

RETRIED = ("unknown-device", "annuls-nothing")
MOST_RETRIED = 500
"""In one upload, the oldest first: strangers' items must not slow the others down."""
LATE = timedelta(hours=6)
"""An event that reaches the site later than this after it happened is flagged `late`."""
AHEAD = timedelta(milliseconds=DRIFT_MILLISECONDS)
"""An event from a clock further ahead than this is flagged `clock-ahead`, and doesn't carry the site's clock on; as
the fold has it too (`core.ledger.admission`)."""
OF_OTHERS = frozenset({EventKind.USES_RELAYED})
"""Kinds that name the point of another device."""
SITE = "site"
"""The role of a site's own key, which may write everything."""
RECEIPT_CONTEXT = b"safepassage/receipt/v1\x00"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one uploaded item: `stored`, `known` (a repetition), or `parked` with a reason.

    The device may forget an item that is stored or known once it has the signed receipt.
    """

    nonce: str
    outcome: str
    event: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    content: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.content + b"\x00" + self.signature).hexdigest()


@dataclass(frozen=True, slots=True)
class _Desk:
    """What an item is judged against, loaded once for an upload; `stored` grows as items are taken in."""

    operation: str
    keys: dict[DeviceId, tuple[Ed25519PublicKey, str]]
    stored: dict[tuple[str, str], str]
    owners: dict[str, str]


@transaction.atomic
def events_receive(
    *, items: Iterable[Mapping[str, Any]], now: datetime | None = None, points: Mapping[str, str] | None = None
) -> tuple[Receipt, ...]:
    """Stores a device's events in one transaction and answers each in the order given.

    An item is `{"content": base64 of the canonical bytes, "signature": base64}`. What was stored before is `known`;
    the answers of a repeated upload are the same apart from that. Parked items that may have become good are
    tried again first. What is stored is witnessed by the site in one event of its own: `events-admitted`.

    `points`: where each device was enrolled to work. What it says of another point is stored, since an officer may
    have been sent there, and flagged `other-point`.
    """
    moment = now or timezone.now()
    chain = chain_lock()
    again = list(ParkedItem.objects.filter(settled_at=None, reason__in=RETRIED).order_by("id")[:MOST_RETRIED])
    retried = [_Item(bytes(item.content), bytes(item.signature)) for item in again]
    read = [_read_item(item) for item in items]
    decoded = [_decode(item) for item in (*retried, *read)]
    desk = _open_desk(chain, [event for event, _ in decoded if event])
    fresh: list[tuple[Event, str]] = []
    receipts: list[Receipt] = []
    for number, (item, (event, reason)) in enumerate(zip((*retried, *read), decoded, strict=True)):
        receipt = _judge(event, reason, desk)
        if receipt.outcome == "stored" and event:
            fresh.append((event, _flag(event, moment, at=(points or {}).get(event.device, ""))))
            desk.stored[event.device, event.nonce] = event.id
            desk.owners[event.id] = event.device
            if event.kind is EventKind.SITE_RESTORED:
                desk.keys.update(keys_told(event))
        if number < len(again):
            _settle(again[number], receipt, moment)
            continue
        if receipt.outcome == "parked":
            _park(item, event, receipt.reason, moment)
        receipts.append(receipt)
    if fresh:
        _follow_clocks(chain, [event for event, flag in fresh if flag != "clock-ahead"], moment)
        records_insert(chain, _admit(chain, fresh, desk, moment), moment)
    return tuple(receipts)


def _admit(
    chain: SiteChain, fresh: list[tuple[Event, str]], desk: _Desk, moment: datetime
) -> list[tuple[Event, str]]:
    """What is stored, with the site's word that it has it now. A site witnesses devices, not other sites."""
    rows = tuple((event.id,) for event, _ in fresh if desk.keys[event.device][1] != SITE)
    if not rows:
        return fresh
    witness = chain_write(chain, EventKind.EVENTS_ADMITTED, {"rows": rows}, moment=moment)
    named = {event for (event,) in rows}
    bounded = [
        (replace(event, admitted=witness.clock.wall) if event.id in named else event, flag) for event, flag in fresh
    ]
    return [*bounded, (witness, "")]


def receipts_sign(*, receipts: Iterable[Receipt]) -> bytes:
    """The site's signature (Ed25519) over `RECEIPT_CONTEXT` and the receipts' four fields as canonical CBOR."""
    told = [[one.nonce, one.outcome, one.event, one.reason] for one in receipts]
    return site_key_open().sign(RECEIPT_CONTEXT + cbor2.dumps(told, canonical=True))


def parked_settle(*, fingerprint: str, now: datetime | None = None) -> bool:
    """Takes a parked item off the list: somebody has seen to it. False if it was not on it."""
    open_items = ParkedItem.objects.filter(fingerprint=fingerprint, settled_at=None)
    return open_items.update(settled_at=now or timezone.now()) > 0


def _read_item(item: Mapping[str, Any]) -> _Item:
    try:
        return _Item(
            base64.b64decode(item["content"], validate=True), base64.b64decode(item["signature"], validate=True)
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        return _Item(repr(item).encode()[:100_000], b"")


def _decode(item: _Item) -> tuple[Event | None, str]:
    try:
        return decode_event(item.content, signature=item.signature), ""
    except ProblemsError:
        return None, "refused-body"
    except UnreadableError:
        return None, "unreadable"


def _open_desk(chain: SiteChain, events: list[Event]) -> _Desk:
    nonces = {event.nonce for event in events}
    stored = EventRecord.objects.filter(nonce__in=nonces).values_list("device", "nonce", "event")
    targets = {event.code("event") for event in events if event.kind is EventKind.ANNULLED}
    owners = EventRecord.objects.filter(event__in=targets).values_list("event", "device")
    return _Desk(
        chain.operation,
        device_keys(),
        {(device, nonce): event for device, nonce, event in stored},
        dict(owners),
    )


def _judge(event: Event | None, reason: str, desk: _Desk) -> Receipt:
    if event is None:
        return Receipt("", "parked", reason=reason)
    before = desk.stored.get((event.device, event.nonce))
    if before == event.id:
        return Receipt(event.nonce, "known", event.id)
    reason = _refusal(event, desk) or ("nonce-reused" if before else "")
    return Receipt(event.nonce, "parked" if reason else "stored", event.id, reason)


def _refusal(event: Event, desk: _Desk) -> str:
    if event.operation != desk.operation:
        return "other-operation"
    if event.device not in desk.keys:
        return "unknown-device"
    key, role = desk.keys[event.device]
    if not verify_event(event, key):
        return "bad-signature"
    return "" if role == SITE else _overreach(event, role, desk)


def _overreach(event: Event, role: str, desk: _Desk) -> str:
    """Why a device in the field, of this role, may not write this; empty if it may."""
    if event.kind not in KINDS_OF_ROLE.get(role, frozenset()):
        return "not-allowed"
    if event.kind is not EventKind.ANNULLED:
        return ""
    owner = desk.owners.get(event.code("event"))
    if owner is None:
        return "annuls-nothing"
    return "" if owner == event.device else "not-allowed"


def _flag(event: Event, moment: datetime, *, at: str) -> str:
    """What is odd about an event of a device that was enrolled to work `at` a point (empty: anywhere)."""
    if event.clock.wall > to_milliseconds(moment + AHEAD):
        return "clock-ahead"
    if at and event.kind not in OF_OTHERS and event.code("point") not in {"", at}:
        return "other-point"
    return "late" if event.occurred < to_milliseconds(moment - LATE) else ""


def _follow_clocks(chain: SiteChain, events: list[Event], moment: datetime) -> None:
    if events:
        latest = max(event.clock for event in events)
        reading = receive(ClockReading(chain.wall, chain.counter, chain.device), latest, now=moment)
        chain.wall, chain.counter = reading.wall, reading.counter


def _park(item: _Item, event: Event | None, reason: str, moment: datetime) -> None:
    ParkedItem.objects.get_or_create(
        fingerprint=item.fingerprint,
        defaults={
            "content": item.content,
            "signature": item.signature,
            "device": event.device if event else "",
            "nonce": event.nonce if event else "",
            "reason": reason,
            "received_at": moment,
        },
    )


def _settle(parked: ParkedItem, receipt: Receipt, moment: datetime) -> None:
    if receipt.outcome != "parked":
        parked.settled_at = moment
    parked.reason = receipt.reason or parked.reason
    parked.save(update_fields=["settled_at", "reason"])
