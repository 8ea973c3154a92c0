"""From events to state. Order, repetition and lateness of arrival change nothing.

Events are put into one order that all sites agree on (`Event.order`); of two events under one device and nonce
the one of the lower id counts and an alarm names both. `server_time` plays no part, except in `known_at`; what
bounds the time that a device claims is the sites' own `events-admitted` (`admission`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from safepassage.core.ids import DeviceId, EventId, PersonId
from safepassage.core.ledger.admission import (
    bounded,
    find_ahead,
    find_claims,
    find_unproven,
    read_admissions,
    read_withdrawals,
)
from safepassage.core.ledger.clock import to_milliseconds
from safepassage.core.ledger.derive import (
    COUNT_KINDS,
    PARTY_KINDS,
    PASS_KINDS,
    derive_head_counts,
    derive_parties,
    derive_passes,
    find_annulled,
    resolve_redirects,
)
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.person import derive_person
from safepassage.core.ledger.state import Alarm, LedgerState, PersonState, Touch
from safepassage.core.ledger.touches import touches_of

KNOWLEDGE_KINDS = frozenset({EventKind.ANNULLED, EventKind.PERSONS_REDIRECTED, EventKind.PERSONS_SPLIT})
"""What is known about events and ids, not what happened: applies to earlier moments too."""
_REFOLD_KINDS = KNOWLEDGE_KINDS | {EventKind.DEVICE_REVOKED, EventKind.CLAIMS_CONFIRMED}
Key = tuple[DeviceId, str]
PERSON_ALARMS = frozenset(
    {
        "admitted-twice",
        "seen-after-death",
        "turned-away-inside",
        "handover-not-offered",
        "not-responsible",
        "taken-without-handover",
        "never-assigned",
    }
)


def fold(events: Iterable[Event]) -> LedgerState:
    """The state that these events add up to; any order, with repetitions."""
    stored, doubles = _store({}, {}, events)
    return _derive(stored, doubles)


def fold_more(state: LedgerState, events: Iterable[Event]) -> LedgerState:
    """The state after further events: equal to `fold` of all of them.

    Re-derives only the persons that the new events name. Everything is derived anew when an event corrects,
    merges, splits or revokes, bounds or proves an event stored before, or contradicts one.
    """
    arrived = tuple(events)
    stored, doubles = _store(state.events, state.doubles, arrived)
    keys = ((event.device, event.nonce) for event in arrived)
    new = {key: stored[key] for key in keys if key not in state.events}
    if not new and doubles == state.doubles:
        return replace(state, events=stored)
    awaited = {alarm.subject for alarm in state.alarms if alarm.code == "annuls-nothing"}
    if doubles != state.doubles or any(event.kind in _REFOLD_KINDS or event.id in awaited for event in new.values()):
        return _derive(stored, doubles)
    admissions = read_admissions(new.values(), state.admissions)
    moved = {event for event, moment in admissions.items() if state.admissions.get(event) != moment}
    moved -= {event.id for event in new.values()}
    if moved and any(event.id in moved for event in state.events.values()):
        return _derive(stored, doubles)
    new = {key: bounded(event, admissions) for key, event in new.items()}
    stored.update(new)
    claims = state.claims
    if any(event.device in state.withdrawn for event in new.values()):
        everything = list(stored.values())
        claims = find_claims(everything, state.withdrawn, read_withdrawals(everything)[1])
        if claims - {event.id for event in new.values()} != state.claims:
            return _derive(stored, doubles)
    return _carry_on(replace(state, admissions=admissions, claims=claims), stored, list(new.values()))


def state_at(
    events: Iterable[Event],
    as_of: datetime,
    *,
    known_at: datetime | None = None,
    base: LedgerState | None = None,
) -> LedgerState:
    """The state as of a moment of happening, by what is known now or was known at `known_at`.

    `as_of` is compared with when things happened (`Event.occurred`), `known_at` with the site's `server_time`
    (an event without one counts as not known). Corrections (annulments, merges, splits) are knowledge, and so
    apply to earlier moments too. `base`, a state of the same record as of another moment, changes nothing but the
    cost: whoever had the same events in it is taken over.
    """
    known = (
        event
        for event in events
        if known_at is None or (event.server_time is not None and event.server_time <= known_at)
    )
    stored, doubles = _store({}, {}, known)
    return _derive(stored, doubles, until=to_milliseconds(as_of), base=base)


def _store(
    before: Mapping[Key, Event], doubles_before: Mapping[Key, tuple[EventId, ...]], events: Iterable[Event]
) -> tuple[dict[Key, Event], dict[Key, tuple[EventId, ...]]]:
    """By device and nonce; of a repetition the copy that the site stored first, of a contradiction the lower id."""
    stored, doubles = dict(before), dict(doubles_before)
    for event in events:
        key = (event.device, event.nonce)
        held = stored.get(key)
        if held is None:
            stored[key] = event
        elif held.id == event.id:
            stored[key] = min(held, event, key=_stored_first)
        else:
            stored[key] = min(held, event, key=lambda one: one.id)
            doubles[key] = tuple(sorted({*doubles.get(key, ()), held.id, event.id}))
    return stored, doubles


def _stored_first(event: Event) -> tuple[bool, str]:
    return (event.server_time is None, event.server_time.isoformat() if event.server_time else "")


def _derive(
    raw: dict[Key, Event],
    doubles: dict[Key, tuple[EventId, ...]],
    *,
    until: int | None = None,
    base: LedgerState | None = None,
) -> LedgerState:
    """Everything anew. `until` a moment (UTC milliseconds) only the facts of then count; corrections always do."""
    admissions = read_admissions(raw.values())
    stored = {key: bounded(event, admissions) for key, event in raw.items()}
    everything = sorted(stored.values(), key=lambda event: event.order)
    withdrawn, confirmed = read_withdrawals(everything)
    claims = find_claims(everything, withdrawn, confirmed)
    knowledge = [event for event in everything if event.kind in KNOWLEDGE_KINDS and event.id not in claims]
    annulled, alarms = find_annulled(
        (event for event in knowledge if event.kind is EventKind.ANNULLED), {event.id for event in everything}
    )
    redirects, circles = resolve_redirects(event for event in knowledge if event.id not in annulled)
    alarms += circles
    for (device, _), ids in doubles.items():
        alarms.append(Alarm("nonce-reused", ids[0], ids, (device,)))
    facts = [event for event in everything if until is None or event.occurred <= until]
    silent = annulled | claims
    touches: dict[PersonId, list[Touch]] = {}
    by_kind: dict[EventKind, list[Event]] = {}
    for event in facts:
        by_kind.setdefault(event.kind, []).append(event)
        for person, touch in touches_of(event):
            touches.setdefault(person, []).append(touch)
    frozen = {person: tuple(found) for person, found in touches.items()}
    kept = _unchanged(base, frozen, redirects, silent) if base else {}
    people, about_people = _derive_people(
        frozen, redirects, silent, (person for person in frozen if person not in kept)
    )
    people |= kept
    if base and kept:
        about_people += [one for one in base.alarms if one.code in PERSON_ALARMS and one.subject in kept]
    counting = [event for event in facts if event.id not in silent]
    alarms += [*find_unproven(facts, claims - annulled), *find_ahead(facts)]
    passes, misuse = derive_passes(counting)
    return LedgerState(
        people=dict(sorted(people.items())),
        redirects=redirects,
        parties=derive_parties(counting, redirects),
        passes=passes,
        head_counts=derive_head_counts(counting),
        alarms=tuple(sorted([*alarms, *about_people, *misuse])),
        annulled=annulled,
        claims=claims,
        withdrawn=withdrawn,
        admissions=admissions,
        events=stored,
        touches=frozen,
        by_kind={kind: tuple(found) for kind, found in by_kind.items()},
        doubles=doubles,
    )


def _unchanged(
    base: LedgerState,
    touches: Mapping[PersonId, tuple[Touch, ...]],
    redirects: Mapping[PersonId, PersonId],
    silent: frozenset[EventId],
) -> dict[PersonId, PersonState]:
    """Persons of another state under whose ids exactly the same events stand; nobody, if corrections differ."""
    if base.redirects != redirects or base.silent != silent:
        return {}
    joined = {*redirects.values()}
    return {
        person: state
        for person, state in base.people.items()
        if person not in joined and person in touches and touches[person] == base.touches.get(person)
    }


def _carry_on(state: LedgerState, stored: dict[Key, Event], new: list[Event]) -> LedgerState:
    """New facts that correct nothing: only the persons that they name, and the registers that they touch."""
    fresh: dict[PersonId, list[Touch]] = {}
    of_kind: dict[EventKind, list[Event]] = {}
    for event in sorted(new, key=lambda event: event.order):
        of_kind.setdefault(event.kind, []).append(event)
        for person, touch in touches_of(event):
            fresh.setdefault(person, []).append(touch)
    touches = dict(state.touches)
    for person, found in fresh.items():
        touches[person] = tuple(sorted((*touches.get(person, ()), *found), key=lambda touch: touch[0].order))
    people, about_people = _derive_people(touches, state.redirects, state.silent, fresh)
    kept = [
        alarm
        for alarm in state.alarms
        if alarm.code != "revoked-pass-used" and not (alarm.code in PERSON_ALARMS and alarm.subject in people)
    ]
    kept += [*find_unproven(new, state.claims), *find_ahead(new)]
    by_kind = dict(state.by_kind)
    for kind, events in of_kind.items():
        by_kind[kind] = tuple(sorted((*by_kind.get(kind, ()), *events), key=lambda event: event.order))
    state = replace(state, by_kind=by_kind)
    kinds = of_kind.keys()
    passes = state.passes
    misuse = [alarm for alarm in state.alarms if alarm.code == "revoked-pass-used"]
    if kinds & PASS_KINDS:
        passes, misuse = derive_passes(state.told(*PASS_KINDS))
    return replace(
        state,
        people=dict(sorted({**state.people, **people}.items())),
        parties=derive_parties(state.told(*PARTY_KINDS), state.redirects) if kinds & PARTY_KINDS else state.parties,
        passes=passes,
        head_counts=derive_head_counts(state.told(*COUNT_KINDS)) if kinds & COUNT_KINDS else state.head_counts,
        alarms=tuple(sorted([*kept, *about_people, *misuse])),
        events=stored,
        touches=touches,
    )


def _derive_people(
    touches: Mapping[PersonId, tuple[Touch, ...]],
    redirects: Mapping[PersonId, PersonId],
    silent: frozenset[EventId],
    named: Iterable[PersonId],
) -> tuple[dict[PersonId, PersonState], list[Alarm]]:
    """The state of whoever `named` leads to. A person all of whose events have no effect isn't known."""
    merged: dict[PersonId, list[PersonId]] = {}
    for person, into in redirects.items():
        if person in touches:
            merged.setdefault(into, []).append(person)
    people: dict[PersonId, PersonState] = {}
    alarms: list[Alarm] = []
    for person in {redirects.get(one, one): None for one in named}:
        others = merged.get(person)
        found: Iterable[Touch] = touches.get(person, ())
        if others:
            one_by_one = (touch for one in (person, *others) for touch in touches.get(one, ()))
            found = sorted(one_by_one, key=lambda touch: (touch[0].order, touch[1]))
        counting = [touch for touch in found if touch[0].id not in silent] if silent else list(found)
        if counting:
            people[person], contradictions = derive_person(person, counting, (person, *sorted(others or ())))
            alarms += contradictions
    return people, alarms
