"""Which convoys somebody has to see to."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.convoys import convoy_missing, convoys_in_trouble, missing_cases
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.outreach.alarms import GRAVE, alarms_then
from safepassage.cli import app
from safepassage.core.errors import ForbiddenError, ProblemsError
from safepassage.core.ledger import EventKind, Stage, fold, state_at
from tests.core.ledger.scribe import KARIM, LAILA, OMID, TESTANIS, Scribe, minute
from tests.make import an_officer


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


def lacking(expected: int, heads: int, *before: str) -> Scribe:
    """A leg with a closed manifest that came through with fewer; these were cases of it before."""
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA, OMID)
    scribe.write(EventKind.MANIFEST_CLOSED, leg="blue-bus", version=1, digest="0" * 64, heads=expected)
    for person in before:
        scribe.write(EventKind.PERSONS_MISSING, (person,), leg="blue-bus", owner="desk-1")
    scribe.write(EventKind.CONVOY_REPORTED, leg="blue-bus", state="let-through-with-fewer", heads=heads)
    return scribe


def is_fewer(scribe: Scribe) -> bool:
    return bool(convoys_in_trouble(fold(scribe.events)).fewer)


def test_fewer_ends_when_as_many_as_are_lacking_were_named() -> None:
    scribe = lacking(50, 48)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="desk-1")
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="search")
    assert is_fewer(scribe)
    scribe.write(EventKind.PERSONS_MISSING, (LAILA,), leg="blue-bus", owner="desk-1")
    assert not is_fewer(scribe)


def test_a_case_handed_over_answers_nothing_and_its_person_is_not_expected() -> None:
    scribe = lacking(50, 48, KARIM)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="search")
    assert is_fewer(scribe)
    scribe.write(EventKind.PERSONS_MISSING, (LAILA,), leg="blue-bus", owner="search")
    assert not is_fewer(scribe)


@pytest.mark.parametrize("again", [EventKind.PERSONS_FOUND, EventKind.PERSONS_BOARDED])
def test_whoever_was_found_or_seen_and_is_missing_again_is_newly_named(again: EventKind) -> None:
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="green-bus", owner="desk-1")
    body = {"leg": "blue-bus"} if again is EventKind.PERSONS_BOARDED else {}
    row = (KARIM, TESTANIS) if again is EventKind.PERSONS_BOARDED else (KARIM,)
    scribe.write(again, row, **body)
    scribe.write(EventKind.CONVOY_REPORTED, leg="blue-bus", state="let-through-with-fewer")
    assert is_fewer(scribe)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="desk-1")
    assert not is_fewer(scribe)


@pytest.mark.parametrize(("named", "counted", "open_still"), [(0, 49, 1), (0, 50, 0), (1, 48, 1), (1, 49, 0)])
def test_a_later_count_of_heads_ends_it_only_if_nobody_is_lacking(named, counted, open_still) -> None:
    scribe = lacking(50, 47)
    for person in (KARIM,)[:named]:
        scribe.write(EventKind.PERSONS_MISSING, (person,), leg="blue-bus", owner="desk-1")
    scribe.write(EventKind.HEADS_COUNTED, leg="green-bus", count=60, owner="desk-1")
    scribe.write(EventKind.HEADS_COUNTED, leg="blue-bus", count=counted, owner="desk-1")
    assert is_fewer(scribe) == bool(open_still)


def test_of_a_leg_that_left_with_seats_empty_the_count_at_departure_is_expected() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM)
    scribe.write(EventKind.MANIFEST_CLOSED, leg="blue-bus", version=1, digest="0" * 64, heads=50)
    scribe.write(EventKind.HEADS_COUNTED, leg="blue-bus", count=45, owner="desk-1", method="at-departure")
    scribe.write(EventKind.CONVOY_REPORTED, leg="blue-bus", state="let-through-with-fewer", heads=44)
    assert is_fewer(scribe)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="desk-1")
    assert not is_fewer(scribe)


def test_an_old_case_handed_over_after_departure_makes_nobody_less_expected() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="desk-1")
    scribe.write(EventKind.HEADS_COUNTED, leg="blue-bus", count=45, owner="desk-1", method="at-departure")
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), leg="blue-bus", owner="search")
    scribe.write(EventKind.CONVOY_REPORTED, leg="blue-bus", state="let-through-with-fewer", heads=43)
    scribe.write(EventKind.PERSONS_MISSING, (LAILA,), leg="blue-bus", owner="search")
    assert is_fewer(scribe)


def test_a_report_that_was_undone_counts_for_nothing() -> None:
    scribe = reported("stopped")
    scribe.write(EventKind.ANNULLED, event=scribe.events[-1].id, reason="mistake")
    assert convoys_in_trouble(fold(scribe.events)).held == ()


def test_the_board_says_so_as_something_grave() -> None:
    lines = alarms_then(fold(reported("stopped", "let-through-with-fewer").events))
    assert [(one.level, one.number, one.place) for one in lines if "convoy" in one.text] == [
        (GRAVE, 1, "console:gate")
    ]


def test_as_of_a_moment_later_reports_are_not_told_yet() -> None:
    scribe = reported("stopped")
    scribe.at(30).write(EventKind.CONVOY_REPORTED, leg="blue-bus", state="let-through")
    scribe.at(40).write(EventKind.CONVOY_REPORTED, leg="green-bus", state="turned-back")
    assert convoys_in_trouble(state_at(scribe.events, minute(20))).held == ("blue-bus",)
    assert convoys_in_trouble(state_at(scribe.events, minute(35))).held == ()
    assert convoys_in_trouble(fold(scribe.events)).held == ("green-bus",)


@pytest.mark.django_db
@pytest.mark.storage
class TestNamingTheMissing:
    @pytest.fixture(autouse=True)
    def bus(self, operation, now) -> None:
        event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,), (LAILA,))}, now=now)
        event_append(
            kind=EventKind.CONVOY_REPORTED, body={"leg": "blue-bus", "state": "let-through-with-fewer"}, now=now
        )

    def test_each_is_a_case_with_an_owner_and_the_convoy_is_settled(self, now) -> None:
        assert convoys_in_trouble(state_now()).fewer == ("blue-bus",)
        assert convoy_missing(leg="blue-bus", persons=[KARIM, LAILA], owner="liaison", account="desk", now=now) == 2
        assert convoys_in_trouble(state_now()).fewer == ()
        cases = missing_cases(state_now())
        assert {(one.person, one.leg, one.owner) for one in cases} == {
            (KARIM, "blue-bus", "liaison"),
            (LAILA, "blue-bus", "liaison"),
        }
        assert state_now().people[KARIM].stage is Stage.MISSING

    def test_another_owner_takes_the_case_and_whoever_is_found_is_none(self, now) -> None:
        convoy_missing(leg="blue-bus", persons=[KARIM, LAILA], owner="liaison", account="desk", now=now)
        convoy_missing(leg="blue-bus", persons=[LAILA], owner="search", account="desk", now=now)
        event_append(kind=EventKind.PERSONS_FOUND, body={"rows": ((KARIM,),)}, now=now)
        assert [(one.person, one.owner) for one in missing_cases(state_now())] == [(LAILA, "search")]

    def test_an_id_that_is_nobodys_is_said_and_nothing_is_noted(self, now) -> None:
        with pytest.raises(ProblemsError, match=OMID):
            convoy_missing(leg="blue-bus", persons=[KARIM, OMID], owner="liaison", account="desk", now=now)
        assert missing_cases(state_now()) == ()

    def test_nobody_is_missing_without_an_owner_or_by_an_account_that_may_not(self, now) -> None:
        an_officer("clerk-1", Role.INTAKE_CLERK)
        for owner, account in ((" ", "desk"), ("liaison", "clerk-1")):
            with pytest.raises(ForbiddenError):
                convoy_missing(leg="blue-bus", persons=[KARIM], owner=owner, account=account, now=now)
        assert missing_cases(state_now()) == ()

    def test_the_command_notes_and_lists_them(self, monkeypatch) -> None:
        monkeypatch.setattr("safepassage.cli.convoys.open_store", lambda _home: None)

        def run(*words: str) -> str:
            answer = CliRunner().invoke(app, ["gate", *words])
            assert answer.exit_code == 0, answer.output
            return answer.stdout

        assert json.loads(run("convoys", "--json"))["fewer"] == ["blue-bus"]
        run("missing", "blue-bus", KARIM, "--owner", "liaison")
        told = json.loads(run("convoys", "--json"))
        assert (told["fewer"], [one["person"] for one in told["missing"]]) == ([], [KARIM])
        assert KARIM in run("convoys")
