"""The page on the checkpoint's own phone: opened as a file, with no network, by whoever holds a convoy's sheet."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from safepassage.core.exchange import draw_pass
from tests.core.passes.make_counterpart_vectors import CONVOY, KEY, OTHER, made
from tests.core.passes.orders import HOUR
from tests.field.site import STATIC

pytestmark = pytest.mark.browser
BUILT = STATIC / "built" / "counterpart" / "page.html"


def sheet_for_now(key=KEY) -> str:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    return made(replace(CONVOY, window_start=now - HOUR, window_end=now + HOUR), key)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Saved as the console saves it, opened from the phone's own files, with no network at all."""
    keys = json.dumps([{"id": KEY.id.hex(), "publicKey": KEY.public.hex()}])
    place = '<script type="application/json" id="keys">[]</script>'
    text = BUILT.read_text(encoding="utf-8")
    assert text.count(place) == 1
    saved = tmp_path / "sheet.html"
    saved.write_text(text.replace(place, place.replace("[]", keys)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    yield page
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    left = page.evaluate(
        """async () => {
          const bases = indexedDB.databases ? (await indexedDB.databases()).length : 0;
          let kept = 0;
          try { kept = localStorage.length + sessionStorage.length; } catch { kept = 0; }
          return bases + kept + document.cookie.length;
        }"""
    )
    assert left == 0
    context.close()


def speak(page: Page, language: str) -> None:
    page.locator(f"nav button[lang={language}]").click()


def test_a_photo_of_the_square_is_read_and_the_sheet_shown(page: Page, tmp_path: Path):
    speak(page, "en")
    photo = tmp_path / "photo.png"
    photo.write_bytes(draw_pass(sheet_for_now()))
    started = time.monotonic()
    page.locator("#photo").set_input_files(photo)
    expect(page.get_by_role("heading", name="The sheet is genuine")).to_be_visible()
    assert time.monotonic() - started < 20
    expect(page.get_by_text("Its time to pass is now")).to_be_visible()
    expect(page.get_by_role("row", name="KBL-0001")).to_contain_text("48")
    expect(page.get_by_role("row", name="All")).to_contain_text("98")


def test_a_photo_without_a_square_is_told_so(page: Page, tmp_path: Path):
    speak(page, "en")
    photo = tmp_path / "photo.png"
    page.screenshot(path=photo)
    page.locator("#photo").set_input_files(photo)
    expect(page.get_by_text("No square was found in the photo.")).to_be_visible()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: sheet_for_now(OTHER), "Another’s sheet"),
        (lambda text: f"{text[:-9]}{'0' if text[-9] != '0' else '1'}{text[-8:]}", "altered or forged"),
        (lambda text: "ANYTHING ELSE", "This is no convoy’s sheet"),
        (lambda text: made(CONVOY), "Its time to pass is over"),
    ],
)
def test_what_is_not_genuine_or_not_now_is_said_in_words(page: Page, change, words: str):
    speak(page, "en")
    page.locator("#typed").fill(change(sheet_for_now()))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text(words)).to_be_visible()


@pytest.mark.parametrize("language", ["ps", "fa-AF", "en"])
def test_every_screen_is_usable_at_360_pixels(page: Page, language: str, tmp_path: Path):
    speak(page, language)
    for name in ("start", "genuine", "forged"):
        if name != "start":
            page.locator("#typed").fill(sheet_for_now() if name == "genuine" else sheet_for_now(OTHER))
            page.locator("form button").click()
            expect(page.locator("h1.good" if name == "genuine" else "h1.bad")).to_be_visible()
        page.screenshot(path=tmp_path / f"sheet-{name}-{language}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate("document.documentElement.dir") == ("ltr" if language == "en" else "rtl")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "best-practice"]})
        assert found.violations_count == 0, found.generate_report()
        if name != "start":
            page.locator("main > button").last.click()
