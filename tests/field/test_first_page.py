"""The field app in a real Chromium with a fake camera: join, scan, decide, queue; and all of it with no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from safepassage.core.ledger import EventKind, verify_event
from tests.browser import FLAGS, ensure_chromium
from tests.field.officer import CODE, admit_all, join, reload, usable
from tests.field.site import PAGE, PERSONS, Site, pass_for_now

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 640, 480


def film(text: str, path: Path) -> Path:
    """A few frames of a QR held before the camera, as uncompressed Y4M."""
    modules = np.array([list(row) for row in segno.make(text, error="m", boost_error=False).matrix], dtype=np.uint8)
    scale = (HEIGHT - 40) // (len(modules) + 8)
    code = np.kron(np.pad(1 - modules, 4, constant_values=1), np.ones((scale, scale), dtype=np.uint8)) * 219 + 16
    luma = np.full((HEIGHT, WIDTH), 160, dtype=np.uint8)
    top, left = (HEIGHT - len(code)) // 2, (WIDTH - len(code)) // 2
    luma[top : top + len(code), left : left + len(code)] = code
    frame = b"FRAME\n" + luma.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 5)
    return path


@pytest.fixture
def browsing(tmp_path: Path) -> Iterator[BrowserContext]:
    """A small phone before whose camera the family's pass is held."""
    camera = film(pass_for_now().text, tmp_path / "pass.y4m")
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={camera}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=[*FLAGS, *flags])
        yield browser.new_context(viewport={"width": 360, "height": 740}, permissions=["camera"])
        browser.close()


@pytest.fixture
def phone(browsing: BrowserContext, site: Site) -> Page:
    """A phone that has just joined; it asks nobody but the site, and nothing on it fails."""
    phone = browsing.new_page()
    outside: list[str] = []
    browsing.on("request", lambda request: outside.append(request.url) if site.address not in request.url else None)
    phone.on("pageerror", lambda error: pytest.fail(str(error)))
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    join(phone)
    yield phone
    assert [url for url in outside if not url.startswith(("blob:", "data:"))] == []


def test_a_pass_is_scanned_decided_and_told_to_the_site_once(phone: Page, site: Site):
    expect(phone.get_by_role("heading", name="Valid")).to_be_visible()
    expect(phone.get_by_text("Expected: 3")).to_be_visible()
    admit_all(phone)
    phone.get_by_role("button", name="Next person").click()
    expect(phone.get_by_role("heading", name="Not valid")).to_be_visible()
    expect(phone.get_by_text("used-here")).to_be_visible()
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    assert [event.kind for event in site.events] == [EventKind.ENCOUNTER, EventKind.PERSONS_ADMITTED]
    assert [row[0] for row in site.events[1].rows] == PERSONS
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(site.public_key))
    assert all(verify_event(event, key) for event in site.events)


def test_after_one_visit_all_of_it_works_with_no_network(phone: Page, browsing: BrowserContext, site: Site):
    expect(phone.get_by_role("heading", name="Valid")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    site.server.shutdown()
    site.server.server_close()
    browsing.set_offline(True)
    reload(phone)
    expect(phone.get_by_role("heading", name="Valid")).to_be_visible()
    admit_all(phone)
    reload(phone)
    expect(phone.get_by_text("used-here")).to_be_visible()
    phone.get_by_role("button", name="Next person").click()
    expect(phone.get_by_role("heading", name="Not valid")).to_be_visible()


def test_whoever_is_eligible_by_document_cannot_be_turned_away_for_a_bad_pass(phone: Page, site: Site):
    expect(phone.get_by_role("heading", name="Valid")).to_be_visible()
    admit_all(phone)
    phone.get_by_role("button", name="Next person").click()
    expect(phone.get_by_text("used-here")).to_be_visible()
    phone.get_by_label("A document makes them eligible").check()
    phone.get_by_role("button", name="Turn away").click()
    phone.get_by_role("button", name="Turn away").click()
    expect(phone.get_by_text("is not turned away for a bad pass")).to_be_visible()
    assert EventKind.PERSONS_TURNED_AWAY not in {event.kind for event in site.events}


@pytest.mark.parametrize(("language", "word"), [("en", "Valid"), ("fa-AF", "معتبر"), ("ps", "سم")])
def test_the_verdict_is_usable_by_everybody_at_360_pixels(phone: Page, language: str, word: str, tmp_path: Path):
    expect(phone.get_by_role("heading", name="Valid")).to_be_visible()
    phone.evaluate("code => localStorage.setItem('language', code)", language)
    phone.reload()
    phone.locator("#code").fill(CODE)
    phone.locator("form button[type=submit]").click()
    expect(phone.get_by_role("heading", name=word)).to_be_visible()
    phone.screenshot(path=tmp_path / f"verdict-{language}.png", full_page=True)
    usable(phone, language)
