"""Counts: everyone in one cell, as of any moment, and exports that leave a trace."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures.counts import lay_out, neighbours, time_span
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import event_append
from safepassage.core.ledger import UNKNOWN, CountRow, EventKind, Stage
from safepassage.core.ledger.clock import to_milliseconds
from tests.apps.console.conftest import BEGAN
from tests.core.ledger.scribe import KARIM, LAILA, TESTANIS
from tests.make import EVERYONE, resolved, taken_in

LATER = BEGAN + timedelta(hours=5)


@pytest.fixture
def two_people(operation) -> None:
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,), (LAILA,))}, now=BEGAN)
    event_append(kind=EventKind.PERSONS_ADMITTED, body={"point": "gate-1", "rows": ((KARIM, TESTANIS),)}, now=LATER)


def test_lines_and_columns_add_up_to_the_people_known() -> None:
    rows = (
        CountRow("citizen", Stage.ADMITTED, 3, 3),
        CountRow("citizen", Stage.BOOKED, 2, 0),
        CountRow(UNKNOWN, Stage.BOOKED, 4, 1),
    )
    table = lay_out(rows)
    assert table.stages == (Stage.BOOKED, Stage.ADMITTED)
    assert [cell.people for cell in table.sums] == [6, 3]
    assert (table.total.people, table.total.seen, table.total.declared) == (9, 4, 5)
    assert sum(total.people for _, _, total in table.lines) == table.total.people


def test_the_slider_reaches_from_the_first_event_to_the_last(two_people) -> None:
    span = time_span(None)
    assert span is not None
    assert span.begin <= to_milliseconds(BEGAN)
    assert span.end >= to_milliseconds(LATER)
    assert (span.end - span.begin) % span.step == 0
    assert span.is_latest


def test_a_moment_outside_the_operation_is_brought_into_it(two_people) -> None:
    early, late = time_span(0), time_span(10**15)
    assert early is not None
    assert late is not None
    assert early.at == early.begin
    assert late.at == late.end


def test_one_press_leads_to_the_event_before(two_people) -> None:
    span = time_span(None)
    assert span is not None
    before, after = neighbours(span.at)
    assert before == to_milliseconds(BEGAN) + 60_000
    assert after is None or after >= span.at


def test_as_of_a_moment_in_the_past_nobody_is_admitted_yet(two_people, signed_in) -> None:
    client = signed_in(Role.REPORTER)
    assert "admitted" in client.get("/counts/").text
    past = client.get(
        "/counts/", {"at": to_milliseconds(BEGAN + timedelta(hours=1))}, headers={"HX-Target": "counts"}
    )
    assert "<html" not in past.text
    assert "admitted" not in past.text
    assert re.search(r'<tr class="unknown">.*?<b>2</b>', past.text, re.DOTALL)


def test_why_people_are_unknown_stands_under_the_table_with_the_page_that_mends_it(two_people, signed_in) -> None:
    page = signed_in(Role.ADJUDICATOR, Role.REPORTER, Role.SUPERVISOR, Role.INTAKE_CLERK).get("/counts/").text
    why = page[page.index('id="unknown-title"') :]
    assert re.search(
        r"<b>2</b> met at a point, and on no list.*?href=\"/lists/\">Take the walk-in slips", why, re.DOTALL
    )
    reader = signed_in(Role.REPORTER).get("/counts/").text
    assert "Take the walk-in slips" in reader
    assert 'href="/lists/"' not in reader


def test_nonsense_for_a_moment_is_now(two_people, signed_in) -> None:
    assert "everything known" in signed_in(Role.REPORTER).get("/counts/?at=yesterday").text


@pytest.mark.parametrize(
    ("form", "begins"),
    [("hxl.csv", b"\xef\xbb\xbfOperation"), ("report.pdf", b"%PDF"), ("report.html", b"<!doctype")],
)
def test_an_export_is_a_file_and_an_event(two_people, signed_in, form: str, begins: bytes) -> None:
    response = signed_in(Role.REPORTER).post(f"/counts/export/{form}", {"at": to_milliseconds(LATER)})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response.content[: len(begins)].lower() == begins.lower()
    assert EventKind.EXPORT_MADE in {event.kind for event in state_now().events.values()}


def test_an_unknown_form_of_report_is_told_in_words(two_people, signed_in) -> None:
    response = signed_in(Role.REPORTER).post("/counts/export/report.docx")
    assert response.status_code == 404
    assert "Take hxl.csv" in response.text


def test_before_the_first_event_the_page_says_what_to_do(signed_in) -> None:
    assert "Take in a list first" in signed_in(Role.REPORTER).get("/counts/").text


def test_counts_of_now_say_how_many_are_likely_counted_twice(operation, signed_in, tmp_path) -> None:
    taken_in(tmp_path, EVERYONE)
    taken_in(tmp_path, (("B", "Yusof Beispiel", "", "", "M", "", "", "", "", ""),), source="NGO list")
    resolved()
    client = signed_in(Role.SUPERVISOR)
    said = "About 1 of these people is likely listed elsewhere too"
    assert said in client.get("/counts/").text
    before = time_span(None)
    assert before is not None
    assert said not in client.get("/counts/", {"at": str(before.begin)}).text, "of the past it is not known"
