"""The gate log from the events of devices, and how often a pass could be used twice while devices are silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.gate.loading import LegLoading, legs_loading, network_planned
from safepassage.apps.gate.selectors import tallies_since
from safepassage.core.ids import EventId
from safepassage.core.ledger import Alarm, Event, EventKind, LedgerState
from safepassage.core.ledger.clock import from_milliseconds

LATE = timedelta(hours=1)
"""From here on the log says that an event was late."""
TALLIES_SHOWN = timedelta(hours=6)
LOADS_BEFORE, LOADS_AFTER = timedelta(hours=12), timedelta(hours=24)
"""Legs that left so long ago, or leave so soon, are shown with how far they are loaded."""

OUTCOMES = {
    EventKind.PERSONS_ADMITTED: "admitted",
    EventKind.PERSONS_TURNED_AWAY: "turned-away",
    EventKind.WALK_INS: "walk-in",
    EventKind.WATCHED_SIGNALLED: "watched",
    EventKind.CONVOY_REPORTED: "convoy",
    EventKind.HEADS_COUNTED: "head-count",
}
LEVELS = {
    "valid": "good",
    "admitted": "good",
    "look-closer": "warn",
    "no-pass": "warn",
    "convoy": "warn",
    "not-valid": "bad",
    "turned-away": "bad",
    "watched": "bad",
}
KINDS = (EventKind.ENCOUNTER, *OUTCOMES)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event at a gate: ids, codes and figures alone."""

    event: str
    at: datetime
    outcome: str
    point: str
    device: str
    reasons: tuple[str, ...]
    heads: int
    party: str
    is_late: bool
    is_annulled: bool
    is_elsewhere: bool = False
    """Whether its device was invited for another point."""

    @property
    def level(self) -> str:
        """How the outcome is coloured."""
        return LEVELS.get(self.outcome, "")


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """A contradiction at the gate, with when it was seen and by which devices."""

    code: str
    subject: str
    moments: tuple[datetime, ...]
    devices: tuple[str, ...]


def gate_events(state: LedgerState, *, point: str = "") -> list[Event]:
    """What happened at the gates, the newest first, undone or not; only at this point if it is given."""
    found = [event for kind in KINDS for event in state.by_kind.get(kind, ()) if point in {"", _point_of(event)}]
    return sorted(found, key=lambda event: event.order, reverse=True)


def gate_points(state: LedgerState) -> list[str]:
    """Every point that an event at a gate names."""
    return sorted({event.code("point") for kind in KINDS for event in state.by_kind.get(kind, ())} - {""})


def outcome_of(event: Event) -> str:
    """What came of it, as the log says it."""
    return event.code("verdict") if event.kind is EventKind.ENCOUNTER else OUTCOMES[event.kind]


def outcome_figures(events: Iterable[Event]) -> list[tuple[str, int]]:
    """How often each outcome occurs, the most frequent first."""
    return Counter(map(outcome_of, events)).most_common()


def _point_of(event: Event) -> str:
    return event.code("point") or event.code("leg")


def gate_line(event: Event, state: LedgerState) -> LogLine:
    """An event at a gate as the log shows it."""
    body = event.body
    rows = event.rows
    at = from_milliseconds(event.occurred)
    heads = body.get("heads", body.get("count"))
    parties = {str(row[1]) for row in rows if len(row) == 2} if event.kind is not EventKind.WALK_INS else set()
    told = body.get("reasons") or body.get("reason") or body.get("state") or ()
    reasons = tuple(str(code) for code in told) if isinstance(told, tuple) else (str(told),)
    party = event.code("party") or (parties.pop() if len(parties) == 1 else "")
    return LogLine(
        event=event.id,
        at=at,
        outcome=outcome_of(event),
        point=_point_of(event),
        device=event.device,
        reasons=reasons,
        heads=heads if isinstance(heads, int) else len(rows),
        party=party,
        is_late=bool(event.server_time and event.server_time - at > LATE),
        is_annulled=event.id in state.silent,
    )


def alarm_lines(state: LedgerState) -> list[AlarmLine]:
    """The ledger's contradictions, the latest first."""
    if not state.alarms:
        return []
    named = {event for alarm in state.alarms for event in alarm.events}
    by_id = {event.id: event for event in state.events.values() if event.id in named}
    return sorted((_alarm(one, by_id) for one in state.alarms), key=lambda line: line.moments[-1:], reverse=True)


def _alarm(alarm: Alarm, by_id: Mapping[EventId, Event]) -> AlarmLine:
    moments = sorted(from_milliseconds(by_id[event].occurred) for event in alarm.events if event in by_id)
    return AlarmLine(alarm.code, alarm.subject, tuple(moments), tuple(alarm.devices))


def tallies_latest(now: datetime) -> Sequence[tuple[str, datetime, str, int | None]]:
    """Estimates of the crowd of the last hours, the newest first: point, quarter, level, heads."""
    found = tallies_since(now - TALLIES_SHOWN).order_by("-quarter", "point")
    return list(found.values_list("point", "quarter", "level", "heads"))


def loads_near(state: LedgerState, *, now: datetime) -> list[LegLoading]:
    """Legs of these hours on which somebody is expected or was seen, by departure: who is aboard, who is missing."""
    network = network_planned()
    legs = network.legs if network else ()
    near = [leg for leg in legs if now - LOADS_BEFORE <= leg.departs <= now + LOADS_AFTER]
    return [one for one in legs_loading(state, legs=near) if one.parties or one.aboard] if near else []
