"""One digest of everything that a set of events adds up to: what two sites compare."""

from __future__ import annotations

import hashlib
from dataclasses import fields

import cbor2

from safepassage.core.ledger.state import Alarm, HeadCount, LedgerState, PartyState, PassState, PersonState


def state_digest(state: LedgerState) -> str:
    """SHA-256, hex, of everything derived: two sites that agree on the events agree on it."""
    derived = [
        [_plain(person) for person in state.people.values()],
        [list(pair) for pair in sorted(state.redirects.items())],
        [_plain(party) for party in state.parties.values()],
        [_plain(one) for one in state.passes.values()],
        [_plain(count) for count in state.head_counts],
        [_plain(alarm) for alarm in state.alarms],
        sorted(state.annulled),
        sorted(state.claims),
        sorted(event.digest for event in state.events.values()),
    ]
    return hashlib.sha256(cbor2.dumps(derived, canonical=True)).hexdigest()


def _plain(value: PersonState | PartyState | PassState | HeadCount | Alarm) -> list[object]:
    """Field by field, enums as their text."""
    found = (getattr(value, one.name) for one in fields(value))
    return [str(one) if isinstance(one, str) else one for one in found]
