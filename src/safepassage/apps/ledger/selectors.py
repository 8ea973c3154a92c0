"""Reads of the record. The state is folded once and then only carried on with new events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from safepassage.core.ledger import CountRow, Event, LedgerState


def state_now() -> LedgerState:
    """Everything stored so far, folded; kept in memory and carried on by what is new."""
    raise NotImplementedError


def state_as_of(at: datetime, *, known_at: datetime | None = None) -> LedgerState:
    """The state as of a moment; a few recent answers are kept until a new event is stored."""
    raise NotImplementedError


def counts_as_of(at: datetime | None = None, *, categories: Iterable[str] = ()) -> tuple[CountRow, ...]:
    """People by category and stage as of a moment, or now."""
    raise NotImplementedError


def events_of(person: str) -> tuple[Event, ...]:
    """The events that name a person under any of their ids, in order."""
    raise NotImplementedError
