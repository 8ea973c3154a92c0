"""Who has left, who needs no seat, whom a leg left behind, and who is looked for: one answer for everybody.

What is judged here is judged nowhere else: the planner's demand, parties short of seats, the board's alarms, convoys
and the cases of missing people read it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from safepassage.core.ids import EventId, PersonId
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.stages import Stage, seen_stage
from safepassage.core.ledger.state import LedgerState, PersonState
from safepassage.core.ledger.touches import events_of

_AWAY = frozenset({Stage.DEPARTED, Stage.AT_STAGING_BASE, Stage.AT_SAFE_HAVEN})
_NO_SEAT = frozenset({Stage.DIED, Stage.CLOSED, Stage.DETAINED, Stage.MISSING, Stage.DECLINED})
"""At these stages nobody needs a seat who has not boarded; found, or called again, they do."""
_ABOARD = frozenset({EventKind.PERSONS_BOARDED, EventKind.PERSONS_DEPARTED, EventKind.PERSONS_ARRIVED})


def has_left(person: PersonState) -> bool:
    """Whether an event proves that they left, whatever has become of them since."""
    return person.furthest in _AWAY


def people_unseated(state: LedgerState) -> frozenset[PersonId]:
    """Whoever died, was lost, declined or was closed before boarding: their seat is somebody else's."""
    return frozenset(
        person for person, one in state.people.items() if one.stage in _NO_SEAT and not _has_boarded(state, one)
    )


def people_gone(state: LedgerState, *, kept: Collection[PersonId] = ()) -> frozenset[PersonId]:
    """Whoever needs no seat: `people_unseated`, and who has left, but for those who are `kept` on legs to come."""
    left = {person for person, one in state.people.items() if has_left(one) and person not in kept}
    return people_unseated(state) | left


def was_left_by(person: PersonState | None, *, is_before_gate: bool) -> bool:
    """Whether somebody expected on a leg that has gone, and not seen aboard, is unaccounted for.

    Before the gate: whoever was not seen further on. After it: whoever was let in and has not boarded; who never came
    to the gate is missing there. Who is a no-show, turned away, missing or lost otherwise is accounted for by that.
    `None`: no event names them.
    """
    if person is None:
        return True
    if person.stage.is_beside:
        return False
    first, last = (Stage.KNOWN, Stage.UNDER_WAY) if is_before_gate else (Stage.ADMITTED, Stage.BOARDED)
    return first.place <= person.furthest.place < last.place


@dataclass(frozen=True, slots=True)
class Search:
    """Somebody who is missing now: the event with which the case began, and the last that says so."""

    person: PersonId
    began: Event
    last: Event


def searches_now(state: LedgerState) -> tuple[Search, ...]:
    """Who is missing now, the longest first."""
    last: dict[PersonId, Event] = {}
    began: dict[PersonId, Event] = {}
    cases = searches_told(state)
    for event in state.told(EventKind.PERSONS_MISSING):
        for person, first in cases[event.id].items():
            last[person], began[person] = event, first
    found = (
        Search(person, began[person], event)
        for person, event in last.items()
        if person in state.people and state.people[person].stage is Stage.MISSING
    )
    return tuple(sorted(found, key=lambda one: (one.began.occurred, one.person)))


def searches_told(state: LedgerState) -> Mapping[EventId, Mapping[PersonId, Event]]:
    """Of each event that says who is missing: each of them, and the event with which their case began.

    Found, seen or turned away at a gate ends a case; said to be missing after that, it is a new one.
    Cost: the events of whoever was ever missing.
    """
    told: dict[EventId, dict[PersonId, Event]] = {}
    missing: dict[PersonId, None] = {}
    for event in state.told(EventKind.PERSONS_MISSING):
        named = (PersonId(str(row[0])) for row in event.rows)
        told[event.id] = {}
        missing |= dict.fromkeys(state.redirects.get(one, one) for one in named)
    for person in missing:
        began: Event | None = None
        for event in events_of(state, person):
            if event.id in state.silent:
                continue
            if event.kind is EventKind.PERSONS_MISSING:
                began = began or event
                told[event.id][person] = began
            elif _ends_search(event):
                began = None
    return told


def _ends_search(event: Event) -> bool:
    return event.kind in {EventKind.PERSONS_FOUND, EventKind.PERSONS_TURNED_AWAY} or seen_stage(event) is not None


def _has_boarded(state: LedgerState, one: PersonState) -> bool:
    return any(
        event.kind in _ABOARD and event.id not in state.silent
        for key in one.ids
        for event, _ in state.touches.get(key, ())
    )
