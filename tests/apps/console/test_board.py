"""The board: the river's arithmetic, and what waits for somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures.river import HEIGHT, draw_river
from safepassage.apps.ledger.services import event_append
from safepassage.core.ledger import EventKind, LedgerState, Stage, fold
from tests.apps.console.conftest import BEGAN
from tests.apps.ledger.test_set_aside import forget_state, nonsense, rows
from tests.core.ledger.scribe import KARIM, LAILA, OMID, TESTANIS, Scribe


def test_everyone_who_got_further_is_counted_at_each_stage_before() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA, OMID)
    scribe.seen(EventKind.PERSONS_ADMITTED, KARIM, point="gate-1")
    river = draw_river(fold(scribe.events))
    at = {station.stage: station for station in river.stations}
    assert (at[Stage.KNOWN].now, at[Stage.KNOWN].reached) == (2, 3)
    assert (at[Stage.BOOKED].now, at[Stage.BOOKED].reached) == (0, 1)
    assert at[Stage.ADMITTED].now == 1
    assert at[Stage.BOARDED].reached == 0
    assert river.people == 3


def test_who_stands_beside_the_corridor_is_shown_there_and_the_sum_holds() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA)
    scribe.write(EventKind.PERSONS_MISSING, (KARIM,), owner="desk-1")
    river = draw_river(fold(scribe.events))
    assert {one.stage: one.now for one in river.beside}[Stage.MISSING] == 1
    assert sum(one.now for one in (*river.stations, *river.beside)) == river.people == 2


def test_the_bands_of_tiers_fill_the_river_where_it_begins() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA)
    (band,) = draw_river(fold(scribe.events)).bands
    assert band.tier == 0
    assert band.outline.startswith("M100 0.0")
    assert f"{HEIGHT:.1f}Z" in band.outline


def test_a_river_without_people_has_no_bands() -> None:
    assert draw_river(LedgerState()).bands == ()


def test_a_missing_person_is_the_first_thing_on_the_board(signed_in) -> None:
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,), (LAILA,))}, now=BEGAN)
    event_append(kind=EventKind.PERSONS_MISSING, body={"owner": "desk-1", "rows": ((KARIM,),)}, now=BEGAN)
    page = signed_in(Role.REPORTER).get("/").text
    assert page.index("person is missing") < page.index("In force")
    assert '<li class="bad">' in page


def test_the_board_refreshes_without_its_frame(signed_in) -> None:
    event_append(
        kind=EventKind.PERSONS_BOOKED, body={"plan": "plan-1", "rows": ((KARIM, TESTANIS, "bus-1"),)}, now=BEGAN
    )
    part = signed_in(Role.GATE_OFFICER).get("/board/live/").text
    assert "<html" not in part
    assert "1 got here" in part


def test_the_wall_screen_has_no_navigation_to_click(signed_in) -> None:
    assert 'class="wall"' in signed_in(Role.GATE_OFFICER).get("/?wall").text


def test_an_operation_of_the_past_is_shown_as_of_its_last_event(signed_in) -> None:
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,), (LAILA,))}, now=BEGAN)
    client = signed_in(Role.REPORTER)
    page = client.get("/").text
    assert "as of its last event, 20 Aug 2021" in page
    assert 'href="?at=now"' in page
    now = client.get("/?at=now").text
    assert "its last event was on 20 Aug 2021" in now
    assert "board/live/?at=now" in now


def test_the_board_of_an_operation_that_goes_on_is_as_of_now(signed_in) -> None:
    began = timezone.now() - timedelta(hours=3)
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,),)}, now=began)
    assert "lies in the past" not in signed_in(Role.REPORTER).get("/").text


@pytest.mark.parametrize(
    ("missing", "said"), [((KARIM,), "person is missing"), ((KARIM, LAILA), "people are missing")]
)
def test_one_is_a_person_and_two_are_people(missing, said, signed_in) -> None:
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,), (LAILA,))}, now=BEGAN)
    rows = tuple((one,) for one in missing)
    event_append(kind=EventKind.PERSONS_MISSING, body={"owner": "desk-1", "rows": rows}, now=BEGAN)
    assert said in signed_in(Role.REPORTER).get("/").text


def test_damaged_rows_of_the_record_stop_no_page_and_are_the_gravest_alarm(signed_in) -> None:
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,),)}, now=BEGAN)
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((LAILA,),)}, now=BEGAN)
    nonsense(rows()[-1].position)
    forget_state()
    client = signed_in(Role.ADMINISTRATOR)
    assert "row of the record is damaged" in client.get("/").text
    for page in ("/counts/", "/gate/"):
        assert client.get(page).status_code in (200, 403)


def test_whoever_is_booked_without_a_call_was_not_called() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA)
    for person in (KARIM, LAILA):
        scribe.write(EventKind.PERSONS_BOOKED, (person, TESTANIS, "bus-1"), plan="PL-1")
    scribe.seen(EventKind.PERSONS_CALLED, KARIM)
    at = {station.stage: station for station in draw_river(fold(scribe.events)).stations}
    assert (at[Stage.CALLED].reached, at[Stage.BOOKED].reached, at[Stage.ELIGIBLE].reached) == (1, 2, 2)


def test_the_river_does_not_shrink_when_a_policy_or_a_plan_takes_something_back() -> None:
    scribe = Scribe()
    scribe.assigned(KARIM, LAILA)
    scribe.write(EventKind.PERSONS_IDENTIFIED, (KARIM,), (LAILA,))
    given = {"policy": "neo", "version": 1}
    scribe.write(
        EventKind.STANDINGS_GIVEN, (KARIM, TESTANIS, "siv", 1, 1), (LAILA, TESTANIS, "dependent", 1, 1), **given
    )
    scribe.write(EventKind.PERSONS_BOOKED, (KARIM, TESTANIS, "bus-1"), plan="PL-1")
    before = [one.reached for one in draw_river(fold(scribe.events)).stations]
    assert before[: Stage.BOOKED.place + 1] == [2, 2, 2, 0, 1]
    none = {"policy": "neo", "version": 2}
    scribe.write(EventKind.STANDINGS_GIVEN, (KARIM, TESTANIS, "none", 0, 0), (LAILA, TESTANIS, "none", 0, 0), **none)
    scribe.write(EventKind.PERSONS_UNBOOKED, (KARIM, TESTANIS, "bus-1"), reason="plan-changed")
    river = draw_river(fold(scribe.events))
    assert [one.reached for one in river.stations] == before
    assert {one.stage: one.now for one in river.beside}[Stage.NOT_ELIGIBLE] == 2, "where they are now is told beside"
