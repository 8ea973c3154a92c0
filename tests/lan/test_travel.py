"""A bus that loads and a base that takes in, end to end: no network between the acts, the site another process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.field.officer import join, reload
from tests.lan.conftest import Desk, Site
from tests.lan.test_phone import controlled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    desk = Desk(home)
    site = Site(home, desk, desk.ask("make"))
    site.issued, site.point = desk.ask("travel"), "access-1"
    site.start()
    yield site
    site.stop()
    desk.close()


def phone_of(browser: Browser, site: Site, strangers, role: str, point: str) -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    strangers(context, site.origin)
    phone = context.new_page()
    phone.set_default_timeout(8000)
    phone.goto(f"{site.origin}/field/#join={site.ask('invite', role, point)['code']}")
    join(phone)
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()
    controlled(phone)
    return phone


def hold_out(phone: Page, text: str) -> None:
    phone.get_by_label("Code, slip").fill(text)
    phone.get_by_role("button", name="Check").click()
    phone.get_by_role("button", name="All are here").click()


def send(phone: Page) -> None:
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Sync now").click()
    expect(phone.get_by_text("0 waiting to be sent")).to_be_visible()


def test_a_bus_loads_leaves_and_the_flight_is_met(site: Site, browse: Callable[..., Browser], strangers) -> None:
    browser = browse()
    bus = phone_of(browser, site, strangers, "bus", "access-1")
    bus.get_by_role("button", name="green-bus").click()
    first, *rest = site.issued["green-bus"]
    expected = first["people"] + sum(one["people"] for one in rest)

    expect(bus.locator(".figures p").nth(1)).to_have_text(f"{expected} expected")  # the choice is kept, then shown
    bus.context.set_offline(True)
    reload(bus)
    expect(bus.locator(".figures p").nth(1)).to_have_text(f"{expected} expected")
    hold_out(bus, first["text"])
    bus.get_by_role("button", name="They board").click()
    expect(bus.get_by_text("Saved on this phone")).to_be_visible()
    reload(bus)
    expect(bus.locator(".figures p").first).to_have_text(f"{first['people']} aboard")
    bus.get_by_role("button", name="Depart").click()
    bus.get_by_label("Heads counted by eye").fill(str(first["people"]))
    bus.get_by_role("button", name="Depart").click()
    bus.locator("dialog").get_by_role("button", name="Depart without them").click()
    bus.get_by_role("button", name="Next person").click()
    assert site.ask("loads")["legs"]["green-bus"] == [0, None]
    send(bus)
    assert site.ask("loads")["legs"]["green-bus"] == [first["people"], first["people"]]
    expect(bus.locator(".figures p").first).to_have_text(f"{first['people']} aboard")

    base = phone_of(browser, site, strangers, "staging-base", "base-1")
    before = site.ask("loads")["bases"]["base-1"]
    base.context.set_offline(True)
    hold_out(base, first["text"])
    base.get_by_role("button", name="They have arrived").click()
    expect(base.get_by_text("c17-2")).to_be_visible()
    base.get_by_role("button", name="Next person").click()
    base.get_by_role("button", name="Without a booking").click()
    base.get_by_role("group", name="adult, 18–59").get_by_role("button", name="female").click()
    base.get_by_role("button", name="Take in and count").click()
    base.get_by_role("button", name="Next person").click()
    send(base)
    heads = first["people"] + 1
    assert site.ask("loads")["bases"]["base-1"] == [before[0] + heads, before[1] - heads]
    expect(base.locator(".figures p").first).to_have_text(f"{heads} here")
    told = site.ask("ledger")
    assert (told["problems"], told["parked"]) == ([], [])
    assert site.ask("loads")["differing"] == []
