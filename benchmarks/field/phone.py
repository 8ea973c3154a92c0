"""The built app in a real Chromium: how long unlocking, locking and wiping take, and how large it is."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright
from tests.browser import FLAGS, ensure_chromium
from tests.field.officer import CODE, join
from tests.field.site import PAGE, STATIC, Site

ROUNDS = 5
CLOCK = """
const now = () => performance.timeOrigin + performance.now();
const SCREENS = { blank: '#app:empty', locked: '#code', open: '#app video' };
const tapped = (event) => {
  if (!event.target.closest?.('button')) return;
  for (const name of Object.keys(SCREENS)) sessionStorage.removeItem(name);
  sessionStorage.setItem('tapped', now());
};
addEventListener('click', tapped, true);
const look = () => {
  for (const [name, place] of Object.entries(SCREENS)) {
    if (!sessionStorage.getItem(name) && document.querySelector(place)) sessionStorage.setItem(name, now());
  }
};
new MutationObserver(look).observe(document, { childList: true, subtree: true });
"""
"""Runs in each page before the app: when a button was tapped, when a screen came to stand, in the page's own time."""


def measure_phone() -> dict[str, Any]:
    """Milliseconds from the tap to the screen that follows, the median of five; bytes as served, not packed."""
    site = Site()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        phone = browser.new_page(viewport={"width": 360, "height": 740})
        started = time.perf_counter()
        phone.add_init_script(CLOCK)
        phone.goto(f"{site.address}/{PAGE}#join=CODE")
        expect(phone.locator("h1")).to_be_visible()
        first_load = (time.perf_counter() - started) * 1000
        join(phone)
        phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
        phone.wait_for_function("navigator.serviceWorker.controller !== null")
        rounds = [_round(phone) for _ in range(ROUNDS)]
        wipe = _wipe(phone, site)
        browser.close()
    site.server.shutdown()
    site.server.server_close()
    return (
        {
            "first_load_ms": round(first_load),
        }
        | {f"{name}_ms": round(median(one[name] for one in rounds)) for name in rounds[0]}
        | {
            "wipe_ms": round(wipe),
            "installed_bytes": _size(STATIC / "built" / "field"),
        }
    )


def _round(phone: Page) -> dict[str, float]:
    phone.get_by_role("button", name="Lock").click()
    expect(phone.get_by_label("Code word")).to_be_visible()
    dark, lock = _since_tap(phone, "blank"), _since_tap(phone, "locked")
    phone.locator("#code").fill(CODE)
    phone.get_by_role("button", name="Unlock").click()
    phone.locator("#app video").wait_for(state="attached")
    return {"dark": dark, "lock": lock, "unlock": _since_tap(phone, "open")}


def _since_tap(phone: Page, screen: str) -> float:
    """Milliseconds from the last tap until a screen stood."""
    words = f"Number(sessionStorage.getItem('{screen}')) - Number(sessionStorage.getItem('tapped'))"
    return float(phone.evaluate(words))


def _wipe(phone: Page, site: Site) -> float:
    """From the start of a locked phone that was withdrawn to the screen of a new one."""
    phone.get_by_role("button", name="Lock").click()
    expect(phone.get_by_label("Code word")).to_be_visible()
    site.is_withdrawing = True
    started = time.perf_counter()
    phone.reload()
    expect(phone.get_by_label("Choose a code word for this phone")).to_be_visible()
    return (time.perf_counter() - started) * 1000


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
