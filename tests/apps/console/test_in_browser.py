"""The console in a real Chromium: sign-in, every place at phone width and from right to left, slider, theme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.console.navigation import PLACES
from safepassage.apps.gate.services import tally_note
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.models import NetworkRecord
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.apps.registry.models import JudgementRecord, ReviewRecord
from safepassage.apps.registry.services import resolve_run
from safepassage.core.ledger import EventKind
from safepassage.core.movement import single_bus
from tests.apps.console.conftest import BEGAN
from tests.apps.console.people import take_in
from tests.browser import FLAGS, ensure_chromium, wait_for_charts
from tests.core.ledger.scribe import KARIM, LAILA, TESTANIS
from tests.make import operation_of

pytestmark = pytest.mark.browser
PASSWORD = "invented words for a test"
LATER = BEGAN + timedelta(hours=5)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]}


@pytest.fixture
def told(transactional_db, monkeypatch) -> None:
    """A small operation: two people, one admitted and one not, a draft plan, a tally."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    operation_of("kabul-test", BEGAN, name="Kabul test", controller="Test Task Force", retention_days=180)
    account_create(username="desk", password=PASSWORD, roles=frozenset(Role))
    event_append(kind=EventKind.PERSONS_ASSIGNED, body={"rows": ((KARIM,), (LAILA,))}, now=BEGAN)
    for kind, body in (
        (EventKind.ENCOUNTER, {"verdict": "valid", "reasons": ("pass-valid",), "rows": ((KARIM,),)}),
        (EventKind.PERSONS_ADMITTED, {"rows": ((KARIM, TESTANIS),)}),
        (EventKind.PERSONS_TURNED_AWAY, {"reason": "come-back", "rows": ((LAILA, TESTANIS),)}),
    ):
        event_append(kind=kind, body={"point": "gate-1", **body}, now=LATER)
    bus = single_bus(seats=50, departs=LATER, rally_point="Stadium", access_point="North Gate")
    network_keep(network=bus, account="desk", now=BEGAN)
    plan_make(account="desk", now=BEGAN)
    tally_note(point="access-1", level="dense", heads=200, device="D-1", now=timezone.now())


@pytest.fixture
def browser(told) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        yield launched
        launched.close()


def sign_in(browser: Browser, address: str, **context: object) -> Page:
    """A page of somebody who has signed in; nothing on it may fail."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on("console", lambda line: pytest.fail(f"console: {line.text}") if line.type == "error" else None)
    page.goto(f"{address}/login/")
    page.fill("[name=username]", "desk")
    page.fill("[name=password]", PASSWORD)
    page.click("text=Sign in")
    expect(page.locator("nav.corridor")).to_be_visible()
    return page


def faults_of(page: Page) -> list[str]:
    """What is wrong with a page for a small screen, or for whoever does not see it."""
    found = Axe().run(page, options=AXE).response["violations"]
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*faults, *([f"{over} px too wide"] if over > 0 else [])]


def test_a_family_is_written_in_on_a_phone_and_its_page_holds_to_wcag(browser, live_server) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 390, "height": 844})
    page.goto(live_server.url + reverse("console:family"))
    assert faults_of(page) == []
    page.fill("[name=member-0-name]", "Karim Testani")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.fill("[name=name]", "Walk-ins")
    page.locator("form[data-once] button:not(.second)").click()
    expect(page.locator("#arrivals-title")).to_be_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_a_torn_family_is_answered_by_keys_and_taken_back_on_a_phone(
    browser, live_server, tmp_path, language
) -> None:
    header = "Family No,Full name,Father's name,Relation,Sex,Date of birth,Phone\n"
    rows = (
        "1,Karim Testani,Ghafar,head,M,1980-05-14,0700000901\n",
        "7,Laila Testani,Nabi,head,F,1984-02-03,0700000901\n",
    )
    for number, row in enumerate(rows):
        take_in(header + row, f"list-{number}.csv", tmp_path, source=f"Source {number}")
    resolve_run(account="desk", now=BEGAN)
    question = ReviewRecord.objects.get(kind="same-household").pk
    page = sign_in(browser, live_server.url, viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/reviews/{question}/")
    expect(page.locator(".families > .card")).to_have_count(2)
    assert faults_of(page) == []
    page.keyboard.press("h")
    page.wait_for_url(f"{live_server.url}/reviews/")
    assert JudgementRecord.objects.get().verdict == "household"
    page.keyboard.press("z")
    page.wait_for_url(f"{live_server.url}/reviews/{question}/")
    assert JudgementRecord.objects.get().withdrawn_by == "desk"
    page.keyboard.press("d")
    page.wait_for_url(f"{live_server.url}/reviews/")
    assert JudgementRecord.objects.get(withdrawn_at=None).verdict == "other-household"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_place_fits_a_phone_and_holds_to_wcag_in_light_and_dark(browser, live_server, scheme: str) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    faults = {}
    for place in PLACES:
        page.goto(live_server.url + reverse(place.url))
        wait_for_charts(page)
        if found := faults_of(page):
            faults[place.url] = found
    assert faults == {}


def test_every_place_runs_from_right_to_left(browser, live_server) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 1280, "height": 800})
    page.click("details.menu > summary")
    page.click("text=دری")
    faults = {}
    for place in PLACES:
        page.goto(live_server.url + reverse(place.url))
        wait_for_charts(page)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        if found := faults_of(page):
            faults[place.url] = found
    assert faults == {}


_CUT = """[...document.querySelectorAll('.corridor a')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth || one.scrollWidth > one.clientWidth;
}).map(one => one.textContent)"""


@pytest.mark.parametrize("language", ["English", "دری", "پښتو"])
def test_no_place_of_the_menu_is_cut_off_on_a_laptop(browser, live_server, language: str) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 1280, "height": 800})
    page.click("details.menu > summary")
    page.click(f"details.menu >> text={language}")
    for width in (1280, 1024, 800):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(_CUT) == [], width
    assert page.locator(".corridor a").count() == len(PLACES)


def test_the_slider_moves_by_keyboard_and_fetches_the_counts_of_then(browser, live_server) -> None:
    page = sign_in(browser, live_server.url)
    page.goto(f"{live_server.url}/counts/")
    table = page.locator("#counts table")
    expect(table).to_contain_text("admitted")
    page.focus("#at")
    page.keyboard.press("Home")
    expect(page.locator("#moment")).to_contain_text("in the past")
    expect(table).not_to_contain_text("admitted")
    expect(page.locator("#counts .chart svg")).to_be_visible()
    page.keyboard.press("End")
    expect(table).to_contain_text("admitted")


def test_light_or_dark_is_a_choice_that_stays(browser, live_server) -> None:
    page = sign_in(browser, live_server.url, color_scheme="light")
    page.click("details.menu > summary")
    page.click("[data-theme-switch]")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.goto(f"{live_server.url}/counts/")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_gate_log_is_filtered_without_loading_the_page_anew(browser, live_server) -> None:
    page = sign_in(browser, live_server.url)
    page.goto(f"{live_server.url}/gate/")
    expect(page.locator("#log tbody tr")).to_have_count(3)
    page.select_option("[name=outcome]", "turned-away")
    expect(page.locator("#log tbody tr")).to_have_count(1)
    assert "outcome=turned-away" in page.url


def with_a_bus_tomorrow(page: Page, address: str) -> None:
    """A draft plan of a bus that leaves tomorrow, on the plan page, every list open."""
    departs = (timezone.now() + timedelta(hours=20)).replace(second=0, microsecond=0)
    bus = single_bus(seats=50, departs=departs, rally_point="Stadium", access_point="North Gate")
    network_keep(network=bus, account="desk", now=timezone.now())
    made = plan_make(account="desk", now=timezone.now())
    page.goto(f"{address}/plan/?plan={made.pk}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_a_leg_is_moved_by_keys_and_what_if_shows_the_effect_on_a_phone(browser, live_server, language) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    with_a_bus_tomorrow(page, live_server.url)
    handle = page.locator("a[data-move]")
    handle.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight" if language == "en" else "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("a[data-move] + output")).to_have_text("+15 min")
    assert faults_of(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/what-if/?leg=*&minutes=15")
    expect(page.locator("#effect-title")).to_be_visible()
    assert faults_of(page) == []


def test_a_leg_is_dragged_to_another_time_and_nothing_is_written_by_it(browser, live_server) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 1280, "height": 900})
    with_a_bus_tomorrow(page, live_server.url)
    handle = page.locator("a[data-move]")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = NetworkRecord.objects.count()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 48, y, steps=4)
    expect(page.locator("a[data-move] + output")).to_have_text("−30 min")
    page.mouse.up()
    page.wait_for_url("**/plan/what-if/?leg=*&minutes=-30")
    expect(page.locator("#effect-title")).to_be_visible()
    assert NetworkRecord.objects.count() == before
