"""Acts of a day: collected in any order, then written as signed events, device by device, and uploaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from safepassage.core.ids import DeviceId, OperationId
from safepassage.core.ledger import Event, EventKind, begin_chain, write_event
from safepassage.core.sim.gateday.values import GateDevice, Upload

_BATCH = timedelta(minutes=15)
_OFFLINE_FOR = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a device will write."""

    at: datetime
    number: int
    device: DeviceId
    kind: EventKind
    body: Mapping[str, Any]


@dataclass(slots=True)
class Acts:
    """The acts of all devices, as they are thought up."""

    found: list[Act] = field(default_factory=list)

    def add(self, at: datetime, device: GateDevice, kind: EventKind, body: Mapping[str, Any]) -> None:
        """Notes one act; acts of one moment keep the order in which they were noted."""
        self.found.append(Act(at, len(self.found), device.id, kind, body))


def write_acts(
    rng: np.random.Generator, acts: Iterable[Act], devices: Iterable[GateDevice], operation: OperationId
) -> dict[DeviceId, list[Event]]:
    """The chain of each device, in the order of time."""
    by_device: dict[DeviceId, list[Act]] = {device.id: [] for device in devices}
    for act in sorted(acts, key=lambda one: (one.at, one.number)):
        by_device[act.device].append(act)
    chains: dict[DeviceId, list[Event]] = {}
    for device in devices:
        head, key, chain = begin_chain(operation, device.id), device.key, list[Event]()
        for act in by_device[device.id]:
            nonce = rng.bytes(8).hex()
            event, head = write_event(head, act.kind, act.body, now=act.at, nonce=nonce, key=key)
            chain.append(event)
        chains[device.id] = chain
    return chains


def upload_chains(
    rng: np.random.Generator,
    chains: Mapping[DeviceId, list[Event]],
    devices: Iterable[GateDevice],
    *,
    uploaded_twice: float,
) -> tuple[Upload, ...]:
    """Uploads by arrival: online devices every quarter of an hour, offline ones hours after their last event."""
    uploads: list[Upload] = []
    for device in devices:
        chain = chains[device.id]
        if not chain:
            continue
        if device.is_offline:
            uploads.append(Upload(device.id, chain[-1].device_time + _OFFLINE_FOR, tuple(chain)))
            continue
        start, batch = chain[0].device_time, list[Event]()
        for event in chain:
            if event.device_time - start >= _BATCH:
                uploads.append(Upload(device.id, start + _BATCH, tuple(batch)))
                start, batch = event.device_time, []
            batch.append(event)
        uploads.append(Upload(device.id, start + _BATCH, tuple(batch)))
    again = [
        Upload(one.device, one.at + timedelta(minutes=int(rng.integers(1, 600))), one.events)
        for one in uploads
        if rng.random() < uploaded_twice
    ]
    return tuple(sorted((*uploads, *again), key=lambda one: (one.at, one.device)))
