"""What the board says of parties: whom to ask, who is not whole, whom a call endangers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from safepassage.apps.movement.short import booked_asked_about, parties_short
from safepassage.apps.outreach.alarm import GRAVE, NOTE, WATCH, Alarm
from safepassage.apps.outreach.contact import contact_warnings_booked
from safepassage.apps.policy.selectors import standings_unsettled
from safepassage.apps.registry.selectors import flags_counted
from safepassage.core.identity import PartyFlag


def party_alarms(account: str) -> Iterator[Alarm]:
    """Parties that somebody has to ask about, that are not whole, or that a call would endanger."""
    yield from _asked()
    yield from _whole(account)
    yield from _contact()


def _whole(account: str) -> Iterator[Alarm]:
    """Booked parties of whom somebody has no seat, or to whom others may belong."""
    short = len(parties_short())
    text = ngettext(
        "booked party has a member without a seat: plan again",
        "booked parties have a member without a seat: plan again",
        short,
    )
    yield Alarm(GRAVE, text, short, "console:parties")
    asked = len(booked_asked_about(account))
    text = ngettext(
        "booked party may be a part of a larger family: answer the question before they travel",
        "booked parties may be parts of larger families: answer the questions before they travel",
        asked,
    )
    yield Alarm(WATCH, text, asked, "console:reviews")


def _asked() -> Iterator[Alarm]:
    """Parties of whom something is to be asked."""
    flagged = flags_counted(PartyFlag.MINOR_WITHOUT_ADULT, PartyFlag.MORE_STATED)
    children, larger = flagged[PartyFlag.MINOR_WITHOUT_ADULT], flagged[PartyFlag.MORE_STATED]
    yield Alarm(
        WATCH,
        ngettext(
            "party with a child and no confirmed adult", "parties with a child and no confirmed adult", children
        ),
        children,
        "console:parties",
    )
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
    asked = standings_unsettled().count()
    yield Alarm(
        NOTE,
        ngettext(
            "party in a tier keeps a seat for somebody of whom a fact is missing: ask it",
            "parties in a tier keep a seat for somebody of whom a fact is missing: ask it",
            asked,
        ),
        asked,
        "console:parties",
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
