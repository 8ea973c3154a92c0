"""Texts held up before a crowd: in three languages, big, gone when the site takes them back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.apps.outreach.texts import texts_shipped
from tests.field.officer import CODE, joined, unlock, usable
from tests.field.site import Site

pytestmark = pytest.mark.browser


def released(*codes: str) -> list[dict[str, object]]:
    shipped = texts_shipped()
    words = {code: {one.language: one.text for one in shipped if one.code == code} for code in codes}
    return [{"code": code, "texts": texts, "released_at": int(time.time()) - 7200} for code, texts in words.items()]


@pytest.fixture
def phone(context: BrowserContext, site: Site) -> Page:
    site.held_texts = released("crowd-ill", "crowd-sit", "crowd-called-one-by-one")
    return joined(context, site)


def choose(phone: Page) -> None:
    phone.get_by_role("button", name="Crowd").click()
    phone.get_by_role("button", name="Text to hold up").click()


def test_what_was_taken_back_is_gone_after_the_next_exchange(phone: Page, site: Site):
    choose(phone)
    expect(phone.get_by_text("List loaded: 0 h old")).to_be_visible()
    expect(phone.locator(".choice")).to_have_count(3)
    expect(phone.get_by_text("Released: 2 h old").first).to_be_visible()
    site.held_texts = released("crowd-sit")
    phone.reload()
    unlock(phone)
    phone.get_by_role("button", name="Sync now").click()
    phone.wait_for_timeout(500)
    choose(phone)
    expect(phone.locator(".choice")).to_have_count(1)
    phone.locator(".choice").click()
    site.held_texts = []
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.get_by_text("No text is released.")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_a_text_fills_the_screen_in_three_languages(phone: Page, language: str, tmp_path: Path):
    phone.evaluate("code => localStorage.setItem('language', code)", language)
    phone.reload()
    phone.locator("#code").fill(CODE)
    phone.locator("form button[type=submit]").click()
    phone.locator("nav.tools button").nth(3).click()
    phone.locator(".crowd .main").click()
    phone.screenshot(path=tmp_path / f"held-list-{language}.png", full_page=True)
    usable(phone, language)
    phone.locator(".choice").first.click()
    expect(phone.locator(".board [lang]")).to_have_count(3)
    phone.screenshot(path=tmp_path / f"held-{language}.png")
    usable(phone, language)
    assert phone.evaluate("document.documentElement.scrollHeight <= innerHeight + 60")
    phone.keyboard.press("Enter")
    expect(phone.locator(".choice")).to_have_count(3)
