"""What a phone knows grows old: it says so, and past a stated age one pair of eyes admits nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.core.ledger import EventKind
from tests.field.officer import CODE, admit_all, check, joined, usable
from tests.field.site import Site, pass_for_now

pytestmark = pytest.mark.browser


def phone_of(context: BrowserContext, site: Site) -> Page:
    phone = joined(context, site)
    expect(phone.locator(".ages li")).to_have_count(4)
    return phone


def later(phone: Page, *, hours: float) -> None:
    """The phone's clock, so many hours on; it stays where it is without a network."""
    phone.context.set_offline(True)
    phone.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=hours))
    phone.get_by_role("button", name="Crowd").click()
    phone.locator(".next").last.click()
    expect(phone.locator(".ages li").first).to_be_visible()


@pytest.mark.parametrize(
    ("hours", "old", "too_old"),
    [(3.9, 0, 0), (4.5, 3, 0), (12.5, 2, 1), (24.5, 1, 3), (48.5, 0, 4)],
)
def test_each_age_is_shown_and_said_in_words(
    context: BrowserContext, site: Site, hours: float, old: int, too_old: int
):
    phone = phone_of(context, site)
    expect(phone.get_by_text("List of withdrawn passes: 0 h old")).to_be_visible()
    later(phone, hours=hours)
    expect(phone.locator(".ages li", has_text="old: sync")).to_have_count(old)
    expect(phone.locator(".ages li", has_text="look twice")).to_have_count(too_old)


def test_a_plan_of_yesterday_wants_a_second_officer_though_the_pass_is_valid(context: BrowserContext, site: Site):
    site.age = timedelta(hours=13.5)
    phone = phone_of(context, site)
    check(phone, pass_for_now().text)
    expect(phone.get_by_role("heading", name="Valid", exact=True)).to_be_visible()
    phone.get_by_role("button", name="All are here").click()
    phone.get_by_role("button", name="Admit", exact=True).click()
    dialog = phone.locator("dialog")
    expect(dialog.get_by_text("Plan, and who is inside: 13 h old")).to_be_visible()
    phone.keyboard.press("Escape")
    assert site.events == []
    phone.get_by_role("button", name="Admit", exact=True).click()
    dialog.get_by_role("button", name="A second officer has compared").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    phone.wait_for_timeout(400)
    encounter, admitted = site.events
    assert "second-look" in encounter.body["reasons"]
    assert admitted.kind is EventKind.PERSONS_ADMITTED


def test_held_for_its_age_nobody_is_admitted_and_nobody_sent_away(context: BrowserContext, site: Site):
    site.age = timedelta(hours=25)
    phone = phone_of(context, site)
    check(phone, pass_for_now().text)
    phone.get_by_role("button", name="All are here").click()
    admit = phone.get_by_role("button", name="Admit", exact=True)
    admit.click()
    admit.click()
    phone.locator("dialog").get_by_role("button", name="Hold all of them").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    phone.wait_for_timeout(400)
    assert [event.kind for event in site.events] == [EventKind.ENCOUNTER]
    assert "list-too-old" in site.events[0].body["reasons"]


def test_what_is_fresh_asks_nothing(context: BrowserContext, site: Site):
    site.age = timedelta(hours=11)
    phone = phone_of(context, site)
    check(phone, pass_for_now().text)
    admit_all(phone)


def test_an_old_index_is_looked_in_only_after_a_question(context: BrowserContext, site: Site):
    phone = phone_of(context, site)
    later(phone, hours=24.5)
    phone.get_by_role("button", name="Find").click()
    expect(phone.locator("dialog").get_by_text("may be elsewhere by now")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.get_by_label("Name, in either script")).to_have_count(0)
    phone.get_by_role("button", name="Find").click()
    phone.locator("dialog").get_by_role("button", name="Look, and ask").click()
    expect(phone.get_by_label("Name, in either script")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_the_ages_and_the_question_are_usable_at_360_pixels(
    context: BrowserContext, site: Site, language: str, tmp_path: Path
):
    site.age = timedelta(hours=25)
    phone = phone_of(context, site)
    phone.evaluate("code => localStorage.setItem('language', code)", language)
    phone.reload()
    phone.reload()
    phone.locator("#code").fill(CODE)
    phone.locator("form button[type=submit]").click()
    expect(phone.locator(".ages li")).to_have_count(4)
    usable(phone, language)
    phone.screenshot(path=tmp_path / f"ages-{language}.png", full_page=True)
    phone.locator("#typed").fill(pass_for_now().text)
    phone.locator("form button[type=submit]").click()
    phone.locator("button.all").click()
    phone.locator("button.admit").click()
    phone.locator("button.admit").click()
    expect(phone.locator("dialog button").first).to_be_enabled()
    usable(phone, language)
    phone.screenshot(path=tmp_path / f"second-look-{language}.png")
