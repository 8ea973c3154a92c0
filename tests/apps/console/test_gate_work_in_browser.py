"""Pages of the gate's desk in a real Chromium, at 360 px, in three languages: paper and texts for the crowd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import BrowserContext, sync_playwright

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.gate.convoys import convoy_missing
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.manifests import manifest_persons
from safepassage.apps.outreach.models import KeyedEntry
from safepassage.core.ledger import EventKind
from tests.browser import FLAGS, ensure_chromium
from tests.make import NOW, with_bookings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)
STATIC = Path(django_settings.PACKAGE) / "web" / "static"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]}
PAGES = {
    "paper": "/gate/paper/?kind=walk-in",
    "paper-list": "/gate/paper/?kind=manifest",
    "crowd": "/gate/crowd/",
    "missing": "/gate/missing/?leg=LEG",
}


@pytest.fixture
def browsing(transactional_db, live_server, operation, monkeypatch) -> Iterator[BrowserContext]:
    """A phone's window, signed in with every role; a sheet that two people typed differently waits."""
    assert (STATIC / "built" / "console.js").is_file(), "the front end is not built: make assets"
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    client = Client()
    client.force_login(account_create(username="desk", password=None, roles=frozenset(Role)))
    fields = {"at": "2026-03-01T10:00+00:00", "point": "north-gate", "level": "dense", "heads": "250"}
    for account, heads in (("desk", "250"), ("desk-2", "350")):
        KeyedEntry.objects.create(
            kind="tally", number="t-1-001", account=account, fields=fields | {"heads": heads}, typed_at=NOW
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        yield context
        chromium.close()


@pytest.fixture
def bus(browsing, tmp_path) -> str:
    """A bus that came through a checkpoint with fewer, one of whose people is a case already."""
    with_bookings(tmp_path)
    (leg,) = {load.leg for load in legs_load() if load.booked}
    manifest_close(leg=leg, account="desk", now=NOW)
    first, *_ = next(iter(manifest_persons(leg, 1).values()))
    convoy_missing(leg=leg, persons=[first], owner="desk-1", account="desk", now=NOW)
    event_append(kind=EventKind.CONVOY_REPORTED, body={"leg": leg, "state": "let-through-with-fewer"}, now=NOW + HOUR)
    return leg


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_the_desks_pages_are_usable_by_everybody_at_360_pixels(
    browsing: BrowserContext, bus: str, live_server, language: str, tmp_path: Path
) -> None:
    browsing.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = browsing.new_page()
    for name, address in PAGES.items():
        page.goto(address.replace("LEG", bus))
        page.screenshot(path=tmp_path / f"{name}-{language}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        assert page.evaluate("document.documentElement.dir") == ("ltr" if language == "en" else "rtl")
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
