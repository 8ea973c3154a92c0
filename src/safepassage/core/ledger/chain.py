"""The chain of a device: each event names the digest of the one before it, so that none can be taken out unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safepassage.core.errors import Problem
from safepassage.core.ids import DeviceId, OperationId
from safepassage.core.ledger.clock import ClockReading, tick
from safepassage.core.ledger.events import Event, draft_event, sign_event, verify_event
from safepassage.core.ledger.kinds import EventKind


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a device's chain stands: what its next event has to follow."""

    operation: OperationId
    device: DeviceId
    sequence: int = 0
    previous: str = ""
    clock: ClockReading = field(default_factory=lambda: ClockReading(0))


def begin_chain(operation: OperationId, device: DeviceId) -> ChainHead:
    """The head of a device that has written nothing yet."""
    return ChainHead(operation, device, clock=ClockReading(0, 0, device))


def write_event(
    head: ChainHead,
    kind: EventKind,
    body: Mapping[str, Any],
    *,
    now: datetime,
    nonce: str,
    key: Ed25519PrivateKey,
) -> tuple[Event, ChainHead]:
    """The device's next event, chained and signed, and the head after it.

    Raises:
        ProblemsError: what is wrong with the body.
    """
    clock = tick(head.clock, now=now)
    draft = draft_event(
        kind,
        body,
        operation=head.operation,
        device=head.device,
        sequence=head.sequence + 1,
        device_time=now,
        clock=clock,
        nonce=nonce,
        previous=head.previous,
    )
    event = sign_event(draft, key)
    return event, ChainHead(head.operation, head.device, event.sequence, event.digest, clock)


def check_chain(events: Iterable[Event], keys: Mapping[DeviceId, Ed25519PublicKey]) -> tuple[Problem, ...]:
    """Everything that is wrong with the chains of these events, device by device; empty if all is sound.

    Codes: `unknown-device`, `bad-signature`, `chain-gap` (an event before this one is not here), `chain-broken`
    (the event before it is another one), `chain-forked` (two events claim one place).
    """
    by_device: dict[DeviceId, dict[str, Event]] = {}
    for event in events:
        by_device.setdefault(event.device, {})[event.id] = event
    problems: list[Problem] = []
    for device in sorted(by_device):
        chain = sorted(by_device[device].values(), key=lambda event: (event.sequence, event.id))
        problems += _check_device(chain, keys.get(device))
    return tuple(problems)


def _check_device(chain: list[Event], key: Ed25519PublicKey | None) -> list[Problem]:
    problems: list[Problem] = []
    last: Event | None = None
    for event in chain:
        where = f"device {event.device}, event {event.sequence} ({event.id})"
        if key is None:
            problems.append(Problem("unknown-device", "no key of this device is enrolled", where))
        elif not verify_event(event, key):
            problems.append(Problem("bad-signature", "the event was changed or is another device's", where))
        sequence, digest = (last.sequence, last.digest) if last else (0, "")
        if last and event.sequence == sequence:
            problems.append(Problem("chain-forked", "two events claim one place in the chain", where))
        elif event.sequence != sequence + 1:
            problems.append(Problem("chain-gap", "an event before this one is not here", where))
        elif event.previous != digest:
            problems.append(Problem("chain-broken", "the event before this one is not the one that it names", where))
        last = event
    return problems
