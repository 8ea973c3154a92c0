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


def measure_phone() -> dict[str, Any]:
    """Milliseconds from the tap to the screen that follows, the median of five; bytes as served, not packed."""
    site = Site()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        phone = browser.new_page(viewport={"width": 360, "height": 740})
        started = time.perf_counter()
        phone.goto(f"{site.address}/{PAGE}#join=CODE")
        expect(phone.locator("h1")).to_be_visible()
        first_load = (time.perf_counter() - started) * 1000
        join(phone)
        phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
        phone.wait_for_function("navigator.serviceWorker.controller !== null")
        locks, unlocks = zip(*(_round(phone) for _ in range(ROUNDS)), strict=True)
        wipe = _wipe(phone, site)
        browser.close()
    site.server.shutdown()
    site.server.server_close()
    return {
        "first_load_ms": round(first_load),
        "lock_ms": round(median(locks)),
        "unlock_ms": round(median(unlocks)),
        "wipe_ms": round(wipe),
        "installed_bytes": _size(STATIC / "built" / "field"),
    }


def _round(phone: Page) -> tuple[float, float]:
    started = time.perf_counter()
    phone.get_by_role("button", name="Lock").click()
    expect(phone.get_by_label("Code word")).to_be_visible()
    locked = time.perf_counter()
    phone.locator("#code").fill(CODE)
    phone.get_by_role("button", name="Unlock").click()
    expect(phone.get_by_role("button", name="Lock")).to_be_visible()
    return (locked - started) * 1000, (time.perf_counter() - locked) * 1000


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
