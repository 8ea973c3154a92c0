"""Where to be and when: pass, call, sheet and page say the same, in the reader's language, and name nobody."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.movement.bookings import BookingLine, booking_line, bookings_lines
from safepassage.apps.outreach import pass_sheets
from safepassage.apps.outreach.directions import directions_of
from safepassage.apps.outreach.pass_sheets import languages_not_printed, passes_print, passes_table
from safepassage.apps.outreach.selectors import texts_all
from safepassage.apps.outreach.services import message_write, text_approve, texts_load
from safepassage.apps.outreach.sheets import call_sheet_make
from safepassage.apps.passes.selectors import pass_by_id
from safepassage.apps.passes.services import passes_issue_due
from safepassage.core.errors import ForbiddenError, NotFoundError
from tests.make import NOW, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
AFTERNOON = datetime(2021, 8, 24, 9, 30, tzinfo=UTC)
"""14:00 in Kabul, Tuesday, the 2nd of Sunbula 1400."""
LINE = BookingLine(
    party="PT-ONE",
    persons=("P-1", "P-2"),
    legs=("bus-1",),
    access_point="access-1",
    route="bus-1",
    window_start=AFTERNOON + timedelta(hours=1),
    window_end=AFTERNOON + timedelta(hours=2),
    gather_at="Old school",
    report_at=AFTERNOON - timedelta(minutes=30),
    access_name="North gate",
    departs=AFTERNOON,
    vehicle="KBL 1234",
)


def told(line=LINE, **how):
    return directions_of(line, zone=operation_now().zone, **how)


def approve_all():
    texts_load()
    for text in texts_all():
        text_approve(code=text.code, language=text.language, account="liaison-1", now=NOW)


def test_a_booking_is_told_by_the_operations_clock_with_the_half_hour_of_grace_at_the_gate():
    said = told()
    assert (said.place, said.day, said.hour) == ("Old school", "Tue 24 Aug", "13:30")
    assert (said.departs, said.plate) == ("14:00", "KBL 1234")
    assert (said.gate, said.begins, said.ends, said.heads) == ("North gate", "14:30", "16:30", 2)


@pytest.mark.parametrize(
    ("language", "day"),
    [("fa-af", "سه‌شنبه 2 سنبله (24 اگست)"), ("ps", "سه‌شنبه 2 وږی (24 اګست)"), ("en", "Tue 24 Aug")],
)
def test_a_day_is_told_by_the_calendar_of_whoever_reads(language, day):
    assert told(language=language).day == day


def test_an_hour_of_another_day_says_which():
    night = BookingLine(
        **{**{name: getattr(LINE, name) for name in LINE.__slots__}, "window_end": AFTERNOON + timedelta(hours=12)}
    )
    assert told(night).ends == "Wed 25 Aug 02:30"


def test_pass_and_call_sheet_and_message_say_the_same_hours(
    tmp_path, now, monkeypatch, django_capture_on_commit_callbacks
):
    with_bookings(tmp_path)
    sheets = []
    monkeypatch.setattr(pass_sheets, "print_passes", lambda made, **_how: sheets.extend(made) or b"%PDF")
    approve_all()
    issued = passes_issue_due(account="planner-1", now=NOW)
    passes_print(issued)
    rows = list(csv.DictReader(io.StringIO(passes_table(issued).decode("utf-8-sig"))))
    content = call_sheet_make(account="planner-1", now=now, booked_only=True)
    _, _, header, *called = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    called = {row[0]: dict(zip(header, row, strict=True)) for row in called}
    for one, sheet, row in zip(issued, sheets, rows, strict=True):
        record = pass_by_id(one.id)
        said = told(booking_line(record.party))
        zone = operation_now().zone
        begins, ends = (f"{moment.astimezone(zone):%H:%M}" for moment in (record.window_start, record.window_end))
        assert (said.begins, said.ends) == (begins, ends), "what is told is what the gate checks"
        english = next(saying.text for saying in sheet.directions if saying.language == "en")
        with django_capture_on_commit_callbacks(execute=True):
            message = message_write(party=record.party, code="call", language="en", now=now, folder=tmp_path)
        sent = (tmp_path / message.file_name).read_text(encoding="utf-8")
        on_sheet = called[record.party]
        for text in (english, sent):
            for value in (said.place, said.day, said.hour, said.departs, said.gate, said.begins, said.ends):
                assert value in text.replace("\u2068", "").replace("\u2069", ""), (value, text)
        assert (on_sheet["Gather at"], on_sheet["Be there by"]) == (said.place, said.when)
        assert on_sheet["Gate, from to"] == f"{said.gate}, {said.begins} to {said.ends}"
        assert (row["gather at"], row["be there by"], row["gate"]) == (said.place, said.when, said.gate)
        assert (sheet.place, sheet.when) == (said.place, f"{said.day} {said.hour}")


def test_a_pass_speaks_three_languages_once_somebody_stands_behind_each(tmp_path, monkeypatch):
    with_bookings(tmp_path)
    sheets = []
    monkeypatch.setattr(pass_sheets, "print_passes", lambda made, **_how: sheets.extend(made) or b"%PDF")
    issued = passes_issue_due(account="planner-1", now=NOW)
    passes_print(issued)
    assert {saying.language for saying in sheets[0].directions} == {"en"}
    assert languages_not_printed() == ["fa-af", "ps"]
    approve_all()
    sheets.clear()
    passes_print(issued)
    for sayings in (sheets[0].directions, sheets[0].carry, sheets[0].learn, sheets[0].about_codes):
        assert [saying.language for saying in sayings] == ["fa-af", "ps", "en"]
    assert languages_not_printed() == []
    assert all("$" not in saying.text for saying in sheets[0].directions)


def test_no_part_of_a_pass_tells_a_name_a_document_or_a_phone(tmp_path, monkeypatch):
    from safepassage.apps.registry.selectors import persons_now

    with_bookings(tmp_path)
    approve_all()
    sheets = []
    monkeypatch.setattr(pass_sheets, "print_passes", lambda made, **_how: sheets.extend(made) or b"%PDF")
    passes_print(passes_issue_due(account="planner-1", now=NOW))
    whole = "\n".join(repr(sheet) for sheet in sheets)
    secret = {
        part
        for person in persons_now().values()
        for part in (person.id, person.name, *person.phones, *(one.number for one in person.documents))
        if part
    }
    assert secret
    assert [part for part in secret if part in whole] == []
    assert [line.party for line in bookings_lines() if line.party in whole] == []


def test_what_is_not_known_leaves_its_line_out(tmp_path, django_capture_on_commit_callbacks):
    with_bookings(tmp_path)
    texts_load()
    party = bookings_lines()[0].party
    with django_capture_on_commit_callbacks(execute=True):
        message = message_write(party=party, code="pass", language="en", now=NOW, folder=tmp_path)
    text = (tmp_path / message.file_name).read_text(encoding="utf-8")
    assert "Departure" in text
    assert "plate" not in text, "this bus has none"


def test_a_place_is_told_to_nobody_who_has_none():
    texts_load()
    with pytest.raises(NotFoundError):
        message_write(party="PT-ONE", code="call", language="en", now=NOW)


def test_a_text_with_a_blank_that_nothing_fills_is_refused():
    texts_load()
    with pytest.raises(ForbiddenError, match="blank"):
        text_approve(code="pass", language="ps", account="liaison-1", now=NOW, text="Be at $plce on $day.")


def test_a_text_nobody_stands_behind_follows_the_program_and_one_that_was_approved_stays():
    texts_load()
    text_approve(code="call", language="ps", account="liaison-1", now=NOW, text="Salaam")
    for text in texts_all():
        if text.code == "call" and text.language != "ps":
            text.text = "of an older version"
            text.save()
    assert texts_load() == 2
    kept = {text.language: text.text for text in texts_all() if text.code == "call"}
    assert kept["ps"] == "Salaam"
    assert "older" not in kept["en"] + kept["fa-af"]
