"""A site in memory, and a small phone without a camera."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import FLAGS, ensure_chromium
from tests.field.site import STATIC, Site


@pytest.fixture
def site() -> Iterator[Site]:
    assert (STATIC / "built" / "field" / "index.html").is_file(), "the front end is not built: make assets"
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module; no longer, since Django's own tests can't run beside its event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that nobody has used: what one context keeps no other sees."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()
