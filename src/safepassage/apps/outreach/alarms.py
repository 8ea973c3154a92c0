"""What somebody has to see to, the gravest first: one reading for the board and for the situation report.

Each line says what, how many, and in which place of the console it is dealt with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from safepassage.apps.accounts.borne import accounts_unborne
from safepassage.apps.accounts.founders import founders_together
from safepassage.apps.accounts.two_people import accounts_unsettled, accounts_withdrawn
from safepassage.apps.gate.convoys import convoys_in_trouble
from safepassage.apps.gate.loading import people_not_aboard
from safepassage.apps.gate.selectors import devices_silent, tallies_since, walk_ins_open
from safepassage.apps.ledger.damage import damage_met
from safepassage.apps.ledger.selectors import discrepancies_now, flags_now, parked_open, rows_set_aside
from safepassage.apps.outreach.alarm import GRAVE, NOTE, WATCH, Alarm
from safepassage.apps.outreach.party_alarms import party_alarms
from safepassage.apps.policy.borne import policies_unborne
from safepassage.apps.policy.overriding import OVERRIDES_A_DAY
from safepassage.apps.policy.reach import parties_moved
from safepassage.apps.policy.selectors import overrides_on, overrides_waiting, policies_unsigned
from safepassage.apps.registry.seen import LIST_WITHDRAWN, alarms_seen, reviews_seen
from safepassage.core.ledger import EventKind, LedgerState, Stage, reconcile

ALARMS: dict[str, str | Promise] = {
    "admitted-twice": _("admitted twice: a copied pass, or one person at two points"),
    "seen-after-death": _("seen after a reported death"),
    "turned-away-inside": _("turned away after having been admitted"),
    "handover-not-offered": _("a hand-over accepted that nobody offered"),
    "not-responsible": _("a team handed over people it did not answer for"),
    "taken-without-handover": _("people taken over without a hand-over"),
    "never-assigned": _("events about an id that was never assigned here"),
    "redirect-circle": _("merged ids that lead in a circle"),
    "nonce-reused": _("one device wrote two events under one number"),
    "annuls-nothing": _("a correction of an event that is not here"),
    "revoked-pass-used": _("a revoked pass was used"),
    "after-revocation": _("a withdrawn device went on writing"),
    "late": _("events that arrived late"),
    "other-point": _("events of a device that name another point than the one for which it was invited"),
    "clock-ahead": _("events from a device whose clock runs ahead"),
    "empty": _("events without content"),
    "two-sexes": _("people with two sexes stated"),
    "two-valid-passports": _("people with two valid passports"),
    "births-far-apart": _("people with birth dates far apart"),
    "judgements-contradict": _("judgements that contradict each other"),
    "kept-apart-linked": _("people to be kept apart who are linked all the same"),
    "judged-listing-missing": _("judgements about rows that are gone: what they said was erased"),
    LIST_WITHDRAWN: _(
        "judgements about rows of a list that was withdrawn: they rest, and hold again once it is put back"
    ),
}
"""What contradicts, by its code, as the reader's language says it."""
_GRAVE_CODES = frozenset({"admitted-twice", "seen-after-death", "revoked-pass-used", "after-revocation"})
_WEIGHT = {GRAVE: 0, WATCH: 1, NOTE: 2}


def alarms_now(state: LedgerState, *, now: datetime, account: str = "") -> list[Alarm]:
    """Everything that waits for somebody, the gravest first, and within that the most numerous.

    Questions and contradictions as far as the account may know of whom they are about: as its own queue counts them.
    """
    found = [
        *_people(state, account),
        *_contradictions(state),
        *_gate(now),
        *_desk(now),
        *_identity(account),
        _unborne(),
        _damage(),  # last: what the others have met counts
    ]
    return _gravest_first(found)


def alarms_then(state: LedgerState) -> list[Alarm]:
    """What the events alone tell of a moment in the past: what waited at a desk or a device then is not on record."""
    return _gravest_first([*_lost(state), *_convoys(state), *_misheld(state), _differing(len(reconcile(state)))])


def _gravest_first(found: Iterable[Alarm]) -> list[Alarm]:
    return sorted((one for one in found if one.number), key=lambda one: (_WEIGHT[one.level], -one.number, one.text))


def _word(code: str) -> str:
    return str(ALARMS.get(code, code))


def _people(state: LedgerState, account: str) -> Iterator[Alarm]:
    yield from _lost(state)
    yield from _convoys(state)
    yield _left_without(state)
    yield from party_alarms(account)


def _lost(state: LedgerState) -> Iterator[Alarm]:
    """People who are missing, held, watched, or whom no team has accepted yet."""
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
    watched = len(state.by_kind.get(EventKind.WATCHED_SIGNALLED, ()))
    yield Alarm(
        GRAVE,
        ngettext(
            "party signalled that it is being watched", "parties signalled that they are being watched", watched
        ),
        watched,
        "console:gate",
    )
    waiting = sum(person.offered_to is not None for person in state.people.values())
    yield Alarm(
        WATCH,
        ngettext("person waits for a team to accept them", "people wait for a team to accept them", waiting),
        waiting,
    )


def _convoys(state: LedgerState) -> Iterator[Alarm]:
    """Buses that a checkpoint holds or sent back, and those that it let through with fewer people."""
    found = convoys_in_trouble(state)
    held, fewer = len(found.held), len(found.fewer)
    text = ngettext("convoy is stopped or turned back", "convoys are stopped or turned back", held)
    yield Alarm(GRAVE, text, held, "console:gate")
    text = ngettext(
        "convoy came through with fewer people: find out who is missing",
        "convoys came through with fewer people: find out who is missing",
        fewer,
    )
    yield Alarm(GRAVE, text, fewer, "console:gate")


def _left_without(state: LedgerState) -> Alarm:
    """People whose bus or flight has left without them, as far as anybody has seen."""
    number = len(people_not_aboard(state))
    text = ngettext(
        "person was not aboard when their bus or flight left: find out where they are",
        "people were not aboard when their bus or flight left: find out where they are",
        number,
    )
    return Alarm(WATCH, text, number, "console:gate")


def _misheld(state: LedgerState) -> Iterator[Alarm]:
    """Events that contradict one another."""
    for code, number in Counter(alarm.code for alarm in state.alarms).items():
        yield Alarm(GRAVE if code in _GRAVE_CODES else WATCH, _word(code), number, "console:gate")


def _differing(number: int) -> Alarm:
    text = ngettext("head count differs from the events", "head counts differ from the events", number)
    return Alarm(WATCH, text, number, "console:gate")


def _contradictions(state: LedgerState) -> Iterator[Alarm]:
    yield from _misheld(state)
    aside = len(rows_set_aside())
    text = ngettext(
        "row of the record is damaged and counts for nothing: `safepassage gate check` says which",
        "rows of the record are damaged and count for nothing: `safepassage gate check` says which",
        aside,
    )
    yield Alarm(GRAVE, text, aside, "console:gate")
    yield _differing(len(discrepancies_now()))
    for code, number in flags_now().items():
        if code == "clock-ahead":
            continue  # the ledger's own alarm says it
        yield Alarm(WATCH if code == "other-point" else NOTE, _word(code), number, "console:gate")


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
    together = len(founders_together())
    text = ngettext(
        "account of the founding was taken up where the other was made: its holder confirms who they are",
        "accounts of the founding were taken up where the other was made: their holders confirm who they are",
        together,
    )
    yield Alarm(WATCH, text, together, "console:vouching")
    withdrawn = len(accounts_withdrawn())
    text = ngettext(
        "officer lost their account or a role by one person", "officers lost their account or a role by one person",
        withdrawn,
    )  # fmt: skip
    yield Alarm(WATCH, text, withdrawn, "console:vouching")
    moved = parties_moved()
    text = ngettext(
        "party was put together anew since the policy was applied: apply it again, its tier is of before",
        "parties were put together anew since the policy was applied: apply it again, their tiers are of before",
        moved,
    )
    yield Alarm(WATCH, text, moved, "console:policy")


def _identity(account: str) -> Iterator[Alarm]:
    questions = reviews_seen(account).count()
    text = ngettext(
        "question about who is whom waits for a person", "questions about who is whom wait for a person", questions
    )
    yield Alarm(NOTE, text, questions, "console:reviews")
    for code, number in Counter(str(alarm["code"]) for alarm in alarms_seen(account)).items():
        yield Alarm(NOTE if code == LIST_WITHDRAWN else WATCH, _word(code), number, "console:reviews")


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
