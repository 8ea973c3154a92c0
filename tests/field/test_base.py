"""A staging base takes people in, offline: by scan, code or slip; beds, the flight onward, who has no booking."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.core.ledger import EventKind
from tests.field.journey import BASE, COUPLE, SLIP, WALK_IN, arriving
from tests.field.officer import Looker, figures, hold_out, home, joined, tick, told, unlock
from tests.field.site import PAGE, PARTY, PERSONS, Site, pass_for_now

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(context: BrowserContext, site: Site) -> Page:
    arriving(site)
    phone = joined(context, site)
    phone.set_default_timeout(6000)
    expect(phone.get_by_label("Code, slip")).to_be_visible()
    return phone


def arrive(phone: Page, *places: int) -> None:
    tick(phone, *places)
    phone.get_by_role("button", name="They have arrived").click()


def test_it_holds_no_key_of_a_pass_and_says_who_is_here_and_how_many_beds(phone: Page):
    expect(phone.get_by_role("heading", name="Staging base: Base One")).to_be_visible()
    assert figures(phone) == ["1 here", "5 still to arrive", "4 beds", "3 free"]
    expect(phone.locator(".ages li")).to_have_count(1)


def test_a_party_arrives_by_its_pass_and_is_told_its_flight_onward(phone: Page, site: Site):
    hold_out(phone, pass_for_now().text)
    expect(phone.get_by_text("c17-2")).to_be_visible()
    phone.get_by_role("button", name="All are here").click()
    arrive(phone)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    expect(phone.get_by_text("c17-2")).to_be_visible()
    expect(phone.get_by_text("0 free / 4 beds")).to_be_visible()
    (come,) = told(site, phone, EventKind.PERSONS_ARRIVED)
    assert (come.code("point"), come.code("place"), come.code("leg")) == (BASE, "staging-base", "c17-1")
    assert come.rows == tuple((person, PARTY) for person in PERSONS)
    home(phone)
    assert figures(phone) == ["4 here", "2 still to arrive", "4 beds", "0 free"]


def test_whoever_went_aboard_and_does_not_come_off_is_asked_about_and_becomes_a_case(phone: Page, site: Site):
    hold_out(phone, pass_for_now().short_code)
    arrive(phone, 0, 1)
    expect(phone.locator("dialog").get_by_text("Person 3")).to_be_visible()
    phone.keyboard.press("Escape")
    assert told(site, phone, EventKind.PERSONS_ARRIVED) == []
    arrive(phone)
    phone.locator("dialog").get_by_role("button", name="They were aboard and did not come off").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (missing,) = told(site, phone, EventKind.PERSONS_MISSING)
    assert (missing.rows, missing.code("leg"), missing.code("owner")) == (
        ((PERSONS[2],),),
        "c17-1",
        "D-7ZK3M0Q2R9TX",
    )


def test_whoever_was_not_seen_aboard_is_left_open(phone: Page, site: Site):
    hold_out(phone, COUPLE[-4:])
    arrive(phone, 0)
    dialog = phone.locator("dialog")
    expect(dialog.get_by_role("button", name="They were aboard")).to_have_count(0)
    dialog.get_by_role("button", name="They come later").click()
    expect(phone.get_by_text("No onward flight is planned yet.")).to_be_visible()
    assert told(site, phone, EventKind.PERSONS_MISSING) == []


def test_a_walk_in_of_the_gate_arrives_by_the_slip_under_the_same_id(phone: Page, site: Site):
    hold_out(phone, SLIP.upper())
    arrive(phone, 0)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (come,) = told(site, phone, EventKind.PERSONS_ARRIVED)
    assert (come.rows, come.code("leg")) == ((("P-0000000000D1", WALK_IN),), "")


def test_whoever_has_no_booking_is_taken_in_and_has_a_bed(phone: Page, site: Site):
    hold_out(phone, "K-ANYTHING")
    expect(phone.get_by_text("No booking to this base is known for it.")).to_be_visible()
    phone.get_by_role("button", name="Without a booking").click()
    phone.get_by_role("group", name="adult, 18–59").get_by_role("button", name="female").click()
    phone.get_by_role("group", name="infant, under 2").get_by_role("button", name="female").click()
    phone.get_by_role("button", name="Take in and count").click()
    expect(phone.get_by_text("w-r9tx-001")).to_be_visible()
    (walk_in,) = told(site, phone, EventKind.WALK_INS)
    (come,) = told(site, phone, EventKind.PERSONS_ARRIVED)
    assert [row[0] for row in come.rows] == [row[0] for row in walk_in.rows]
    assert come.code("point") == BASE
    home(phone)
    assert figures(phone) == ["3 here", "5 still to arrive", "4 beds", "1 free"]


def test_more_people_than_beds_is_said_in_words(phone: Page):
    hold_out(phone, pass_for_now().text)
    arrive(phone, 0, 1, 2)
    home(phone)
    hold_out(phone, COUPLE[-4:])
    arrive(phone, 0, 1)
    home(phone)
    assert figures(phone)[3] == "-2 free"
    expect(phone.get_by_text("More people than beds")).to_be_visible()


def test_with_no_network_and_killed_it_knows_who_is_here(phone: Page, context: BrowserContext, site: Site):
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    hold_out(phone, pass_for_now().text)
    arrive(phone, 0, 1, 2)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    phone.close()
    again = context.new_page()
    again.goto(f"{site.address}/{PAGE}")
    unlock(again)
    assert figures(again) == ["4 here", "2 still to arrive", "4 beds", "0 free"]
    context.set_offline(False)
    again.get_by_role("button", name="Sync now").click()
    expect(again.get_by_text("0 waiting to be sent")).to_be_visible()
    assert figures(again) == ["4 here", "2 still to arrive", "4 beds", "0 free"]
    assert [event.kind for event in site.events] == [EventKind.PERSONS_ARRIVED]


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_every_screen_of_a_base_is_usable_by_everybody_at_360_pixels(phone: Page, language: str, tmp_path: Path):
    looker = Looker(phone, language, tmp_path, of="base")
    look, held_out = looker.look, looker.hold_out
    expect(phone.locator("nav button")).to_have_count(3)
    look("here")
    phone.locator("nav button").nth(1).click()
    expect(phone.locator(".choice")).to_have_count(2)
    look("due")
    phone.locator(".next").click()
    held_out("K-ANYTHING")
    expect(phone.locator(".banner")).to_be_visible()
    look("unknown")
    phone.locator(".next.main").click()
    expect(phone.locator(".band").first).to_be_visible()
    look("walk-in")
    phone.locator(".next").click()
    held_out(pass_for_now().text)
    expect(phone.locator("fieldset")).to_be_visible()
    phone.locator("fieldset input").nth(0).check()
    look("arrival")
    phone.locator(".next.main").click()
    expect(phone.locator("dialog button").first).to_be_enabled()
    look("not-here")
    phone.locator("dialog button").first.click()
    expect(phone.locator(".done")).to_be_visible()
    look("done")
