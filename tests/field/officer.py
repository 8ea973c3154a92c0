"""What an officer does with the phone, for every test in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.core.ledger import Event, EventKind
from tests.field.site import PAGE, Site

CODE = "six grey horses"
DURESS = "seven white goats"


def choose_code(phone: Page, *, duress: str = "") -> None:
    """A new phone: a code word, twice."""
    phone.get_by_label("Choose a code word for this phone").fill(CODE)
    phone.get_by_label("The same again").fill(CODE)
    if duress:
        phone.get_by_text("Second code, for when you are forced").click()
        phone.get_by_label("It destroys what is on the phone").fill(duress)
    phone.get_by_role("button", name="Unlock").click()


def join(phone: Page, *, duress: str = "") -> None:
    """A new phone that answers the invitation in its address."""
    choose_code(phone, duress=duress)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_role("button", name="Join")).to_have_count(0)


def joined(context: BrowserContext, site: Site, *, duress: str = "") -> Page:
    """A new phone that has joined; a script that fails on it fails the test."""
    phone = context.new_page()
    phone.on("pageerror", lambda error: pytest.fail(str(error)))
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    join(phone, duress=duress)
    return phone


def told(site: Site, phone: Page, kind: EventKind) -> list[Event]:
    """What the site has heard of one kind, once nothing waits any more."""
    phone.wait_for_timeout(400)
    return [event for event in site.events if event.kind is kind]


def tick(phone: Page, *places: int) -> None:
    """Of the people of a pass, those at these places."""
    for place in places:
        phone.locator("fieldset input[type=checkbox]").nth(place).check()


def answer(phone: Page, words: str) -> None:
    """What the phone asks, answered."""
    phone.locator("dialog").get_by_role("button", name=words).click()


def hold_out(phone: Page, text: str) -> None:
    """A pass, a code or a slip, at a bus or a base."""
    phone.get_by_label("Code, slip").fill(text)
    phone.get_by_role("button", name="Check").click()


def home(phone: Page) -> None:
    """Back to where a bus or a base begins."""
    phone.get_by_role("button", name="Next person").click()


def figures(phone: Page) -> list[str]:
    """The four figures of a bus or a base."""
    expect(phone.locator(".figures p")).to_have_count(4)
    return phone.locator(".figures p").all_text_contents()


class Looker:
    """Somebody who sees every screen in one language, at 360 pixels, and leaves a picture of each."""

    def __init__(self, phone: Page, language: str, folder: Path, *, of: str) -> None:
        self.phone, self.language, self.folder, self.of = phone, language, folder, of
        phone.evaluate("code => localStorage.setItem('language', code)", language)
        phone.reload()
        phone.locator("#code").fill(CODE)
        phone.locator("form button[type=submit]").click()

    def look(self, name: str) -> None:
        self.phone.screenshot(path=self.folder / f"{self.of}-{name}-{self.language}.png", full_page=True)
        usable(self.phone, self.language)

    def hold_out(self, text: str) -> None:
        """As `hold_out`, whatever the words on the screen are."""
        self.phone.locator("#typed").fill(text)
        self.phone.locator("form button[type=submit]").click()


def unlock(phone: Page, code: str = CODE) -> None:
    """The code word, typed."""
    phone.locator("#code").fill(code)
    phone.get_by_role("button", name="Unlock").click()


def reload(phone: Page) -> None:
    """The app begins anew, locked; the officer unlocks it."""
    phone.reload()
    unlock(phone)


def check(phone: Page, text: str) -> None:
    """A pass or a code, typed."""
    phone.get_by_label("Text of the pass").fill(text)
    phone.get_by_role("button", name="Check").click()


def admit_all(phone: Page) -> None:
    """Everybody is here, and goes in."""
    phone.get_by_role("button", name="All are here").click()
    phone.get_by_role("button", name="Admit", exact=True).click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()


def usable(phone: Page, language: str) -> None:
    """By one thumb on 360 pixels, by who reads from the right, by who sees badly, by who hears the screen."""
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate("document.documentElement.dir") == ("ltr" if language == "en" else "rtl")
    found = Axe().run(phone, options={"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()
