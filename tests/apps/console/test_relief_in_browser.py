"""A crowded gate, from the alarm to the messages released, by keyboard on a phone, in each language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from safepassage.apps.gate.models import Tally
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.models import Booking
from safepassage.apps.outreach.models import Call, MessageDraft
from safepassage.apps.outreach.services import call_record
from safepassage.core.ledger import EventKind
from tests.apps.console.test_in_browser import browser, faults_of, sign_in, told
from tests.apps.outreach.crowded import crowded_gate

__all__ = ["browser", "told"]
pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_arrivals_are_moved_and_the_messages_released_by_keys_on_a_phone(
    browser, live_server, tmp_path, language
) -> None:
    Tally.objects.all().delete()
    crowded_gate(tmp_path, timezone.now())
    party = Booking.objects.order_by("party")[0].party
    call_record(party=party, outcome=Call.Outcome.REACHED, account="desk", now=timezone.now())
    page = sign_in(browser, live_server.url, viewport=PHONE)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/plan/")
    assert faults_of(page) == []
    page.locator("form[action$='/plan/relieve/'] button").press("Enter")
    expect(page.locator("#amended-title")).to_be_visible()
    assert faults_of(page) == []
    page.locator("#amended-title ~ p a").press("Enter")
    expect(page.locator("#waiting-title")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert faults_of(page) == []
    assert MessageDraft.objects.filter(released_at=None).count() == 3
    page.locator("form[action$='/messages/release/'] button").press("Enter")
    expect(page.locator("#released-title")).to_be_visible()
    assert MessageDraft.objects.exclude(released_at=None).count() == 1
    assert faults_of(page) == []


def test_who_may_not_have_come_and_where_a_need_comes_from_fit_a_phone(browser, live_server, tmp_path) -> None:
    now = timezone.now()
    crowded_gate(tmp_path, now - timedelta(hours=3))
    booking = Booking.objects.order_by("party")[0]
    rows = tuple((person, booking.party) for person in booking.persons)
    body = {"leg": booking.legs[0], "point": "rally-1", "rows": rows}
    event_append(kind=EventKind.PERSONS_SET_OUT, body=body, now=now)
    page = sign_in(browser, live_server.url, viewport=PHONE)
    page.goto(f"{live_server.url}/gate/missing/")
    expect(page.locator("#away-title")).to_be_visible()
    assert faults_of(page) == []
    page.goto(f"{live_server.url}/parties/{booking.party}/reasons/")
    assert faults_of(page) == []
