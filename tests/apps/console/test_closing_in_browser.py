"""An access point is closed on the chart, by keys and by pointer; What if shows the effect before it is real."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from safepassage.apps.gate.services import tally_note
from safepassage.apps.movement.models import NetworkRecord
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.core.movement import single_bus
from tests.apps.console.test_in_browser import browser, faults_of, sign_in, told

__all__ = ["browser", "told"]
pytestmark = pytest.mark.browser


def with_a_gate_tomorrow(page: Page, address: str) -> None:
    """The plan page with a bus tomorrow at nine, and a crowd told at its gate at ten and at twelve."""
    day = timezone.localtime(timezone.now(), ZoneInfo("Asia/Kabul")) + timedelta(days=1)
    departs = day.replace(hour=9, minute=0, second=0, microsecond=0)
    bus = single_bus(
        seats=50, departs=departs, rally_point="Stadium", access_point="North Gate", utc_offset_minutes=270
    )
    network_keep(network=bus, account="desk", now=timezone.now())
    for hours in (1, 3):
        tally_note(point="access-1", level="calm", heads=5, device="D-1", now=departs + timedelta(hours=hours))
    made = plan_make(account="desk", now=timezone.now())
    page.goto(f"{address}/plan/?plan={made.pk}")


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_a_gate_is_closed_by_keys_on_the_chart_of_hours_on_a_phone(browser, live_server, language) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    with_a_gate_tomorrow(page, live_server.url)
    hours = page.locator(".heat a[data-close]")
    expect(hours).to_have_count(3)
    assert [one.get_attribute("tabindex") for one in hours.all()] == ["0", "-1", "-1"], "one stop of the tab key"
    assert faults_of(page) == []
    before = NetworkRecord.objects.count()
    hours.first.focus()
    forward = "ArrowRight" if language == "en" else "ArrowLeft"
    for key in (forward, f"Shift+{forward}"):
        page.keyboard.press(key)
    expect(page.locator(".heat td.chosen")).to_have_count(2)
    expect(page.locator(".heat output").first).to_have_text("11:00 + 2 h")
    assert faults_of(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/what-if/?kind=close&point=access-1&begins=*T11%3A00&hours=2")
    expect(page.locator("#effect-title")).to_be_visible()
    assert NetworkRecord.objects.count() == before, "nothing is written by looking"
    assert faults_of(page) == []


def test_a_gate_is_closed_by_dragging_over_its_hours_or_by_a_click_on_one(browser, live_server) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 1280, "height": 900})
    with_a_gate_tomorrow(page, live_server.url)
    hours = page.locator(".heat a[data-close]")
    hours.first.scroll_into_view_if_needed()
    boxes = [one.bounding_box() for one in hours.all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    page.mouse.move(*middles[2])
    page.mouse.down()
    page.mouse.move(*middles[0], steps=6)
    expect(page.locator(".heat td.chosen")).to_have_count(3)
    page.mouse.up()
    page.wait_for_url("**/plan/what-if/?kind=close&point=access-1&begins=*T10%3A00&hours=3")
    expect(page.locator("#effect-title")).to_be_visible()
    page.go_back()
    page.locator(".heat a[data-close]").nth(1).click()
    page.wait_for_url("**/plan/what-if/?kind=close&point=access-1&begins=*T11%3A00&hours=1")


def test_a_point_of_the_drawing_is_closed_by_keyboard_or_pointer(browser, live_server) -> None:
    page = sign_in(browser, live_server.url, viewport={"width": 1280, "height": 900})
    with_a_gate_tomorrow(page, live_server.url)
    assert faults_of(page) == []
    page.locator(".network a[href*=access-1]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/what-if/?kind=close&point=access-1&begins=*&hours=3")
    expect(page.locator("#effect-title")).to_be_visible()
    page.go_back()
    page.locator(".network a[href*=rally-1]").click()
    page.wait_for_url("**/plan/what-if/?kind=close&point=rally-1&*")
