"""Two phones of one point and a cut network: squares on one screen, a camera before the other."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from safepassage.core.ledger import EventKind
from tests.field.officer import admit_all, check, join, unlock, usable
from tests.field.site import PAGE, Site, pass_for_now

pytestmark = pytest.mark.browser

CAMERA = """
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 720;
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 720, 720);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
  window.holdBefore = async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    context.fillRect(0, 0, 720, 720);
    context.drawImage(image, 40, 40, 640, 640);
  };
"""


def phone_of(context: BrowserContext, site: Site, code: str) -> Page:
    phone = context.new_page()
    phone.on("pageerror", lambda error: pytest.fail(str(error)))
    phone.add_init_script(CAMERA)
    phone.goto(f"{site.address}/{PAGE}#join={code}")
    join(phone)
    expect(phone.get_by_label("Text of the pass")).to_be_visible()
    return phone


@pytest.fixture
def phones(browser: Browser, site: Site) -> Iterator[tuple[Page, Page]]:
    contexts = [browser.new_context(viewport={"width": 360, "height": 740}) for _ in range(2)]
    one, two = (phone_of(context, site, code) for context, code in zip(contexts, ("CODE", "SECOND"), strict=True))
    one.get_by_role("button", name="Sync now").click()
    one.wait_for_timeout(500)  # the first joined before the second was known
    for context in contexts:
        context.set_offline(True)
    yield one, two
    for context in contexts:
        context.close()


def open_relay(phone: Page) -> None:
    phone.get_by_role("button", name="Phone to phone").click()


def carry(sender: Page, reader: Page) -> None:
    """What one shows is held before the camera of the other until it is whole."""
    open_relay(sender)
    sender.get_by_role("button", name="Show mine").click()
    open_relay(reader)
    reader.get_by_role("button", name="Read the other phone").click()
    picture = base64.b64encode(sender.locator(".square").screenshot()).decode()
    reader.evaluate("address => window.holdBefore(address)", f"data:image/png;base64,{picture}")
    expect(reader.get_by_text("refused from now on")).to_be_visible()
    sender.get_by_role("button", name="The other phone has read it").click()
    for phone in (sender, reader):
        phone.get_by_role("button", name="Back").or_(phone.get_by_role("button", name="Next person")).click()
    reader.get_by_role("button", name="Back").click()


def test_a_pass_used_at_one_phone_is_refused_at_the_other_with_no_network(phones: tuple[Page, Page], site: Site):
    one, two = phones
    check(one, pass_for_now().text)
    admit_all(one)
    one.get_by_role("button", name="Next person").click()
    carry(one, two)
    check(two, pass_for_now().text)
    expect(two.get_by_text("used-here")).to_be_visible()
    two.reload()
    unlock(two)
    check(two, pass_for_now().text)
    expect(two.get_by_text("used-here")).to_be_visible()
    two.context.set_offline(False)
    unlock_again(two)
    two.get_by_role("button", name="Sync now").click()
    two.wait_for_timeout(600)
    (relayed,) = [event for event in site.events if event.kind is EventKind.USES_RELAYED]
    assert (relayed.device, relayed.code("sender"), relayed.number("count")) == (
        "D-7ZK3M0Q2R9TY",
        "D-7ZK3M0Q2R9TX",
        1,
    )


def unlock_again(phone: Page) -> None:
    phone.reload()
    unlock(phone)


def test_without_a_relay_the_other_phone_can_not_know(phones: tuple[Page, Page]):
    one, two = phones
    for phone in (one, two):
        check(phone, pass_for_now().text)
        admit_all(phone)  # twice: as often as there are phones out of contact, and the console shows two


def test_a_square_held_before_the_check_leads_to_the_relay_and_gives_no_verdict(phones: tuple[Page, Page]):
    one, two = phones
    open_relay(one)
    one.get_by_role("button", name="Show mine").click()
    picture = base64.b64encode(one.locator(".square").screenshot()).decode()
    two.evaluate("address => window.holdBefore(address)", f"data:image/png;base64,{picture}")
    expect(two.get_by_role("heading", name="Phone to phone")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_showing_and_reading_are_usable_by_everybody(phones: tuple[Page, Page], language: str, tmp_path: Path):
    phone, _ = phones
    phone.evaluate("code => localStorage.setItem('language', code)", language)
    unlock_plain(phone)
    check_by_place(phone, pass_for_now().text)
    for name, place in (("shows", 0), ("reads", 1)):
        phone.locator("nav.tools button").nth(5).click()
        phone.locator(".relay .next").nth(place).click()
        expect(phone.locator(".square" if name == "shows" else "video")).to_be_visible()
        phone.screenshot(path=tmp_path / f"relay-{name}-{language}.png", full_page=True)
        usable(phone, language)
        phone.locator(".next").last.click()
        phone.locator(".next").last.click()


def unlock_plain(phone: Page) -> None:
    phone.reload()
    phone.locator("#code").fill("six grey horses")
    phone.locator("form button[type=submit]").click()
    expect(phone.locator("nav.tools")).to_be_visible()


def check_by_place(phone: Page, text: str) -> None:
    """Admits everybody of a pass, whatever the language."""
    phone.locator("#typed").fill(text)
    phone.locator("form button[type=submit]").click()
    phone.locator("button.all").click()
    phone.locator("button.admit").click()
    phone.locator(".next").last.click()
