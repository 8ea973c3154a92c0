"""Reaching people: nothing a machine wrote goes out unapproved; nobody left behind is without a next step."""

from __future__ import annotations

import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.ledger.selectors import events_after, state_as_of, state_now
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.selectors import network_of_plan
from safepassage.apps.outreach.models import Call, Message, NextStep, PublicText
from safepassage.apps.outreach.reports import counts_csv, report_page, report_pdf
from safepassage.apps.outreach.selectors import call_lines, call_list_is_provisional, next_steps_open, texts_all
from safepassage.apps.outreach.services import (
    call_record,
    message_write,
    next_step_done,
    next_step_set,
    parties_call,
    phase_close,
    text_approve,
    texts_load,
)
from safepassage.apps.outreach.sheets import call_sheet_make
from safepassage.apps.policy.selectors import standings_now
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ledger import EventKind, Stage
from tests.make import EVERYONE, NOW, resolved, taken_in, with_bookings, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def events(kind: EventKind):
    return [event for event in events_after() if event.kind is kind]


@pytest.fixture
def machine_made(now) -> PublicText:
    texts_load()
    return next(text for text in texts_all() if text.is_machine_made)


def write(text: PublicText, folder):
    return message_write(party="PT-ONE", code=text.code, language=text.language, now=NOW, folder=folder)


def test_a_text_that_a_machine_wrote_is_not_sent_before_a_person_approved_it(
    machine_made, tmp_path, now, django_capture_on_commit_callbacks
):
    with pytest.raises(ForbiddenError):
        write(machine_made, tmp_path)
    assert not list(tmp_path.glob("*.txt"))
    assert not Message.objects.exists()
    text_approve(code=machine_made.code, language=machine_made.language, account="liaison-1", now=now, text="Salaam")
    (told,) = events(EventKind.TEXT_APPROVED)
    assert (told.body["text"], told.body["is_corrected"]) == (machine_made.code, 1)
    with django_capture_on_commit_callbacks(execute=True):
        message = write(machine_made, tmp_path)
    assert (tmp_path / message.file_name).read_text(encoding="utf-8") == "Salaam"


def test_our_own_english_may_be_sent_and_every_other_shipped_text_waits():
    texts_load()
    assert {text.language for text in texts_all() if text.may_be_sent} == {"en"}
    assert {text.language for text in texts_all() if not text.may_be_sent} >= {"fa-af", "ps"}


def test_texts_that_a_person_has_touched_stay_when_they_are_loaded_again(machine_made, now):
    text_approve(code=machine_made.code, language=machine_made.language, account="liaison-1", now=now, text="Salaam")
    assert texts_load() == 0
    assert PublicText.objects.get(pk=machine_made.pk).text == "Salaam"
    with pytest.raises(NotFoundError):
        text_approve(code="no-such-text", language="ps", account="liaison-1", now=now)


def test_the_call_list_is_in_policy_order_with_everyone_in_a_tier(tmp_path):
    with_standings(tmp_path)
    lines = call_lines()
    assert [line.party for line in lines] == [standing.party for standing in standings_now()]
    assert [line.heads for line in lines] == [3, 3, 1]
    assert all(line.phones for line in lines)
    assert call_lines(booked_only=True) == []
    assert not call_list_is_provisional()


def test_the_call_sheet_is_noted_as_an_export_of_peoples_data(tmp_path, now):
    with_standings(tmp_path)
    assert call_sheet_make(account="planner-1", now=now).startswith(b"PK")
    (event,) = events(EventKind.EXPORT_MADE)
    assert (event.body["what"], event.body["people"]) == ("call-sheet", 4), "and who may not come yet"
    assert AccessEntry.objects.count() == 4


def test_the_caller_is_told_the_place_and_the_time_of_gathering_before_the_bus_leaves(tmp_path, now):
    with_bookings(tmp_path)
    network = network_of_plan()
    (leg,) = network.legs
    place = next(point.name for point in network.points if point.id == leg.origin)
    content = call_sheet_make(account="planner-1", now=now, booked_only=True)
    _, about, header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert "Of plan PL-" in about[0]
    assert "planner" in about[0]
    where, when = header.index("Gather at"), header.index("Be there by")
    report_at = leg.departs - timedelta(minutes=leg.boarding_minutes)
    zone = ZoneInfo("Asia/Kabul")
    assert {row[where] for row in rows} == {place}
    assert {row[when] for row in rows} == {f"{report_at.astimezone(zone):%a %d %b %H:%M} (+0430)"}


def test_whoever_is_called_with_a_booking_counts_as_told(tmp_path, now):
    with_bookings(tmp_path)
    parties = [line.party for line in call_lines()]
    assert parties_call(parties=parties, account="planner-1", is_provisional=False, now=now) == len(EVERYONE)
    assert set(Booking.objects.values_list("told_at", flat=True)) == {now}
    (event,) = events(EventKind.PERSONS_CALLED)
    assert len(event.body["rows"]) == len(EVERYONE)
    assert parties_call(parties=[], account="planner-1", is_provisional=False, now=now) == 0


@pytest.mark.parametrize("outcome", [value for value in Call.Outcome.values if value != Call.Outcome.TO_DO])
def test_every_outcome_of_a_call_is_recorded_and_reaches_the_ledger(tmp_path, now, outcome):
    with_standings(tmp_path, EVERYONE[:4])
    party = call_lines()[0].party
    call_record(party=party, outcome=outcome, account="planner-1", now=now)
    assert call_lines()[0].outcome == outcome
    (event,) = events(EventKind.CALL_OUTCOMES)
    assert event.body["outcome"] == outcome


@pytest.mark.parametrize("outcome", ["to-do", "sent a pigeon", ""])
def test_anything_else_is_no_outcome(outcome, now):
    with pytest.raises(ForbiddenError):
        call_record(party="PT-ONE", outcome=outcome, account="planner-1", now=now)
    assert not Call.objects.exists()


def test_the_last_outcome_of_a_party_counts(tmp_path, now):
    with_standings(tmp_path, EVERYONE[:3])
    party = call_lines()[0].party
    call_record(party=party, outcome="reached", account="planner-1", now=now + timedelta(hours=1))
    call_record(party=party, outcome="no-answer", account="planner-1", now=now)
    assert call_lines()[0].outcome == "reached"


def test_the_close_of_a_phase_leaves_nobody_without_a_next_step_and_an_owner(tmp_path, now):
    with_bookings(tmp_path, seats=6)
    steps = phase_close(phase="phase-1", account="supervisor-1", owner="follow-on-1", now=now)
    people = state_now().people
    assert sum(steps.values()) == len(people) == len(EVERYONE)
    assert {one.stage for one in people.values()} == {Stage.LEFT_BEHIND}
    assert all(one.next_step for one in people.values())
    assert {step.party for step in next_steps_open()} == {standing.party for standing in standings_now()}
    assert {(step.owner, step.due_at > now) for step in next_steps_open()} == {("follow-on-1", True)}
    assert len(events(EventKind.PHASE_CLOSED)) == 1


def test_people_known_but_in_no_tier_are_not_forgotten(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    resolved()
    steps = phase_close(phase="phase-1", account="supervisor-1", owner="follow-on-1", now=now)
    assert sum(steps.values()) == len(EVERYONE)
    assert next_steps_open().count() == 3


def test_a_step_done_in_one_phase_opens_again_when_the_next_phase_leaves_the_party_behind(tmp_path, now):
    with_standings(tmp_path)
    phase_close(phase="phase-1", account="supervisor-1", owner="follow-on-1", now=now)
    NextStep.objects.update(done_at=now)
    assert not next_steps_open()
    phase_close(phase="phase-2", account="supervisor-1", owner="follow-on-2", now=now + timedelta(days=5))
    assert {step.owner for step in next_steps_open()} == {"follow-on-2"}
    assert next_steps_open().count() == 3


def test_a_next_step_given_by_hand_is_an_event_and_holds_as_of_any_moment(tmp_path, now):
    with_bookings(tmp_path)
    phase_close(phase="phase-1", account="supervisor-1", owner="follow-on-1", now=now)
    line = bookings_lines()[0]
    person = line.persons[0]
    later, done = now + timedelta(hours=1), now + timedelta(hours=2)
    by = {"account": "clerk-1", "due_at": now + timedelta(days=1)}
    next_step_set(party=line.party, step="rebook", owner="desk-1", now=later, **by)
    again = next_step_set(party=line.party, step="find-contact", owner="desk-2", now=later, **by)
    assert (again.step, again.done_at) == ("find-contact", None)
    assert NextStep.objects.filter(pk=line.party).count() == 1
    told = events(EventKind.NEXT_STEPS_SET)[-1]
    assert set(told.body["rows"]) == {(one, "find-contact", "desk-2") for one in line.persons}
    next_step_done(party=line.party, account="clerk-1", now=done)
    next_step_done(party=line.party, account="clerk-1", now=done)
    assert len(events(EventKind.NEXT_STEPS_DONE)) == 1
    shown = [(one.next_step, one.owner) for one in (state_as_of(at).people[person] for at in (now, later, done))]
    assert shown == [("rebook", "follow-on-1"), ("find-contact", "desk-2"), ("", "desk-2")]


def test_figures_that_leave_the_house_name_nobody_and_are_noted(tmp_path, now):
    with_bookings(tmp_path)
    page = report_page(as_of=now, account="reporter-1", now=now)
    assert f"As of {now.astimezone(ZoneInfo('Asia/Kabul')):%Y-%m-%d %H:%M} +0430" in page
    assert report_pdf(as_of=now, account="reporter-1", now=now).startswith(b"%PDF")
    table = counts_csv(as_of=now, account="reporter-1", now=now).decode()
    for row in EVERYONE:
        assert row[1] not in page
        assert row[1] not in table
    assert [event.body["what"] for event in events(EventKind.EXPORT_MADE)] == ["report", "report", "counts"]
