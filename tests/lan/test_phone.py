"""A phone on the hotspot, end to end: the site is another process, with a name and an authority of its own."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.field.officer import admit_all, join, reload
from tests.field.test_first_page import film
from tests.lan.conftest import NAME, Site

pytestmark = pytest.mark.browser
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def joined(browser: Browser, site: Site, strangers) -> tuple[BrowserContext, Page]:
    """A phone that has answered an invitation and works from its service worker."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    strangers(context, site.origin)
    phone = context.new_page()
    phone.goto(f"{site.origin}/field/#join={site.ask('invite')['code']}")
    join(phone)
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    controlled(phone)
    return context, phone


def controlled(phone: Page) -> None:
    """Waits for the service worker (a polling wait would evaluate text, which the content policy forbids)."""
    phone.evaluate(
        """() => new Promise((done) => {
            const worker = navigator.serviceWorker;
            worker.addEventListener('controllerchange', () => done(true), { once: true });
            if (worker.controller) done(true);
        })"""
    )


def check(phone: Page, text: str) -> None:
    phone.get_by_label("Text of the pass").fill(text)
    phone.get_by_role("button", name="Check").click()


def test_a_pass_is_admitted_with_no_network_told_to_the_site_later_and_used_for_ever(
    site: Site, browse: Callable[..., Browser], strangers
) -> None:
    context, phone = joined(browse(), site, strangers)

    context.set_offline(True)
    reload(phone)
    check(phone, site.issued["text"])
    expect(phone.get_by_role("heading", name="Valid", exact=True)).to_be_visible()
    expect(phone.get_by_text("Expected: 3")).to_be_visible()
    admit_all(phone)

    reload(phone)
    expect(phone.get_by_text("2 waiting to be sent")).to_be_visible()
    check(phone, site.issued["text"])
    expect(phone.get_by_text("used-here")).to_be_visible()
    assert site.ask("ledger")["kinds"] == []

    context.set_offline(False)
    reload(phone)
    phone.get_by_role("button", name="Sync now").click()
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    told = site.ask("ledger")
    assert told["kinds"] == ["encounter", "persons-admitted"]
    assert told["stages"] == {"admitted": 3}
    assert (told["problems"], told["parked"], told["alarms"]) == ([], [], [])

    context.set_offline(True)
    reload(phone)
    check(phone, site.issued["short_code"].lower().replace("-", " "))
    expect(phone.get_by_text("used-here")).to_be_visible()
    phone.get_by_role("button", name="Next person").click()
    check(phone, site.issued["recognition"])
    expect(phone.get_by_text("used-here")).to_be_visible()


def test_a_bad_item_is_parked_and_shown_and_the_good_one_behind_it_arrives(
    site: Site, browse: Callable[..., Browser], strangers
) -> None:
    before = len(site.ask("ledger")["kinds"])
    context, phone = joined(browse(), site, strangers)
    phone.evaluate(
        """() => new Promise((done) => {
            const open = indexedDB.open('field');
            open.onsuccess = () => {
                const writing = open.result.transaction('outbox', 'readwrite');
                const bad = { nonce: 'bad', sequence: 0, parked: '', sealed: new Uint8Array(64) };
                writing.objectStore('outbox').add(bad);
                writing.oncomplete = () => done(open.result.close());
            };
        })"""
    )
    context.set_offline(True)
    check(phone, "not a pass")
    expect(phone.get_by_text("unreadable")).to_be_visible()
    phone.get_by_role("button", name="Refer").click()
    phone.get_by_role("button", name="Refer").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    context.set_offline(False)
    reload(phone)
    phone.get_by_role("button", name="Sync now").click()
    expect(phone.get_by_text("1 parked by the site")).to_be_visible()
    phone.get_by_text("1 parked by the site").click()
    expect(phone.get_by_text("?: unreadable")).to_be_visible()
    with phone.expect_response("**/bundle"):
        phone.get_by_role("button", name="Sync now").click()
    phone.wait_for_timeout(300)
    expect(phone.get_by_text("?: unreadable")).to_be_visible()
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    told = site.ask("ledger")
    assert (len(told["kinds"]), told["kinds"][-1], told["parked"]) == (before + 1, "encounter", ["unreadable"])


def test_a_withdrawn_phone_hands_in_its_queue_and_forgets_its_keys(
    site: Site, browse: Callable[..., Browser], strangers
) -> None:
    before = site.ask("ledger")
    context, phone = joined(browse(), site, strangers)
    context.set_offline(True)
    check(phone, "not a pass")
    phone.get_by_role("button", name="Refer").click()
    phone.get_by_role("button", name="Refer").click()
    expect(phone.get_by_text("Saved on this phone")).to_be_visible()
    (device,) = set(site.ask("ledger")["devices"]) - set(before["devices"])
    site.ask("withdraw", device)
    context.set_offline(False)  # the phone notices, hands in, and hears that it is withdrawn
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible()
    assert len(site.ask("ledger")["kinds"]) == len(before["kinds"]) + 1
    phone.reload()
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible()


def test_under_its_own_authority_a_name_that_is_not_localhost_is_a_secure_place_with_camera_and_worker(
    site: Site, browse: Callable[..., Browser], strangers, tmp_path: Path
) -> None:
    video = film(site.issued["text"], tmp_path / "pass.y4m")
    context = browse(*CAMERA, f"--use-file-for-fake-video-capture={video}").new_context(permissions=["camera"])
    strangers(context, site.origin)
    phone = context.new_page()
    phone.goto(f"{site.origin}/field/#join={site.ask('invite')['code']}")
    assert phone.evaluate("[location.hostname, isSecureContext, 'mediaDevices' in navigator]") == [NAME, True, True]
    join(phone)
    expect(phone.locator("#word")).to_be_visible()
    expect(phone.get_by_text("Expected: 3")).to_be_visible()
    controlled(phone)
    assert phone.evaluate("navigator.serviceWorker.controller.scriptURL") == f"{site.origin}/field/sw.js"


def test_a_browser_that_does_not_trust_the_authority_is_kept_out(site: Site, browse: Callable[..., Browser]) -> None:
    stranger = browse(trusts=False).new_page()
    with pytest.raises(BrowserError, match="ERR_CERT_AUTHORITY_INVALID"):
        stranger.goto(f"{site.origin}/field/")


def test_the_terminal_says_where_to_trust_and_what_to_compare(site: Site) -> None:
    said = site.said()
    assert f"http://{NAME}:{site.help}/" in said
    given = urllib.request.urlopen(f"http://127.0.0.1:{site.help}/ca.crt", timeout=5).read()
    fingerprint = x509.load_pem_x509_certificate(given).fingerprint(hashes.SHA256()).hex(":").upper()
    assert fingerprint in said
    assert "█" in said or "▀" in said
