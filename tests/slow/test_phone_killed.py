"""A phone that is three days without a network, and whose browser is killed twenty times while it writes.

Real Chromium, the store of the built app without its screens. More than two thousand encounters; each is
acknowledged to this test the moment that the app would say "Saved". The clock is moved, the room of the origin runs
out, and the site dies in the middle of the upload. Then: nothing acknowledged is lost, nothing is there twice, and
the order is that of the chain.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hatch_build import install_packages, run_node
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from safepassage.core.ledger import verify_event
from tests.browser import FLAGS, ensure_chromium
from tests.field.site import PAGE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KILLS = 20
ENCOUNTERS = 2400  # of which the full store refuses some three hundred
EVENTS = 2  # of each: the encounter and the admission, both or none
HOURS = 72
MINUTES_APART = HOURS * 60 / ENCOUNTERS
BACK_AT, BACK_HOURS = 7, 5
FULL_AT = 12
WRITTEN_AT_ONCE = 400
ROOM_BYTES = 150_000
DEATHS = 5

OPEN = """async () => {
    const kept = await import('/kept/kept.js');
    const db = await kept.openDatabase();
    let vault = await kept.vaultOf(db);
    const cost = { memory: 64, passes: 1 };
    if (!vault) {
        vault = (await kept.makeVault('six grey horses', '', cost)).vault;
        await kept.keepVault(db, vault);
    }
    globalThis.kept = kept;
    globalThis.store = kept.unlocked(db, (await kept.openVault(vault, 'six grey horses')).key);
}"""
WRITE = """async ([from, many, start, step]) => {
    for (let at = from; at < from + many; at += 1) {
        const named = { point: 'north-gate', pass: 'K-' + at };
        const [person, party] = ['P-7ZK3M0Q2R9TA', 'F-7ZK3M0Q2R9TX'];
        const use = { pass: 'K-' + at, members: [0], point: 'north-gate' };
        const acts = [
            { kind: 'encounter', body: { ...named, verdict: 'valid', heads: 1, rows: [[person]] } },
            { kind: 'persons-admitted', body: { ...named, reasons: ['valid'], rows: [[person, party]] } },
        ];
        try {
            const { events } = await kept.record(store, acts, use, start + Math.round((at - from) * step));
            await acknowledged(at, events.map((one) => one.nonce));
        } catch (error) {
            await refused(at, String(error));
        }
    }
}"""


class DyingSite(Site):
    """Keeps what it is sent, and a few times dies before it answers."""

    deaths = 0

    def receive(self, items: list[dict[str, str]]) -> list[dict[str, str]]:
        half = self.deaths > 0
        receipts = super().receive(items[: len(items) // 2] if half else items)
        if half:
            self.deaths -= 1
            raise ConnectionError("the site dies in the middle of an upload")
        return receipts


class Phone:
    """One profile on the disk, and the browser that lives in it until it is killed."""

    def __init__(self, playwright: Playwright, site: Site, folder: Path) -> None:
        self.playwright, self.site = playwright, site
        self.profile, self.code = folder / "profile", folder / "kept"
        self.acknowledged: dict[int, list[str]] = {}
        self.refused: dict[int, str] = {}

    @contextlib.contextmanager
    def awake(self, *, is_killed: bool = False) -> Iterator[Page]:
        """The browser, open; `is_killed`: it may die meanwhile, and that is no error."""
        died = contextlib.suppress(Error) if is_killed else contextlib.nullcontext()
        with died:
            context = self.playwright.chromium.launch_persistent_context(
                self.profile, executable_path=ensure_chromium(), args=FLAGS
            )
            yield self._opened(context)
            context.close()

    def _opened(self, context: BrowserContext) -> Page:
        context.route("**/kept/*", lambda route: route.fulfill(path=self.code / Path(route.request.url).name))
        context.expose_function("acknowledged", lambda at, nonces: self.acknowledged.update({at: nonces}))
        context.expose_function("refused", lambda at, why: self.refused.update({at: why}))
        page = context.new_page()
        page.goto(f"{self.site.address}/{PAGE.replace('index.html', 'icon.svg')}")
        page.evaluate(OPEN)
        return page

    def kill(self) -> None:
        """As the system does it when memory is short: at once, every process of the browser."""
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if str(self.profile).encode() in path.read_bytes():
                    os.kill(int(path.parent.name), signal.SIGKILL)


@pytest.fixture
def site() -> Iterator[DyingSite]:
    site = DyingSite()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def phone(site: DyingSite, tmp_path: Path) -> Iterator[Phone]:
    install_packages()
    vite = "node_modules/vite/bin/vite.js"
    words = ("build", "--mode", "kept", "--outDir", str(tmp_path / "kept"), "--logLevel", "warn")
    run_node(vite, *words, what="vite build (kept)")
    with sync_playwright() as playwright:
        phone = Phone(playwright, site, tmp_path)
        with phone.awake() as page:
            page.evaluate("kept.join(store, 'CODE')")
        yield phone


def test_nothing_acknowledged_is_lost_or_there_twice(phone: Phone, site: DyingSite):
    luck = random.Random(72)
    start, at, killed, is_full = time.time() * 1000 - HOURS * 3_600_000, 0, 0, False
    while at < ENCOUNTERS:
        fills = killed == FULL_AT and not is_full
        is_killed = killed < KILLS and not fills
        many = min(ENCOUNTERS - at, WRITTEN_AT_ONCE if is_killed or fills else ENCOUNTERS)
        moved = -BACK_HOURS * 3_600_000 if killed == BACK_AT else 0
        with phone.awake(is_killed=is_killed) as page:
            if fills:
                is_full = _fill(page, site)
            timer = threading.Timer(luck.uniform(0.02, 0.6), phone.kill)
            if is_killed:
                timer.start()
            now = start + at * MINUTES_APART * 60_000 + moved
            page.evaluate(WRITE, [at, many, round(now), MINUTES_APART * 60_000])
            assert not is_killed, "it was killed after it had written everything: nothing was tried"
        killed += is_killed
        at = max([at - 1, *phone.acknowledged, *phone.refused]) + 2  # the one under way may be there or not
    assert all("Quota" in why for why in phone.refused.values()), set(phone.refused.values())
    assert len(phone.refused) > WRITTEN_AT_ONCE / 10
    assert (killed, len(phone.acknowledged) > 2000) == (KILLS, True)
    assert len(phone.acknowledged) > ENCOUNTERS - len(phone.refused) - 2 * KILLS

    kept = _uses_and_waiting(phone)
    site.deaths = DEATHS
    with phone.awake() as page:
        for _ in range(DEATHS):
            assert page.evaluate("kept.upload(store).then(() => 'done', () => 'cut off')") == "cut off"
        page.evaluate("kept.upload(store)")
        assert page.evaluate("kept.waitingOf(store).then((all) => all.length)") == 0
        assert page.evaluate("kept.usesOf(store).then((all) => all.length)") == kept[0]
    _is_whole(phone, site)


def _fill(page: Page, site: Site) -> bool:
    """Hardly any room is left for what this page may keep."""
    usage = page.evaluate("navigator.storage.estimate().then((told) => told.usage)")
    talk = page.context.new_cdp_session(page)
    talk.send("Storage.overrideQuotaForOrigin", {"origin": site.address, "quotaSize": usage + ROOM_BYTES})
    return True


def _uses_and_waiting(phone: Phone) -> tuple[int, int]:
    with phone.awake() as page:
        counted: Any = page.evaluate(
            "Promise.all([kept.usesOf(store), kept.waitingOf(store)]).then((all) => all.map((one) => one.length))"
        )
    assert counted[0] * EVENTS == counted[1], "an admission without its event, or an event without its admission"
    return counted[0], counted[1]


def _is_whole(phone: Phone, site: DyingSite) -> None:
    nonces = [event.nonce for event in site.events]
    assert len(set(nonces)) == len(nonces)
    acknowledged = {nonce for events in phone.acknowledged.values() for nonce in events}
    assert acknowledged <= set(nonces)
    assert len(nonces) - len(acknowledged) <= KILLS * EVENTS  # at most the one that was under way at each kill
    assert [event.sequence for event in site.events] == list(range(1, len(nonces) + 1))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(site.public_key))
    for event in site.events:
        assert verify_event(event, key)
