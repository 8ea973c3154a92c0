"""`serve` as a process: it answers when it says so; locked under its readers; killed in the middle of an upload."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

import pytest

from safepassage import vault
from tests.make import EVERYONE, csv_text
from tests.story.conftest import PASSWORD, ROOT, Laptop

LIST = csv_text(EVERYONE).encode()
EDGE = "invented-edge"


class Console:
    """The console of a laptop, run by `serve`, and one reader's browser."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.start()

    def start(self) -> None:
        """Begins `serve` on a free port; it answers by the time that it says where."""
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "safepassage", "serve", "--port", str(self.port)],
            cwd=self.laptop.folder,
            env={**os.environ, **self.laptop.environment, "PYTHONPATH": path},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert f"http://localhost:{self.port}" in self.process.stdout.readline()

    def end(self, how: int = signal.SIGTERM) -> None:
        """Ends it by a signal."""
        self.process.send_signal(how)
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def ask(self, path: str, data: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Status, page and where one was led."""
        headers = {"Referer": f"http://127.0.0.1:{self.port}/", **({"Content-Type": kind} if kind else {})}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with self.browser.open(request, timeout=20) as page:
                return page.status, page.read().decode(), urllib.parse.urlsplit(page.url).path
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), path

    def sign_in(self) -> None:
        """As the first account."""
        form = {"csrfmiddlewaretoken": self.mark("/login/"), "username": "desk", "password": PASSWORD}
        status, _, where = self.ask("/login/", urllib.parse.urlencode(form).encode())
        assert (status, where) == (200, "/")

    def mark(self, path: str) -> str:
        """The mark of a page's form, without which nothing is taken."""
        return re.search(r'csrfmiddlewaretoken" value="([^"]+)', self.ask(path)[1]).group(1)

    def upload(self) -> tuple[bytes, str]:
        """A list on its way: what a browser sends, and its kind."""
        said = {"csrfmiddlewaretoken": self.mark("/lists/upload/"), "name": "Embassy", "retention_days": "30"}
        said |= {"basis": "vital interests", "trust": "3", "sharing": "nobody"}
        parts = [f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said[key]}\r\n' for key in said]
        file = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'
        content = "".join(parts).encode() + file.encode() + LIST + f"\r\n--{EDGE}--\r\n".encode()
        return content, f"multipart/form-data; boundary={EDGE}"

    def take_in(self) -> str:
        """Takes the list in as it is read; gives the page of the work that does it."""
        status, page, where = self.ask("/lists/upload/", *self.upload())
        assert (status, where) == (200, "/lists/inspect/"), page
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": self.mark("/lists/inspect/")})
        return self.ask("/lists/inspect/", form.encode())[2]

    def waits_until(self, path: str, words: str, *, seconds: float = 20) -> str:
        """The page, as soon as it says so."""
        ends = time.monotonic() + seconds
        while words not in (page := self.ask(path)[1]) and time.monotonic() < ends:
            time.sleep(0.2)
        assert words in page, page
        return page


@pytest.fixture
def console(founded: Laptop) -> Iterator[Console]:
    made = Console(founded)
    yield made
    made.end()


def test_a_lock_reaches_the_console_and_takes_what_waits_to_be_taken_in(console: Console) -> None:
    laptop, uploads = console.laptop, console.laptop.home / vault.UPLOADS
    console.sign_in()
    assert console.ask("/lists/upload/", *console.upload())[2] == "/lists/inspect/"
    upload = console.upload()
    assert len(list(uploads.iterdir())) == 1
    assert laptop("lock")["was_unlocked"] is False, "the console had the key from the passphrase"
    for path in ("/", "/lists/inspect/", "/login/", "/api/v1/counts", "/health/"):
        status, page, _ = console.ask(path)
        assert status == 503, path
        assert "north-2026" not in page
        if not path.startswith("/api/"):
            assert "The store is locked." in page
    assert console.ask("/lists/upload/", *upload)[0] == 503
    assert list(uploads.iterdir()) == []
    laptop("unlock", "--for", "1")
    _, page, where = console.ask("/")
    assert where == "/login/", "whoever unlocked it may be another person"
    assert "The store was locked since you signed in" in page
    console.sign_in()
    assert "Upload one first" in console.ask("/lists/inspect/")[1], "what waited in the session is gone with it"
    console.waits_until(console.take_in(), f"{len(EVERYONE)} listings are taken in")
    laptop("lock")


def test_killed_in_the_middle_of_an_upload_nothing_is_there_by_half_and_what_was_promised_is_done(
    console: Console,
) -> None:
    laptop = console.laptop
    console.sign_in()
    content, kind = console.upload()
    line = http.client.HTTPConnection("127.0.0.1", console.port, timeout=20)
    line.putrequest("POST", "/lists/upload/")
    cookies = "; ".join(f"{one.name}={one.value}" for one in console.jar)
    for name, value in (("Content-Type", kind), ("Content-Length", str(len(content))), ("Cookie", cookies)):
        line.putheader(name, value)
    line.endheaders()
    line.send(content[: len(content) // 2].replace(b"Embassy", b"Another"))
    work = console.take_in()
    console.end(signal.SIGKILL)
    line.close()
    console.start()
    if "Ask again" in console.ask(work)[1]:  # the worker had begun: it says so, and the same can be asked again
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": console.mark(work)})
        work = console.ask(f"{work}again/", form.encode())[2]
    console.waits_until(work, f"{len(EVERYONE)} listings are taken in")
    lists = console.ask("/lists/")[1]
    assert "Embassy" in lists
    assert "Another" not in lists
    assert not list((laptop.home / vault.UPLOADS).iterdir())
    assert laptop("resolve")["listings"] == len(EVERYONE)
    assert laptop("gate", "check")["problems"] == []
