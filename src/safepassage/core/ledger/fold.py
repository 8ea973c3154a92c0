"""From events to state. Order, repetition and lateness of arrival change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from safepassage.core.ids import EventId, PersonId
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.state import LedgerState


def fold(events: Iterable[Event]) -> LedgerState:
    """The state that these events add up to; any order, with repetitions."""
    raise NotImplementedError


def fold_more(state: LedgerState, events: Iterable[Event]) -> LedgerState:
    """The state after further events: equal to `fold` of all of them, in time that grows with the new ones."""
    raise NotImplementedError


def state_at(events: Iterable[Event], as_of: datetime, *, known_at: datetime | None = None) -> LedgerState:
    """The state as of a moment of happening, by what is known now or was known at `known_at`.

    `as_of` is compared with when things happened (`Event.occurred`), `known_at` with the site's `server_time`.
    Corrections (annulments, merges, splits) are knowledge, and so apply to earlier moments too.
    """
    raise NotImplementedError


def events_of(state: LedgerState, person: PersonId) -> tuple[EventId, ...]:
    """The events that name this person under any of their ids, in order."""
    raise NotImplementedError


def state_digest(state: LedgerState) -> str:
    """SHA-256, hex, of everything derived: two sites that agree on the events agree on it."""
    raise NotImplementedError
