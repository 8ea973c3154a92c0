"""A phone that is locked, wiped or opened under duress gives nothing away: searched for what was planted."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from safepassage.core.ledger import EventKind
from tests.field.officer import CODE, DURESS, admit_all, check, join, joined, reload, unlock, usable
from tests.field.site import PAGE, PARTY, PERSONS, Site, pass_for_now

pytestmark = pytest.mark.browser

KEPT = """async () => {
    const kept = [];
    for (const { name } of await indexedDB.databases()) {
        const open = indexedDB.open(name);
        const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
        for (const store of db.objectStoreNames) {
            const all = await new Promise((done) => {
                const asked = db.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
            });
            const text = (one) => one instanceof Uint8Array || one instanceof ArrayBuffer
                ? Array.from(new Uint8Array(one), (byte) => String.fromCharCode(byte)).join('')
                : typeof one === 'object' && one ? Object.values(one).map(text).join(' ') : String(one);
            kept.push(...all.map(text));
        }
        db.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request)).text());
    }
    for (const place of [localStorage, sessionStorage]) kept.push(...Object.entries(place).flat());
    return kept.join('\\n');
}"""


@pytest.fixture
def phone(context: BrowserContext, site: Site) -> Page:
    """A phone that has joined, has a duress code, and has admitted a family that the site doesn't know of."""
    phone = joined(context, site, duress=DURESS)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    check(phone, pass_for_now().text)
    admit_all(phone)
    return phone


def canaries() -> list[str]:
    """Of each thing that the phone knows, one: a person, a party, a pass, a key, the token's neighbours."""
    return [PERSONS[0], PARTY, pass_for_now().id, Site.bundle()["point_day_keys"][1]["secret"]]


def heap(phone: Page) -> str:
    """Everything that is alive in the page's memory."""
    session = phone.context.new_cdp_session(phone)
    parts: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda part: parts.append(part["chunk"]))
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.detach()
    return "".join(parts)


def found_in(text: str) -> list[str]:
    return [one for one in canaries() if one in text]


def test_the_search_finds_what_is_not_hidden(phone: Page):
    phone.evaluate(
        """async (canaries) => {
            localStorage.setItem('planted', canaries[0]);
            await (await caches.open('planted')).put('./planted', new Response(canaries[1]));
            const db = await new Promise((done) => {
                const open = indexedDB.open('planted', 1);
                open.onupgradeneeded = () => open.result.createObjectStore('planted');
                open.onsuccess = () => done(open.result);
            });
            await new Promise((done) => {
                const writing = db.transaction('planted', 'readwrite');
                writing.objectStore('planted').put({ deep: [canaries[2], new TextEncoder().encode(canaries[3])] }, 1);
                writing.oncomplete = done;
            });
            db.close();
        }""",
        canaries(),
    )
    assert found_in(phone.evaluate(KEPT)) == canaries()
    phone.get_by_role("button", name="Next person").click()
    phone.get_by_label("Text of the pass").fill(pass_for_now().text)
    assert PARTY in heap(phone) or pass_for_now().id in heap(phone)


def test_nothing_that_was_planted_is_found_unlocked_on_the_disk_nor_locked_anywhere(phone: Page):
    assert found_in(phone.evaluate(KEPT)) == []
    phone.get_by_role("button", name="Next person").click()
    phone.get_by_role("button", name="Lock").click()
    expect(phone.get_by_label("Code word")).to_be_visible()
    assert found_in(phone.evaluate(KEPT)) == []
    assert found_in(heap(phone)) == []


def test_what_waits_survives_the_lock_and_is_sent_after_it(phone: Page, context: BrowserContext, site: Site):
    reload(phone)
    expect(phone.get_by_text("2 waiting to be sent")).to_be_visible()
    context.set_offline(False)
    phone.get_by_role("button", name="Sync now").click()
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    assert [event.kind for event in site.events] == [EventKind.ENCOUNTER, EventKind.PERSONS_ADMITTED]
    phone.get_by_label("Text of the pass").fill(pass_for_now().text)
    phone.get_by_role("button", name="Check").click()
    expect(phone.get_by_text("used-here")).to_be_visible()


def test_the_duress_code_opens_an_empty_app_and_the_true_code_opens_nothing_any_more(
    phone: Page, context: BrowserContext, site: Site
):
    phone.reload()
    unlock(phone, DURESS)
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    phone.get_by_label("Text of the pass").fill(pass_for_now().text)
    phone.get_by_role("button", name="Check").click()
    expect(phone.get_by_text("unknown-key")).to_be_visible()
    assert found_in(heap(phone)) == []
    phone.reload()
    unlock(phone, CODE)
    expect(phone.get_by_text("Wrong code.")).to_be_visible()
    phone.goto(f"{site.address}/{PAGE}")
    unlock(phone, DURESS)
    context.set_offline(False)
    phone.goto("about:blank")
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    unlock(phone, DURESS)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    expect(phone.get_by_role("button", name="Join")).to_have_count(0)
    phone.wait_for_timeout(500)
    assert [event.kind for event in site.events] == [EventKind.ENCOUNTER, EventKind.PERSONS_ADMITTED]


def test_a_locked_phone_that_the_site_withdraws_wipes_itself(phone: Page, context: BrowserContext, site: Site):
    site.is_withdrawing = True
    context.set_offline(False)
    phone.reload()
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible()
    assert found_in(phone.evaluate(KEPT)) == []


def test_a_locked_phone_hears_of_it_as_soon_as_there_is_a_network(phone: Page, context: BrowserContext, site: Site):
    phone.reload()
    expect(phone.get_by_label("Code word")).to_be_visible()
    site.is_withdrawing = True
    context.set_offline(False)
    # at once where the browser tells of it, else with the next minute
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible(timeout=75_000)
    assert found_in(phone.evaluate(KEPT)) == []


def test_ten_wrong_codes_wipe_the_phone(phone: Page):
    phone.reload()
    for _ in range(10):
        unlock(phone, "nine brown cows")
        expect(phone.get_by_text("Opening")).to_have_count(0)
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible()


def test_out_of_sight_the_phone_locks_whatever_is_open(phone: Page):
    phone.get_by_role("button", name="Next person").click()
    phone.get_by_role("button", name="Document").click()
    expect(phone.locator("dialog")).to_be_visible()
    phone.evaluate(
        """() => {
            const now = Date.now;
            Object.defineProperty(document, 'hidden', { value: true, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
            Date.now = () => now() + 16_000;
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    expect(phone.get_by_label("Code word")).to_be_visible()
    expect(phone.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "fa-AF", "ps"])
def test_setting_up_and_the_lock_are_usable_by_everybody_at_360_pixels(
    context: BrowserContext, site: Site, language: str, tmp_path: Path
):
    phone = context.new_page()
    phone.goto(f"{site.address}/{PAGE}")
    phone.evaluate("code => localStorage.setItem('language', code)", language)
    phone.reload()
    expect(phone.locator("h1")).to_be_visible()
    phone.locator("summary").click()
    phone.screenshot(path=tmp_path / f"setup-{language}.png", full_page=True)
    usable(phone, language)
    phone.locator("#code").fill(CODE)
    phone.locator("#again").fill(CODE)
    phone.locator("button[type=submit]").click()
    expect(phone.locator("#again")).to_have_count(0)
    phone.reload()
    expect(phone.locator("#code")).to_be_visible()
    phone.screenshot(path=tmp_path / f"lock-{language}.png", full_page=True)
    usable(phone, language)


def with_a_lock_of_its_own(context: BrowserContext) -> Page:
    """A phone with a finger or face that always fits, and WebAuthn's PRF."""
    phone = context.new_page()
    talk = context.new_cdp_session(phone)
    talk.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "hasPrf": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return phone


def test_a_passkey_opens_beside_the_code_word_and_its_key_lies_nowhere(context: BrowserContext, site: Site):
    phone = with_a_lock_of_its_own(context)
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    expect(phone.get_by_text("whoever forces your finger")).to_be_visible()
    usable(phone, "en")
    phone.get_by_label("Open it by this phone").check()
    join(phone)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.get_by_role("button", name="Lock", exact=True).click()
    phone.get_by_role("button", name="By passkey").click()
    expect(phone.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Lock", exact=True).click()
    kept = phone.evaluate(KEPT)
    assert not [canary for canary in canaries() if canary in kept]
    unlock(phone)
    expect(phone.get_by_role("button", name="Lock", exact=True)).to_be_visible()


def test_a_passkey_that_the_phone_does_not_confirm_opens_nothing(context: BrowserContext, site: Site):
    phone = with_a_lock_of_its_own(context)
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    phone.get_by_label("Open it by this phone").check()
    join(phone)
    phone.get_by_role("button", name="Lock", exact=True).click()
    phone.evaluate(
        "(() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); })()"
    )
    phone.get_by_role("button", name="By passkey").click()
    expect(phone.get_by_text("Type the code word")).to_be_visible()
    expect(phone.get_by_role("button", name="Lock", exact=True)).to_have_count(0)


def test_a_phone_without_a_lock_of_its_own_offers_no_passkey(context: BrowserContext, site: Site):
    phone = context.new_page()
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible()
    expect(phone.get_by_text("whoever forces your finger")).to_be_hidden()
