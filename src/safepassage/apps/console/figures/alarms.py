"""What somebody has to see to now, the gravest first. Each line says what, how many, and where it is dealt with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safepassage.apps.console.words import word
from safepassage.apps.gate.selectors import devices_silent, tallies_since, walk_ins_open
from safepassage.apps.ledger.selectors import discrepancies_now, flags_now, parked_open
from safepassage.apps.policy.selectors import overrides_on, overrides_waiting
from safepassage.apps.policy.services import OVERRIDES_A_DAY
from safepassage.apps.registry.selectors import parties_flagged, reviews_open, run_last
from safepassage.core.identity import PartyFlag
from safepassage.core.ledger import EventKind, LedgerState, Stage

GRAVE = "bad"
"""People may be in danger or lost."""
WATCH = "warn"
"""Something contradicts, or waits too long."""
NOTE = ""
"""Work that is due."""
_GRAVE_CODES = frozenset({"admitted-twice", "seen-after-death", "revoked-pass-used", "after-revocation"})
_WEIGHT = {GRAVE: 0, WATCH: 1, NOTE: 2}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One line of the board: how grave, what, how many, and the place of the console that deals with it."""

    level: str
    text: str
    number: int
    place: str = ""


def alarms_now(state: LedgerState, *, now: datetime) -> list[Alarm]:
    """Everything that waits for somebody, the gravest first, and within that the most numerous."""
    found = [
        *_people(state),
        *_contradictions(state),
        *_gate(now),
        *_desk(now),
    ]
    return sorted((one for one in found if one.number), key=lambda one: (_WEIGHT[one.level], -one.number, one.text))


def _people(state: LedgerState) -> Iterator[Alarm]:
    stages = Counter(person.stage for person in state.people.values())
    yield Alarm(
        GRAVE, _("people are missing: fewer arrived than set out, or seen and then lost"), stages[Stage.MISSING]
    )
    yield Alarm(GRAVE, _("people are detained"), stages[Stage.DETAINED])
    watched = sum(event.kind is EventKind.WATCHED_SIGNALLED for event in state.events.values())
    yield Alarm(GRAVE, _("parties signalled that they are being watched"), watched, "console:gate")
    children = parties_flagged(PartyFlag.MINOR_WITHOUT_ADULT).count()
    yield Alarm(WATCH, _("parties with a child and no confirmed adult"), children, "console:parties")
    waiting = sum(person.offered_to is not None for person in state.people.values())
    yield Alarm(WATCH, _("people wait for a team to accept them"), waiting)


def _contradictions(state: LedgerState) -> Iterator[Alarm]:
    for code, number in Counter(alarm.code for alarm in state.alarms).items():
        yield Alarm(GRAVE if code in _GRAVE_CODES else WATCH, word("alarm", code), number, "console:gate")
    yield Alarm(WATCH, _("head counts differ from the events"), len(discrepancies_now()), "console:gate")
    for code, number in flags_now().items():
        if code == "clock-ahead":
            continue  # the ledger's own alarm says it
        yield Alarm(NOTE, word("alarm", code), number, "console:gate")


def _gate(now: datetime) -> Iterator[Alarm]:
    yield Alarm(WATCH, _("devices have been silent for over an hour"), devices_silent(now).count(), "console:devices")
    yield Alarm(WATCH, _("uploaded items could not be taken in yet"), len(parked_open()), "console:gate")
    dangerous = tallies_since(now.replace(minute=0, second=0, microsecond=0)).filter(level="dangerous")
    yield Alarm(
        GRAVE,
        _("access points with a dangerous crowd this hour"),
        len({one.point for one in dangerous}),
        "console:gate",
    )
    yield Alarm(NOTE, _("walk-ins are not registered yet"), walk_ins_open().count(), "console:gate")


def _desk(now: datetime) -> Iterator[Alarm]:
    waiting = overrides_waiting().count()
    left = OVERRIDES_A_DAY - overrides_on(now)
    text = ngettext(
        "overrides wait for a second person (%(left)s of today's quota is left)",
        "overrides wait for a second person (%(left)s of today's quota are left)",
        left,
    )
    yield Alarm(NOTE, text % {"left": left}, waiting, "console:policy")
    yield Alarm(NOTE, _("questions about who is whom wait for a person"), reviews_open().count(), "console:reviews")
    run = run_last()
    for code, number in Counter(str(alarm["code"]) for alarm in run.alarms).items() if run else ():
        yield Alarm(WATCH, word("alarm", code), number, "console:reviews")
