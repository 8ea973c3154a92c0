"""The built app in a real Chromium: how long unlocking, locking and wiping take, and how large it is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from tests.browser import FLAGS, ensure_chromium
from tests.field.officer import CODE, choose_code
from tests.field.site import PAGE, STATIC, Site, pass_for_now
from tests.field.test_first_page import film

from benchmarks.field.slowed import browser_process, slowed, worker_loop_ms

ROUNDS = 5
VERDICTS = 20
PATIENCE_MS = 60_000
NO_CAMERA = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));"
"""The fake camera is the whole browser's: where the lock is timed no pass may be read before it is tapped."""
ORDER = """sessionStorage.setItem('ordered', performance.timeOrigin + performance.now());
dispatchEvent(new Event('online'));"""
FROM_ORDER = "Number(sessionStorage.getItem('anew')) - Number(sessionStorage.getItem('ordered'))"
KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open('field');
  asked.onsuccess = () => {
    const names = ['vault', 'one', 'uses', 'recent', 'blob'];
    const counts = names.map((name) => asked.result.transaction(name).objectStore(name).count());
    counts.at(-1).transaction.oncomplete = () => done(counts.reduce((sum, one) => sum + one.result, 0));
  };
})"""
FROM_START = "Number(sessionStorage.getItem('anew')) - performance.timeOrigin"
SMALL = {"width": 360, "height": 740}
CLOCK = """
const now = () => performance.timeOrigin + performance.now();
const SCREENS = { blank: '#app:empty', locked: '#code', anew: '#again', open: '#app video', judged: '.verdict' };
const tapped = (event) => {
  if (!event.target.closest?.('button')) return;
  for (const name of Object.keys(SCREENS)) sessionStorage.removeItem(name);
  sessionStorage.setItem('tapped', now());
};
addEventListener('click', tapped, true);
addEventListener('playing', () => sessionStorage.setItem('seen', now()), true);
const look = () => {
  for (const [name, place] of Object.entries(SCREENS)) {
    if (!sessionStorage.getItem(name) && document.querySelector(place)) sessionStorage.setItem(name, now());
  }
};
new MutationObserver(look).observe(document, { childList: true, subtree: true });
"""
"""Runs in each page before the app: when a button was tapped, when a screen came to stand, in the page's own time."""


def measure_phone(slower: float = 1) -> dict[str, Any]:
    """Milliseconds by the page's own clock, medians of five; of the code in view to its verdict the p95 too.

    `slower`: the whole browser gets that part of one processor; a worker's loop says how slow it was.
    """
    site = Site()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        film(pass_for_now().text, Path(folder) / "pass.y4m")
        camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        camera.append(f"--use-file-for-fake-video-capture={folder}/pass.y4m")
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=[*FLAGS, *camera])
        with_camera = browser.new_context(viewport=SMALL, permissions=["camera"])
        without = browser.new_context(viewport=SMALL)
        without.add_init_script(NO_CAMERA)
        loop = worker_loop_ms(without.new_page())
        with slowed(browser_process(), slower) as means:
            told = {"means": means, "worker_loop_slower": round(worker_loop_ms(without.pages[0]) / loop, 1)}
            told |= _locks(without, site) | _verdicts(with_camera, site)
        browser.close()
    site.server.shutdown()
    site.server.server_close()
    return told | {"installed_bytes": _size(STATIC / "built" / "field")}


def _joined(context: BrowserContext, site: Site) -> tuple[Page, float]:
    phone = context.new_page()
    phone.set_default_timeout(PATIENCE_MS)
    phone.add_init_script(CLOCK)
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    expect(phone.locator("h1")).to_be_visible(timeout=PATIENCE_MS)
    phone.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    first_load = phone.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    choose_code(phone)
    phone.get_by_role("button", name="Join").dispatch_event("click")
    phone.locator("#app video, .verdict").first.wait_for(state="attached")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    return phone, float(first_load)


def _locks(context: BrowserContext, site: Site) -> dict[str, int]:
    phone, first_load = _joined(context, site)
    rounds = [_round(phone) for _ in range(ROUNDS)]
    found = {f"{name}_ms": round(median(one[name] for one in rounds)) for name in rounds[0]}
    return {"first_load_ms": round(first_load)} | found | {"wipe_ms": round(_wipe(phone, site))}


def _verdicts(context: BrowserContext, site: Site) -> dict[str, int]:
    """A pass is held before the camera: from the first frame of the picture to the verdict on the screen."""
    site.is_withdrawing = False
    phone, _ = _joined(context, site)
    times = []
    for _ in range(VERDICTS):
        phone.reload()
        phone.locator("#code").fill(CODE)
        phone.get_by_role("button", name="Unlock").dispatch_event("click")
        phone.locator(".verdict").wait_for(state="attached")
        words = "Number(sessionStorage.getItem('judged')) - Number(sessionStorage.getItem('seen'))"
        times.append(float(phone.evaluate(words)))
    started = round(_wipe_from_start(phone, site))
    verdicts = {"verdict_ms_median": round(median(times)), "verdict_ms_p95": round(quantiles(times, n=20)[-1])}
    return verdicts | {"wipe_from_start_ms": started}


def _round(phone: Page) -> dict[str, float]:
    phone.get_by_role("button", name="Lock").dispatch_event("click")
    expect(phone.get_by_label("Code word")).to_be_visible(timeout=PATIENCE_MS)
    dark, lock = _since_tap(phone, "blank"), _since_tap(phone, "locked")
    phone.locator("#code").fill(CODE)
    phone.get_by_role("button", name="Unlock").dispatch_event("click")
    phone.locator("#app video").wait_for(state="attached")
    return {"dark": dark, "lock": lock, "unlock": _since_tap(phone, "open")}


def _since_tap(phone: Page, screen: str) -> float:
    """Milliseconds from the last tap until a screen stood."""
    words = f"Number(sessionStorage.getItem('{screen}')) - Number(sessionStorage.getItem('tapped'))"
    return float(phone.evaluate(words))


def _wipe(phone: Page, site: Site) -> float:
    """From the moment at which a locked phone that was withdrawn has a network to the screen of a new one."""
    phone.get_by_role("button", name="Lock").dispatch_event("click")
    expect(phone.get_by_label("Code word")).to_be_visible(timeout=PATIENCE_MS)
    phone.wait_for_load_state("networkidle")
    site.is_withdrawing = True
    phone.evaluate(ORDER)
    _expect_nothing_kept(phone)
    return float(phone.evaluate(FROM_ORDER))


def _wipe_from_start(phone: Page, site: Site) -> float:
    """From the start of the page, which has to load before it can ask."""
    site.is_withdrawing = True
    phone.reload()
    _expect_nothing_kept(phone)
    return float(phone.evaluate(FROM_START))


def _expect_nothing_kept(phone: Page) -> None:
    """The screen of a new phone comes after the wipe: nothing may be left by then."""
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible(timeout=PATIENCE_MS)
    if kept := phone.evaluate(KEPT):
        raise RuntimeError(f"{kept} values are still on the wiped phone")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
