"""The people before the officer: questions that can't be skipped, documents, walk-ins, the crowd, and undoing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.core.ledger import EventKind
from tests.field.officer import CODE, admit_all, answer, check, join, joined, tick, told, unlock, usable
from tests.field.site import PAGE, PARTY, PERSONS, Site, pass_for_now

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(context: BrowserContext, site: Site) -> Page:
    phone = joined(context, site)
    expect(phone.get_by_label("Text of the pass")).to_be_visible()
    return phone


def admit(phone: Page) -> None:
    phone.get_by_role("button", name="Admit", exact=True).click()


def test_nothing_moves_under_the_thumb_when_the_camera_says_no(context: BrowserContext, site: Site):
    phone = context.new_page()
    phone.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => new Promise((_, refuse) => { window.refuseCamera = refuse; })"
    )
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    join(phone)
    button = phone.get_by_role("button", name="Check")
    phone.wait_for_function("Boolean(window.refuseCamera)")
    before = button.bounding_box()
    phone.evaluate("window.refuseCamera(new Error('none'))")
    expect(phone.get_by_text("No camera")).to_be_visible()
    assert button.bounding_box() == before


def test_nobody_is_admitted_unticked(phone: Page, site: Site):
    check(phone, pass_for_now().text)
    admit(phone)
    expect(phone.get_by_text("Tick who is here.")).to_be_visible()
    assert told(site, phone, EventKind.PERSONS_ADMITTED) == []


def test_a_missing_child_is_asked_about_and_may_still_come(phone: Page, site: Site):
    check(phone, pass_for_now().text)
    tick(phone, 0, 1)
    admit(phone)
    expect(phone.get_by_role("heading", name="A child of this party is missing:")).to_be_visible()
    expect(phone.locator("dialog").get_by_text("male, child, 2–11")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("dialog")).to_have_count(0)
    assert told(site, phone, EventKind.PERSONS_ADMITTED) == []
    admit(phone)
    answer(phone, "Admit those here.")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (admitted,) = told(site, phone, EventKind.PERSONS_ADMITTED)
    assert [row[0] for row in admitted.rows] == PERSONS[:2]
    (encounter,) = told(site, phone, EventKind.ENCOUNTER)
    assert {"missing-child", "missing-member"} <= set(encounter.body["reasons"])
    phone.get_by_role("button", name="Next person").click()
    check(phone, pass_for_now().text)
    expect(phone.get_by_text("part-admitted")).to_be_visible()


def test_an_answer_sleeps_until_the_question_can_have_been_read(phone: Page):
    check(phone, pass_for_now().text)
    tick(phone, 0, 1)
    admit(phone)
    expect(phone.locator("dialog").get_by_role("button", name="Admit those here.")).to_be_disabled()
    expect(phone.locator("dialog").get_by_role("button", name="Admit those here.")).to_be_enabled()


@pytest.mark.parametrize("action", ["Admit", "Turn away"])
def test_a_child_alone_goes_to_the_focal_point_whatever_was_tapped(phone: Page, site: Site, action: str):
    check(phone, pass_for_now().text)
    tick(phone, 2)
    phone.get_by_role("button", name=action, exact=True).click()
    if action == "Turn away":
        phone.get_by_role("button", name=action, exact=True).click()
    answer(phone, "Take them to the focal point.")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (encounter,) = told(site, phone, EventKind.ENCOUNTER)
    assert "child-without-adult" in encounter.body["reasons"]
    assert not {EventKind.PERSONS_TURNED_AWAY, EventKind.PERSONS_ADMITTED} & {event.kind for event in site.events}


def test_an_extra_child_and_a_wrong_adult_are_recorded_beside_the_party(phone: Page, site: Site):
    check(phone, pass_for_now().text)
    phone.get_by_role("button", name="All are here").click()
    phone.get_by_role("button", name="Children not on the pass: One more").click()
    phone.get_by_role("button", name="Adults not on the pass: One more").click()
    admit(phone)
    answer(phone, "It came with nobody")
    answer(phone, "Refer this adult")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (admitted,) = told(site, phone, EventKind.PERSONS_ADMITTED)
    assert len(admitted.rows) == 3
    beside = [event for event in told(site, phone, EventKind.ENCOUNTER) if event.code("verdict") == "no-pass"]
    assert [(event.number("heads"), event.body["reasons"]) for event in beside] == [
        (1, ("child-without-adult",)),
        (1, ("wrong-adult",)),
    ]


def type_document(phone: Page, number: str, birth: str) -> None:
    phone.get_by_role("button", name="Document").click()
    phone.get_by_label("Number", exact=True).fill(number)
    phone.get_by_label("Born, YYMMDD", exact=True).fill(birth)


def test_a_document_beside_the_pass_says_whose_it_is_on_the_phone_alone(phone: Page, site: Site):
    check(phone, pass_for_now().text)
    type_document(phone, "1000-11111", "840203")
    phone.get_by_label("Born, YYMMDD: Digit behind it").fill("9")
    expect(phone.get_by_text("does not fit")).to_be_visible()
    phone.get_by_label("Born, YYMMDD: Digit behind it").fill("5")
    expect(phone.get_by_text("✓ fits")).to_be_visible()
    phone.get_by_role("button", name="Use this document").click()
    expect(phone.get_by_text("This document is of: female, adult, 18–59")).to_be_visible()
    expect(phone.locator("fieldset input[type=checkbox]").nth(1)).to_be_checked()
    admit_all(phone)
    (encounter,) = told(site, phone, EventKind.ENCOUNTER)
    assert "document-bound" in encounter.body["reasons"]
    assert "1000" not in str(encounter.body)


def test_a_document_of_nobody_on_the_pass_is_told_so(phone: Page):
    check(phone, pass_for_now().text)
    type_document(phone, "X7777777", "800514")
    phone.get_by_role("button", name="Use this document").click()
    expect(phone.get_by_text("The document shown is of nobody on this pass.")).to_be_visible()


def test_lines_are_read_and_a_repair_is_proposed_not_taken(phone: Page):
    check(phone, pass_for_now().text)
    phone.get_by_role("button", name="Document").click()
    phone.locator("dialog summary").click()
    phone.locator("#paper-lines").fill(
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F12O4159ZE184226B<<<<<10"
    )
    expect(phone.get_by_text("Its digits do not fit.")).to_be_visible()
    phone.get_by_role("button", name="Perhaps meant: O → 0").click()
    expect(phone.get_by_text("Its digits do not fit.")).to_have_count(0)
    expect(phone.get_by_text("It has expired.")).to_be_visible()


def test_a_document_alone_leads_to_its_holders_pass(phone: Page, site: Site):
    type_document(phone, "P0000001", "800514")
    phone.get_by_role("button", name="Use this document").click()
    expect(phone.get_by_text("Expected: 3")).to_be_visible()
    expect(phone.locator("fieldset input[type=checkbox]").nth(0)).to_be_checked()
    admit_all(phone)
    (admitted,) = told(site, phone, EventKind.PERSONS_ADMITTED)
    assert admitted.rows[0] == (PERSONS[0], PARTY)


def test_a_walk_in_is_counted_in_a_few_taps_and_tied_to_a_slip(phone: Page, site: Site):
    phone.get_by_role("button", name="Without a pass").click()
    adults, children = phone.get_by_role("group", name="adult, 18–59"), phone.get_by_role("group", name="child, 2–11")
    adults.get_by_role("button", name="female").click()
    adults.get_by_role("button", name="male", exact=False).last.click()
    for _ in range(3):
        children.get_by_role("button", name="female").click()
    phone.get_by_role("button", name="Take back").click()
    phone.get_by_label("They say they are").select_option("citizen")
    phone.get_by_label("Evidence seen").select_option("passport")
    phone.get_by_role("button", name="Admit and count").click()
    expect(phone.get_by_text("w-r9tx-001")).to_be_visible()
    (walk_in,) = told(site, phone, EventKind.WALK_INS)
    assert [row[1:] for row in walk_in.rows] == [("f", "adult"), ("m", "adult"), ("f", "child"), ("f", "child")]
    (admitted,) = told(site, phone, EventKind.PERSONS_ADMITTED)
    assert [row[0] for row in admitted.rows] == [row[0] for row in walk_in.rows]
    phone.get_by_role("button", name="Next person").click()
    phone.get_by_role("button", name="Without a pass").click()
    expect(phone.get_by_label("Number of the slip or wristband")).to_have_value("w-r9tx-002")


def test_children_who_walk_in_alone_go_to_the_focal_point(phone: Page, site: Site):
    phone.get_by_role("button", name="Without a pass").click()
    phone.get_by_role("group", name="child, 2–11").get_by_role("button", name="female").click()
    phone.get_by_role("button", name="Admit and count").click()
    answer(phone, "Take them to the focal point.")
    expect(phone.get_by_text("w-r9tx-001")).to_be_visible()
    assert told(site, phone, EventKind.PERSONS_ADMITTED) == []


def test_the_crowd_is_told_by_thumb(phone: Page, site: Site):
    phone.get_by_role("button", name="Crowd").click()
    phone.get_by_label("About how many people").select_option("500")
    phone.get_by_role("button", name="Dangerous").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (tally,) = told(site, phone, EventKind.PRESSURE_TALLIED)
    assert (tally.code("level"), tally.number("count")) == ("dangerous", 500)


def test_a_convoy_is_reported_in_three_taps_with_what_to_answer(phone: Page, site: Site):
    phone.get_by_role("button", name="Convoy").click()
    expect(phone.get_by_text("They ask for names?")).to_be_visible()
    phone.get_by_role("button", name="Let through with fewer people").click()
    answer(phone, "Let through with fewer people")
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (report,) = told(site, phone, EventKind.CONVOY_REPORTED)
    assert (report.code("leg"), report.code("state")) == ("blue-bus", "let-through-with-fewer")


def test_what_waits_is_saved_to_a_file_that_the_desk_alone_can_read(
    phone: Page, context: BrowserContext, site: Site, tmp_path: Path
):
    context.set_offline(True)
    check(phone, pass_for_now().text)
    admit_all(phone)
    phone.get_by_role("button", name="Next person").click()
    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="Save what waits to a file").click()
    waiting.value.save_as(tmp_path / "queue.json")
    items = json.loads((tmp_path / "queue.json").read_text())["items"]
    assert [set(item) for item in items] == [{"sealed"}, {"sealed"}]
    assert [one["outcome"] for one in site.receive(items)] == ["stored", "stored"]
    expect(phone.get_by_text("2 waiting to be sent")).to_be_visible()


def look_up(phone: Page, name: str, kind: str = "", fact: str = "") -> None:
    phone.get_by_label("Name, in either script").fill(name)
    phone.get_by_label("One more fact").select_option(kind)
    phone.get_by_label("The fact").fill(fact)
    phone.locator("form.find button[type=submit]").click()


def test_a_name_gives_a_number_and_with_one_more_fact_the_party_and_its_call(phone: Page, site: Site):
    phone.wait_for_timeout(300)
    phone.get_by_role("button", name="Find").click()
    look_up(phone, "کریم تستانی")
    expect(phone.get_by_text("2 people have such a name.")).to_be_visible()
    assert PARTY not in phone.content()
    look_up(phone, "Kareem Testani", "father", "محمد")
    expect(phone.get_by_role("heading", name=PARTY)).to_be_visible()
    expect(phone.get_by_text("Tier: 2")).to_be_visible()
    expect(phone.get_by_text("Called: North Gate")).to_be_visible()
    look_up(phone, "Omid", "father", "Mohammad")
    expect(phone.get_by_text("Nobody fits.")).to_be_visible()
    made = [(event.code("by"), event.number("hits")) for event in told(site, phone, EventKind.LOOKUP_MADE)]
    assert made == [("name", 0), ("name-and-father", 1), ("name-and-father", 0)]


def test_look_ups_come_to_an_end_and_a_new_start_does_not_begin_them_anew(phone: Page):
    phone.get_by_role("button", name="Find").click()
    for place in range(20):
        look_up(phone, f"Omid {'x' * place}")
        expect(phone.get_by_text(f"{19 - place} look-ups left")).to_be_visible()
    phone.reload()
    unlock(phone)
    phone.get_by_role("button", name="Find").click()
    look_up(phone, "Karim Testani")
    expect(phone.get_by_text("Too many look-ups. Next in")).to_be_visible()


def test_what_was_written_last_is_undone_and_the_pass_opens_again(phone: Page, site: Site):
    check(phone, pass_for_now().text)
    admit_all(phone)
    phone.get_by_role("button", name="Next person").click()
    phone.get_by_role("button", name="Undo the last").click()
    answer(phone, "Yes, undo it")
    expect(phone.get_by_text("Undone.")).to_be_visible()
    assert {event.code("event") for event in told(site, phone, EventKind.ANNULLED)} == {
        event.id for event in site.events if event.kind is not EventKind.ANNULLED
    }
    phone.get_by_role("button", name="Next person").click()
    check(phone, pass_for_now().text)
    expect(phone.get_by_role("heading", name="Valid", exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_every_screen_is_usable_by_everybody_at_360_pixels(phone: Page, language: str, tmp_path: Path):
    phone.evaluate("code => localStorage.setItem('language', code)", language)
    phone.reload()
    phone.locator("#code").fill(CODE)
    phone.locator("form button[type=submit]").click()
    expect(phone.locator("nav button")).to_have_count(6)

    def look(name: str) -> None:
        phone.screenshot(path=tmp_path / f"{name}-{language}.png", full_page=True)
        usable(phone, language)

    look("check")
    for place, name in enumerate(("walk-in", "document", "find", "crowd", "convoy", "relay")):
        phone.locator("nav button").nth(place).click()
        expect(phone.locator("nav")).to_have_count(1 if name == "document" else 0)
        look(name)
        if name == "document":
            phone.keyboard.press("Escape")
        else:
            phone.locator(".next").last.click()
        expect(phone.locator("nav button")).to_have_count(6)
    phone.locator("#typed").fill(pass_for_now().text)
    phone.locator("form button[type=submit]").click()
    phone.locator("fieldset input[type=checkbox]").nth(0).check()
    look("party")
    phone.locator("button.admit").click()
    expect(phone.locator("dialog button").first).to_be_enabled()
    look("question")
