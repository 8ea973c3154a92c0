"""Acts on the record: append the site's own events, receive those of devices, note who looked at what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from safepassage.core.ledger import Event, EventKind


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one uploaded event: `stored`, `known` (a repetition), or `parked` with a reason."""

    nonce: str
    outcome: str
    event: str = ""
    reason: str = ""


def event_append(
    *, kind: EventKind, body: Mapping[str, Any], now: datetime | None = None, account: str = "", nonce: str = ""
) -> Event:
    """Appends one event of the site, chained and signed with the site's key.

    Call it inside the transaction of the act that it records: both are stored or neither. `now` defaults to the
    server's clock. `nonce` makes a repeated act recognisable: appending it again returns the event stored before.

    Raises:
        ProblemsError: what is wrong with the body.
    """
    raise NotImplementedError


def events_receive(*, items: Iterable[Mapping[str, Any]], now: datetime | None = None) -> tuple[Receipt, ...]:
    """Stores a device's events in one transaction; answers each, and never lets a bad one block the others.

    An item is `{"content": base64 of the canonical bytes, "signature": base64}`.
    """
    raise NotImplementedError


def access_note(
    *, account: str, subjects: Iterable[str], act: str, purpose: str = "", now: datetime | None = None
) -> None:
    """Notes that an account looked at these persons, parties or listings: one row each, one write."""
    raise NotImplementedError
