"""The ledger: signed events of ids, codes and numbers, and the state that they add up to.

Event kinds and bodies are in `kinds`, stages in `stages`; `docs/ledger.md` explains the rules.
"""

from safepassage.core.ledger.chain import ChainHead, begin_chain, check_chain, write_event
from safepassage.core.ledger.clock import ClockReading, receive, tick
from safepassage.core.ledger.codes import FACT_EVIDENCE
from safepassage.core.ledger.count import CountRow, Discrepancy, count_people, places_now, reconcile
from safepassage.core.ledger.digest import state_digest
from safepassage.core.ledger.events import Event, decode_event, encode_event, verify_event
from safepassage.core.ledger.fold import fold, fold_more, state_at
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.stages import Stage
from safepassage.core.ledger.state import UNKNOWN, Alarm, LedgerState, PersonState
from safepassage.core.ledger.touches import events_of

__all__ = [
    "FACT_EVIDENCE",
    "UNKNOWN",
    "Alarm",
    "ChainHead",
    "ClockReading",
    "CountRow",
    "Discrepancy",
    "Event",
    "EventKind",
    "LedgerState",
    "PersonState",
    "Stage",
    "begin_chain",
    "check_chain",
    "count_people",
    "decode_event",
    "encode_event",
    "events_of",
    "fold",
    "fold_more",
    "places_now",
    "receive",
    "reconcile",
    "state_at",
    "state_digest",
    "tick",
    "verify_event",
    "write_event",
]
