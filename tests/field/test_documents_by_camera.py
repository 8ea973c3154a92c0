"""A passport before the camera of a real Chromium: read on the phone, put before the officer, and nowhere kept."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser import FLAGS, ensure_chromium
from tests.field.officer import join, usable
from tests.field.site import PAGE, Site

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "field" / "src" / "camera" / "fixtures"


def film(picture: Path, path: Path) -> Path:
    """A grey PNG whose rows use no filter, held before the camera."""
    file = picture.read_bytes()
    width, height = struct.unpack(">II", file[16:24])
    (size,) = struct.unpack(">I", file[33:37])
    rows = zlib.decompress(file[41 : 41 + size])
    luma = b"".join(rows[y * (width + 1) + 1 : (y + 1) * (width + 1)] for y in range(height))
    frame = b"FRAME\n" + luma + bytes([128]) * (width * height // 2)
    path.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3)
    return path


@pytest.fixture
def browsing(tmp_path: Path) -> Iterator[BrowserContext]:
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={film(FIXTURES / 'td3-turned.png', tmp_path / 'passport.y4m')}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=[*FLAGS, *flags])
        yield browser.new_context(viewport={"width": 360, "height": 740}, permissions=["camera"])
        browser.close()


@pytest.fixture
def phone(browsing: BrowserContext, site: Site) -> Page:
    phone = browsing.new_page()
    outside: list[str] = []
    browsing.on("request", lambda request: outside.append(request.url) if site.address not in request.url else None)
    phone.on("pageerror", lambda error: pytest.fail(str(error)))
    phone.goto(f"{site.address}/{PAGE}#join=CODE")
    join(phone)
    yield phone
    assert [url for url in outside if not url.startswith(("blob:", "data:"))] == []


def test_a_passport_is_read_with_no_network_and_put_before_the_officer(
    phone: Page, browsing: BrowserContext, site: Site
):
    told = (FIXTURES / "td3-turned.txt").read_text().strip()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    site.server.shutdown()
    site.server.server_close()
    browsing.set_offline(True)
    phone.get_by_role("button", name="Document").click()
    phone.get_by_role("button", name="Read it by camera").click()
    expect(phone.get_by_text("Hold the lines at its foot")).to_be_visible()
    usable(phone, "en")
    expect(phone.get_by_text("Two pictures say the same")).to_be_visible(timeout=20_000)
    assert phone.locator("#paper-lines").input_value() == told
    expect(phone.locator("dialog video")).to_have_count(0)
    expect(phone.get_by_text("compare the face")).to_be_visible()
    expect(phone.get_by_role("button", name="Use this document")).to_be_enabled()
    assert told.splitlines()[0] not in kept(phone)


def test_stopping_the_camera_leaves_the_fields_to_type_in(phone: Page):
    phone.get_by_role("button", name="Document").click()
    phone.get_by_role("button", name="Read it by camera").click()
    phone.get_by_role("button", name="Back").click()
    assert phone.evaluate("document.querySelector('dialog video')") is None
    phone.get_by_role("button", name="Document").click()
    phone.get_by_label("Number", exact=True).fill("P0000001")
    expect(phone.get_by_role("button", name="Use this document")).to_be_enabled()


def kept(phone: Page) -> str:
    """All that the page keeps in the clear: local storage, names of caches, and the databases."""
    return str(
        phone.evaluate("""async () => {
          const names = (await indexedDB.databases()).map((one) => one.name);
          const all = await Promise.all(names.map((name) => new Promise((resolve) => {
            const open = indexedDB.open(name);
            open.onsuccess = () => {
              const stores = [...open.result.objectStoreNames];
              if (!stores.length) return resolve([]);
              const act = open.result.transaction(stores);
              const got = [];
              for (const store of stores)
                act.objectStore(store).getAll().onsuccess = (e) => got.push(e.target.result);
              act.oncomplete = () => { open.result.close(); resolve(got); };
            };
          })));
          const files = (await Promise.all((await caches.keys()).map(async (key) =>
            (await (await caches.open(key)).keys()).map((one) => one.url)))).flat();
          const images = files.filter((one) => /\\.(png|jpe?g|webp)$/.test(one));
          return JSON.stringify([all, { ...localStorage }, images]);
        }""")
    )


def test_pictures_of_a_folder_are_read_by_the_same_reader():
    words = [sys.executable, "-m", "benchmarks.field", "--images", str(FIXTURES), "--json"]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert (told["images"], told["right"], told["valid_but_wrong"]) == (4, 4, 0)
    assert told["median_ms"] > 0
