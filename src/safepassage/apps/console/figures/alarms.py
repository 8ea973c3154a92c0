"""What somebody has to see to now, the gravest first. Each line says what, how many, and where it is dealt with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from safepassage.apps.accounts.borne import accounts_unborne
from safepassage.apps.accounts.two_people import accounts_unsettled, accounts_withdrawn
from safepassage.apps.console.words import word
from safepassage.apps.gate.selectors import devices_silent, tallies_since, walk_ins_open
from safepassage.apps.ledger.damage import damage_met
from safepassage.apps.ledger.selectors import discrepancies_now, flags_now, parked_open, rows_set_aside
from safepassage.apps.outreach.contact import contact_warnings_booked
from safepassage.apps.policy.borne import policies_unborne
from safepassage.apps.policy.selectors import overrides_on, overrides_waiting, policies_unsigned
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
        _unborne(),
        _damage(),  # last: what the others have met counts
    ]
    return sorted((one for one in found if one.number), key=lambda one: (_WEIGHT[one.level], -one.number, one.text))


def _people(state: LedgerState) -> Iterator[Alarm]:
    stages = Counter(person.stage for person in state.people.values())
    missing, detained = stages[Stage.MISSING], stages[Stage.DETAINED]
    yield Alarm(
        GRAVE,
        ngettext(
            "person is missing: fewer arrived than set out, or seen and then lost",
            "people are missing: fewer arrived than set out, or seen and then lost",
            missing,
        ),
        missing,
    )
    yield Alarm(GRAVE, ngettext("person is detained", "people are detained", detained), detained)
    watched = sum(event.kind is EventKind.WATCHED_SIGNALLED for event in state.events.values())
    yield Alarm(
        GRAVE,
        ngettext(
            "party signalled that it is being watched", "parties signalled that they are being watched", watched
        ),
        watched,
        "console:gate",
    )
    children = parties_flagged(PartyFlag.MINOR_WITHOUT_ADULT).count()
    yield Alarm(
        WATCH,
        ngettext(
            "party with a child and no confirmed adult", "parties with a child and no confirmed adult", children
        ),
        children,
        "console:parties",
    )
    larger = parties_flagged(PartyFlag.MORE_STATED).count()
    yield Alarm(
        NOTE,
        ngettext(
            "party is stated larger than its members: ask who the others are",
            "parties are stated larger than their members: ask who the others are",
            larger,
        ),
        larger,
        "console:parties",
    )
    yield from _contact()
    waiting = sum(person.offered_to is not None for person in state.people.values())
    yield Alarm(
        WATCH,
        ngettext("person waits for a team to accept them", "people wait for a team to accept them", waiting),
        waiting,
    )


def _contact() -> Iterator[Alarm]:
    """Booked parties that a call would endanger, or that will not come."""
    found = contact_warnings_booked()
    unsafe, refused = len(found.unsafe), len(found.refused)
    text = ngettext(
        "booked party is unsafe to call: tell them another way",
        "booked parties are unsafe to call: tell them another way",
        unsafe,
    )
    yield Alarm(WATCH, text, unsafe, "console:plan")
    text = ngettext(
        "booked party has refused: plan again, and its seats go to others",
        "booked parties have refused: plan again, and their seats go to others",
        refused,
    )
    yield Alarm(WATCH, text, refused, "console:plan")


def _contradictions(state: LedgerState) -> Iterator[Alarm]:
    for code, number in Counter(alarm.code for alarm in state.alarms).items():
        yield Alarm(GRAVE if code in _GRAVE_CODES else WATCH, word("alarm", code), number, "console:gate")
    aside = len(rows_set_aside())
    text = ngettext(
        "row of the record is damaged and counts for nothing: `safepassage gate check` says which",
        "rows of the record are damaged and count for nothing: `safepassage gate check` says which",
        aside,
    )
    yield Alarm(GRAVE, text, aside, "console:gate")
    differing = len(discrepancies_now())
    text = ngettext("head count differs from the events", "head counts differ from the events", differing)
    yield Alarm(WATCH, text, differing, "console:gate")
    for code, number in flags_now().items():
        if code == "clock-ahead":
            continue  # the ledger's own alarm says it
        yield Alarm(NOTE, word("alarm", code), number, "console:gate")


def _gate(now: datetime) -> Iterator[Alarm]:
    silent, parked, slips = devices_silent(now).count(), len(parked_open()), walk_ins_open().count()
    text = ngettext("device has been silent for over an hour", "devices have been silent for over an hour", silent)
    yield Alarm(WATCH, text, silent, "console:devices")
    text = ngettext("uploaded item could not be taken in yet", "uploaded items could not be taken in yet", parked)
    yield Alarm(WATCH, text, parked, "console:gate")
    hour = tallies_since(now.replace(minute=0, second=0, microsecond=0)).filter(level="dangerous")
    points = len({one.point for one in hour})
    text = ngettext(
        "access point with a dangerous crowd this hour", "access points with a dangerous crowd this hour", points
    )
    yield Alarm(GRAVE, text, points, "console:gate")
    yield Alarm(
        NOTE,
        ngettext("walk-in is not registered yet", "walk-ins are not registered yet", slips),
        slips,
        "console:gate",
    )


def _desk(now: datetime) -> Iterator[Alarm]:
    waiting = overrides_waiting().count()
    left = OVERRIDES_A_DAY - overrides_on(now)
    text = ngettext("override waits for a second person", "overrides wait for a second person", waiting)
    quota = ngettext("%(left)s of the day's quota is left", "%(left)s of the day's quota are left", left)
    yield Alarm(NOTE, f"{text} ({quota % {'left': left}})", waiting, "console:policy")
    texts = len(policies_unsigned(now))
    text = ngettext(
        "policy waits for a second person's signature", "policies wait for a second person's signature", texts
    )
    yield Alarm(WATCH, text, texts, "console:policy")
    unsettled = len(accounts_unsettled())
    text = ngettext(
        "account that signs is also in somebody else's hands",
        "accounts that sign are also in somebody else's hands",
        unsettled,
    )
    yield Alarm(WATCH, text, unsettled, "console:vouching")
    withdrawn = len(accounts_withdrawn())
    text = ngettext(
        "officer lost their account or a role by one person", "officers lost their account or a role by one person",
        withdrawn,
    )  # fmt: skip
    yield Alarm(WATCH, text, withdrawn, "console:vouching")
    questions = reviews_open().count()
    text = ngettext(
        "question about who is whom waits for a person", "questions about who is whom wait for a person", questions
    )
    yield Alarm(NOTE, text, questions, "console:reviews")
    run = run_last()
    for code, number in Counter(str(alarm["code"]) for alarm in run.alarms).items() if run else ():
        yield Alarm(WATCH, word("alarm", code), number, "console:reviews")


def _unborne() -> Alarm:
    number = len(accounts_unborne()) + len(policies_unborne())
    text = ngettext(
        "account, policy or override is not what the signed events say: `safepassage gate check` says which",
        "accounts, policies or overrides are not what the signed events say: `safepassage gate check` says which",
        number,
    )
    return Alarm(GRAVE, text, number, "console:policy")


def _damage() -> Alarm:
    damaged = len(damage_met())
    text = ngettext(
        "column of the store holds a damaged value: `safepassage gate check` says where and what to do",
        "columns of the store hold damaged values: `safepassage gate check` says where and what to do",
        damaged,
    )
    return Alarm(GRAVE, text, damaged, "console:board")
