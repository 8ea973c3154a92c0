"""Writes signed events in tests: one scribe per device, keys derived from its name."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safepassage.core.ids import DeviceId, OperationId, PartyId, PersonId, derived_id
from safepassage.core.ledger import Event, EventKind, begin_chain, write_event
from safepassage.core.ledger.clock import from_milliseconds, to_milliseconds

START = datetime(2021, 8, 20, 6, 0, tzinfo=UTC)


def person(name: str) -> PersonId:
    return PersonId(derived_id("P", name))


def party(name: str) -> PartyId:
    return PartyId(derived_id("F", name))


KARIM, LAILA, OMID, YUSUF = (person(name) for name in ("karim", "laila", "omid", "yusuf"))
TESTANIS = party("testani")


class Scribe:
    """One device with its own clock, a minute apart between events unless told."""

    def __init__(self, device: str = "site", at: datetime = START) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(device.encode()).digest())
        self.head = begin_chain(OperationId("kabul-test"), DeviceId(device))
        self.now = at
        self.events: list[Event] = []

    def write(self, kind: EventKind, *rows: tuple[str | int, ...], nonce: str = "", **body: object) -> Event:
        if rows:
            body["rows"] = rows
        self.now += timedelta(minutes=1)
        nonce = nonce or f"n{len(self.events)}"
        event, self.head = write_event(self.head, kind, body, now=self.now, nonce=nonce, key=self.key)
        self.events.append(event)
        return event

    def at(self, minutes: int) -> Scribe:
        """Moves the clock to so many minutes after the start."""
        self.now = START + timedelta(minutes=minutes - 1)
        return self

    def assigned(self, *persons: str) -> Event:
        return self.write(EventKind.PERSONS_ASSIGNED, *((one,) for one in persons))

    def seen(self, kind: EventKind, *persons: str, **body: object) -> Event:
        """Any event whose rows are (person, party)."""
        return self.write(kind, *((one, TESTANIS) for one in persons), **body)


def minute(number: int) -> datetime:
    return from_milliseconds(to_milliseconds(START)) + timedelta(minutes=number)
