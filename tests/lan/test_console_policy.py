"""The console in a real browser: every page that the corridor's navigation leads to, under the content policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import wait_for_charts
from tests.lan.conftest import NAME, Site
from tests.lan.operation import ACCOUNT, PASSWORD

pytestmark = pytest.mark.browser


def test_no_page_asks_anybody_outside_or_breaks_the_policy(
    site: Site, browse: Callable[..., Browser], strangers
) -> None:
    context = browse().new_context()
    origin = f"http://localhost:{site.console}"
    strangers(context, origin)
    page = context.new_page()
    page.goto(f"{origin}/")
    page.get_by_label("User name").fill(ACCOUNT)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button[type=submit], main button").first.click()
    expect(page.locator("nav.corridor")).to_be_visible()
    places = page.eval_on_selector_all("nav.corridor a", "links => links.map((link) => link.href)")
    assert len(places) >= 3
    for place in places:
        answer = page.goto(place)
        assert answer is not None
        assert answer.status < 500, place
        assert "script-src 'self'" in (answer.header_value("content-security-policy") or "")
        wait_for_charts(page)


def test_the_console_is_closed_to_phones(site: Site, browse: Callable[..., Browser]) -> None:
    page = browse().new_page()
    for path in ("/", "/login/", "/api/v1/counts"):
        answer = page.goto(f"https://{NAME}:{site.lan}{path}")
        assert answer is not None
        assert answer.status == 404


def test_a_line_of_script_that_gets_into_a_page_does_not_run(site: Site, browse: Callable[..., Browser]) -> None:
    page = browse().new_page()
    page.goto(f"http://localhost:{site.console}/login/")
    ran = page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.ran = true">');
            return new Promise((done) => setTimeout(() => done(window.ran === true), 300));
        }"""
    )
    assert ran is False
