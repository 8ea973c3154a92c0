"""A bus is loaded by its manifest, with no network: who boards, who belongs elsewhere, with how many it leaves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.apps.gate.schemas import ManifestsOut
from safepassage.core.ledger import EventKind
from tests.field.journey import COUPLE, OTHER, OTHER_PASS, STAND_BY, arriving, loading
from tests.field.officer import Looker, answer, figures, hold_out, home, join, joined, tick, told, unlock
from tests.field.site import PAGE, PARTY, PERSONS, Site, pass_for_now

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(context: BrowserContext, site: Site) -> Page:
    loading(site)
    phone = joined(context, site)
    phone.set_default_timeout(6000)
    phone.get_by_role("button", name="blue-bus").click()
    expect(phone.get_by_label("Code, slip")).to_be_visible()
    return phone


def board(phone: Page, *places: int) -> None:
    tick(phone, *places)
    phone.get_by_role("button", name="They board").click()


def test_a_party_boards_by_its_pass_and_the_manifest_says_who_is_missing(phone: Page, site: Site):
    assert figures(phone) == ["0 aboard", "5 expected", "5 missing", "4 seats"]
    hold_out(phone, pass_for_now().text)
    expect(phone.get_by_text("male, child, 2–11")).to_be_visible()
    phone.get_by_role("button", name="All are here").click()
    board(phone)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (out,) = told(site, phone, EventKind.PERSONS_SET_OUT)
    assert (out.code("leg"), out.rows) == ("blue-bus", tuple((person, PARTY) for person in PERSONS))
    home(phone)
    assert figures(phone) == ["3 aboard", "5 expected", "2 missing", "4 seats"]
    phone.get_by_role("button", name="Who is missing").click()
    expect(phone.locator(".choice")).to_have_count(2)
    expect(phone.get_by_role("button", name=f"Line 2 · {COUPLE} · 2 missing")).to_be_visible()


def test_nobody_boards_unticked_and_whoever_is_not_here_is_asked_about(phone: Page, site: Site):
    hold_out(phone, pass_for_now().short_code)
    phone.get_by_role("button", name="They board").click()
    expect(phone.locator(".message", has_text="Tick who boards.")).to_be_visible()
    board(phone, 0, 1)
    expect(phone.locator("dialog").get_by_text("Person 3")).to_be_visible()
    phone.keyboard.press("Escape")
    assert told(site, phone, EventKind.PERSONS_SET_OUT) == []
    board(phone)
    answer(phone, "Board those here.")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    assert [len(event.rows) for event in told(site, phone, EventKind.PERSONS_SET_OUT)] == [2]


def test_a_child_with_nobody_of_its_party_goes_to_the_focal_point_and_boards_nothing(phone: Page, site: Site):
    hold_out(phone, pass_for_now().text)
    board(phone, 2)
    answer(phone, "Take them to the focal point.")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (seen,) = told(site, phone, EventKind.ENCOUNTER)
    assert (seen.body["reasons"], seen.rows) == (("child-without-adult",), ())
    assert told(site, phone, EventKind.PERSONS_SET_OUT) == []


def test_a_pass_held_out_twice_is_asked_about(phone: Page):
    for _ in range(2):
        hold_out(phone, PARTY[-4:])
        board(phone, 0, 1, 2)
        if phone.locator("dialog").count():
            break
        home(phone)
    expect(phone.locator("dialog").get_by_text("They are aboard already.")).to_be_visible()


def test_who_belongs_on_another_bus_is_told_which_and_sent_there(phone: Page, site: Site):
    hold_out(phone, OTHER_PASS.text)
    expect(phone.get_by_role("heading", name="They belong elsewhere")).to_be_visible()
    expect(phone.get_by_text("green-bus")).to_be_visible()
    expect(phone.get_by_text("KBL 5678")).to_be_visible()
    expect(phone.get_by_text("no ground to send anybody away")).to_be_visible()
    phone.get_by_role("button", name="Send them there").click()
    expect(phone.get_by_text("On record.")).to_be_visible()
    (seen,) = told(site, phone, EventKind.ENCOUNTER)
    assert (seen.body["reasons"], seen.code("party"), seen.rows) == (("other-leg",), OTHER, ())


def test_who_belongs_on_another_bus_may_be_taken_along(phone: Page, site: Site):
    hold_out(phone, OTHER_PASS.short_code)
    phone.get_by_role("button", name="Take them along").click()
    board(phone, 0)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (out,) = told(site, phone, EventKind.PERSONS_SET_OUT)
    assert (out.code("leg"), out.rows) == ("blue-bus", (("P-0000000000B1", OTHER),))
    home(phone)
    assert figures(phone)[:3] == ["1 aboard", "5 expected", "5 missing"]
    expect(phone.get_by_text("1 not on the manifest")).to_be_visible()


def test_what_nobody_knows_is_no_ground_to_send_anybody_away(phone: Page, site: Site):
    hold_out(phone, "K-ANYTHING")
    expect(phone.get_by_text("This phone knows no booking for it.")).to_be_visible()
    phone.get_by_role("button", name="To the desk").click()
    (seen,) = told(site, phone, EventKind.ENCOUNTER)
    assert (seen.code("verdict"), seen.body["reasons"]) == ("no-pass", ("unknown-here",))


def test_who_stands_by_boards_in_turn_and_is_no_line_of_the_manifest(phone: Page, site: Site):
    phone.get_by_role("button", name="Who is missing").click()
    expect(phone.get_by_role("heading", name="Standing by, in this order (4 free)")).to_be_visible()
    phone.get_by_role("button", name=STAND_BY).click()
    expect(phone.get_by_text("They stand by")).to_be_visible()
    board(phone, 0)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (seen,) = told(site, phone, EventKind.ENCOUNTER)
    assert (seen.body["reasons"], seen.rows) == (("stand-by",), ())
    home(phone)
    assert figures(phone)[:3] == ["1 aboard", "5 expected", "5 missing"]


def test_more_people_than_seats_are_asked_about(phone: Page):
    hold_out(phone, PARTY[-4:])
    board(phone, 0, 1, 2)
    home(phone)
    hold_out(phone, COUPLE[-4:])
    board(phone, 0, 1)
    expect(phone.get_by_role("heading", name="That is more people than seats: 5 / 4")).to_be_visible()


def test_it_leaves_with_a_head_count_and_every_difference_is_asked_about(phone: Page, site: Site):
    hold_out(phone, PARTY[-4:])
    board(phone, 0, 1, 2)
    home(phone)
    phone.get_by_role("button", name="Depart").click()
    phone.get_by_role("button", name="Depart").click()
    expect(phone.get_by_text("Count the heads first.")).to_be_visible()
    phone.get_by_label("Heads counted by eye").fill("۲")
    phone.get_by_role("button", name="Depart").click()
    expect(phone.locator("dialog").get_by_text("counted: 2")).to_be_visible()
    expect(phone.locator("dialog").get_by_text("by scans: 3")).to_be_visible()
    phone.keyboard.press("Escape")
    assert told(site, phone, EventKind.HEADS_COUNTED) == []
    phone.get_by_role("button", name="Depart").click()
    answer(phone, "My count is right")
    expect(phone.locator("dialog").get_by_text(f"Line 2 · {COUPLE}: 2")).to_be_visible()
    answer(phone, "Depart without them.")
    expect(phone.get_by_role("heading", name="It has left, with 2")).to_be_visible()
    (count,) = told(site, phone, EventKind.HEADS_COUNTED)
    assert (count.code("leg"), count.number("count"), count.code("owner"), count.code("method")) == (
        "blue-bus",
        2,
        "D-7ZK3M0Q2R9TX",
        "at-departure",
    )
    home(phone)
    expect(phone.get_by_text("It has left, with 2")).to_be_visible()


def test_with_no_network_and_killed_it_knows_who_is_aboard_and_tells_the_site_later(
    phone: Page, context: BrowserContext, site: Site
):
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    hold_out(phone, pass_for_now().text)
    board(phone, 0, 1, 2)
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    phone.close()
    again = context.new_page()
    again.goto(f"{site.address}/{PAGE}")
    unlock(again)
    assert figures(again)[:3] == ["3 aboard", "5 expected", "2 missing"]
    expect(again.get_by_text("1 waiting to be sent")).to_be_visible()
    context.set_offline(False)
    again.get_by_role("button", name="Sync now").click()
    expect(again.get_by_text("0 waiting to be sent")).to_be_visible()
    assert [event.kind for event in site.events] == [EventKind.PERSONS_SET_OUT]


def test_by_a_plan_of_yesterday_nobody_boards_by_one_pair_of_eyes(context: BrowserContext, site: Site):
    site.age = timedelta(hours=13.5)
    loading(site)
    phone = context.new_page()
    phone.set_default_timeout(6000)
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    join(phone)
    phone.get_by_role("button", name="blue-bus").click()
    hold_out(phone, PARTY[-4:])
    board(phone, 0, 1, 2)
    expect(phone.locator("dialog").get_by_text("Plan, and who is inside: 13 h old")).to_be_visible()
    phone.keyboard.press("Escape")
    assert site.events == []
    board(phone)
    answer(phone, "A second officer has compared")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (look,) = told(site, phone, EventKind.ENCOUNTER)
    assert look.body["reasons"] == ("second-look",)


def test_a_boarding_is_undone(phone: Page, site: Site):
    hold_out(phone, PARTY[-4:])
    board(phone, 0, 1, 2)
    home(phone)
    phone.get_by_role("button", name="Undo the last").click()
    answer(phone, "Yes, undo it")
    expect(phone.get_by_text("Undone.")).to_be_visible()
    home(phone)
    expect(phone.locator(".figures p").first).to_have_text("0 aboard")
    assert len(told(site, phone, EventKind.ANNULLED)) == 1


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_every_screen_of_a_bus_is_usable_by_everybody_at_360_pixels(phone: Page, language: str, tmp_path: Path):
    looker = Looker(phone, language, tmp_path, of="bus")
    look, held_out = looker.look, looker.hold_out
    expect(phone.locator("nav button")).to_have_count(4)
    look("loading")
    phone.locator("nav button").nth(0).click()
    expect(phone.locator(".choice")).to_have_count(3)
    look("missing")
    phone.locator(".next").click()
    held_out(OTHER_PASS.text)
    expect(phone.locator(".banner")).to_be_visible()
    look("other")
    phone.locator(".next").last.click()
    held_out("K-ANYTHING")
    expect(phone.locator(".banner")).to_be_visible()
    look("unknown")
    phone.locator(".next").last.click()
    held_out(pass_for_now().text)
    expect(phone.locator("fieldset")).to_be_visible()
    phone.locator("fieldset input").nth(0).check()
    phone.locator("fieldset input").nth(1).check()
    look("boarding")
    phone.locator(".next.main").click()
    expect(phone.locator("dialog button").first).to_be_enabled()
    look("not-all")
    phone.locator("dialog button").first.click()
    expect(phone.locator(".done")).to_be_visible()
    look("done")
    phone.locator(".next").click()
    phone.locator("nav button").nth(1).click()
    phone.locator("#heads").fill("1")
    look("departure")
    phone.locator("button[type=submit]").click()
    expect(phone.locator("dialog button").first).to_be_enabled()
    look("differs")
    phone.locator("dialog .back").click()
    phone.locator(".next").last.click()
    phone.locator("nav button").nth(3).click()
    expect(phone.locator(".choice")).to_have_count(2)
    look("choice")


@pytest.mark.parametrize("give", [loading, arriving])
def test_what_the_phone_is_told_here_has_the_form_that_the_site_gives(site: Site, give):
    give(site)
    told = site.manifests()
    assert set(told) == set(ManifestsOut.model_fields)
    ManifestsOut.model_validate(told)
