"""What an officer does with the phone, for every test in a real browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

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
