"""Which convoys somebody has to see to."""

from __future__ import annotations

import pytest

from safepassage.apps.gate.convoys import convoys_in_trouble
from safepassage.apps.outreach.alarms import GRAVE, alarms_then
from safepassage.core.ledger import EventKind, fold
from tests.core.ledger.scribe import KARIM, Scribe


def reported(*states: str) -> Scribe:
    scribe = Scribe()
    scribe.assigned(KARIM)
    for state in states:
        scribe.write(EventKind.CONVOY_REPORTED, leg="blue-bus", state=state)
    return scribe


@pytest.mark.parametrize(
    ("states", "held", "fewer"),
    [
        (("stopped",), 1, 0),
        (("turned-back",), 1, 0),
        (("stopped", "stopped"), 1, 0),
        (("stopped", "let-through"), 0, 0),
        (("let-through",), 0, 0),
        (("stopped", "let-through-with-fewer"), 0, 1),
        (("let-through-with-fewer", "let-through"), 0, 1),
        (("let-through-with-fewer", "stopped"), 1, 1),
    ],
)
def test_held_up_ends_when_it_is_let_through_and_fewer_does_not(states, held, fewer) -> None:
    found = convoys_in_trouble(fold(reported(*states).events))
    assert (len(found.held), len(found.fewer)) == (held, fewer)


def test_fewer_ends_when_the_missing_are_named_with_an_owner() -> None:
    scribe = reported("let-through-with-fewer")
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="green-bus", owner="desk-1")
    assert convoys_in_trouble(fold(scribe.events)).fewer == ("blue-bus",)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="desk-1")
    assert convoys_in_trouble(fold(scribe.events)).fewer == ()


def test_who_was_named_before_the_report_answers_nothing() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="desk-1")
    scribe.write(EventKind.CONVOY_REPORTED, leg="blue-bus", state="let-through-with-fewer")
    assert convoys_in_trouble(fold(scribe.events)).fewer == ("blue-bus",)


def test_a_report_that_was_undone_counts_for_nothing() -> None:
    scribe = reported("stopped")
    scribe.write(EventKind.ANNULLED, event=scribe.events[-1].id, reason="mistake")
    assert convoys_in_trouble(fold(scribe.events)).held == ()


def test_the_board_says_so_as_something_grave() -> None:
    lines = alarms_then(fold(reported("stopped", "let-through-with-fewer").events))
    assert [(one.level, one.number, one.place) for one in lines if "convoy" in one.text] == [
        (GRAVE, 1, "console:gate")
    ]
