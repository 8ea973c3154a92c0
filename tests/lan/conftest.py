"""`safepassage serve --lan` as a process, and a Chromium that trusts its authority under a name of its own."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import FLAGS, ensure_chromium
from tests.lan.operation import Desk

NAME = "safepassage.test"
STARTS_WITHIN = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Site:
    """A site that phones reach under a name."""

    home: Path
    desk: Desk
    issued: dict[str, Any]
    point: str = "north-gate"
    lan: int = field(default_factory=free_port)
    help: int = field(default_factory=free_port)
    console: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.lan}"

    def start(self) -> None:
        ports = ["--port", self.console, "--lan-port", self.lan, "--help-port", self.help]
        named = ["--name", NAME, "--address", "127.0.0.1", "--home", self.home, "--point", self.point]
        words = [sys.executable, "-c", "from safepassage.cli import main; main()", "serve", "--lan", *ports, *named]
        log = (self.home / "serve.log").open("w")
        env = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
        self.process = subprocess.Popen([str(word) for word in words], stdout=log, stderr=log, text=True, env=env)
        ends = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < ends:
            assert self.process.poll() is None, self.said()
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.lan)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail(self.said())

    def said(self) -> str:
        return (self.home / "serve.log").read_text()

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=20)

    def ask(self, verb: str, *words: str) -> dict[str, Any]:
        return self.desk.ask(verb, *words)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    desk = Desk(home)
    site = Site(home, desk, desk.ask("make"))
    site.start()
    yield site
    site.stop()
    desk.close()


def certutil() -> str | None:
    """NSS's tool, by which a browser is told whom to trust; installed where we may."""
    if not shutil.which("certutil") and os.geteuid() == 0 and shutil.which("apt-get"):
        words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libnss3-tools"]
        subprocess.run(
            words, capture_output=True, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
    return shutil.which("certutil")


def trusting(site: Site, profile: Path) -> list[str]:
    """Makes a browser with this home trust the site's authority; else gives flags by which it takes its key alone."""
    tool = certutil()
    tls = site.home / "tls"
    if tool:
        store = profile / ".pki" / "nssdb"
        store.mkdir(parents=True)
        subprocess.run([tool, "-N", "--empty-password", "-d", f"sql:{store}"], check=True)
        words = [tool, "-A", "-n", "site", "-t", "C,,", "-i", str(tls / "ca.crt"), "-d", f"sql:{store}"]
        subprocess.run(words, check=True)
        return []
    key = x509.load_pem_x509_certificate((tls / "site.crt").read_bytes()).public_key()
    spki = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return [f"--ignore-certificate-errors-spki-list={base64.b64encode(spki).decode()}"]


@pytest.fixture
def browse(site: Site, tmp_path: Path) -> Iterator[Callable[..., Browser]]:
    """Starts browsers that know the site's name."""
    running: list[Browser] = []
    with sync_playwright() as playwright:

        def start(*flags: str, trusts: bool = True) -> Browser:
            profile = tmp_path / f"profile-{len(running)}"
            profile.mkdir()
            trust = trusting(site, profile) if trusts else []
            rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
            browser = playwright.chromium.launch(
                executable_path=ensure_chromium(),
                args=[*FLAGS, rules, *trust, *flags],
                env={**os.environ, "HOME": str(profile)},
            )
            running.append(browser)
            return browser

        yield start
        for browser in running:
            browser.close()


@pytest.fixture
def strangers() -> Iterator[Callable[[BrowserContext, str], None]]:
    """Watches that a browser asks nobody but the site, and that no page breaks the content policy."""
    found: list[str] = []

    def watch(context: BrowserContext, *origins: str) -> None:
        def on_request(request: Any) -> None:
            if not request.url.startswith((*origins, "blob:", "data:")):
                found.append(request.url)

        context.on("request", on_request)
        context.on("console", lambda told: found.append(told.text) if "Content Security" in told.text else None)
        context.on("weberror", lambda error: found.append(str(error.error)))

    yield watch
    assert found == []
