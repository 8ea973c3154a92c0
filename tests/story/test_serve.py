"""`serve` as a process: it answers when it says so; locked under its readers; killed in the middle of an upload."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.vault import keeper
from safepassage.vault.keyfile import key_open
from tests.encrypted import PASSPHRASE
from tests.make import EVERYONE, csv_text
from tests.story.conftest import PASSWORD, ROOT, Laptop

LIST = csv_text(EVERYONE).encode()
EDGE = "invented-edge"
CANARY = EVERYONE[0][1].encode()
"""A name on the list: what is looked for in memory."""


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Console:
    """The console of a laptop, run by `serve`, and one reader's browser."""

    def __init__(self, laptop: Laptop, *more: str) -> None:
        self.laptop, self.more = laptop, more
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.start()

    def start(self) -> None:
        """Begins `serve` on a free port; it answers by the time that it says where."""
        self.port = free_port()
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "safepassage", "serve", "--port", str(self.port), *self.more],
            cwd=self.laptop.folder,
            env={**os.environ, **self.laptop.environment, "PYTHONPATH": path},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        line = ""
        while f"http://localhost:{self.port}" not in line:
            line = self.process.stdout.readline()
            assert line, "it ended before it said where it answers"

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
        """The page, as soon as it says so; a server that replaces itself cuts whoever asks at that moment."""
        ends, page = time.monotonic() + seconds, ""
        while words not in page and time.monotonic() < ends:
            with suppress(ConnectionError, urllib.error.URLError):
                page = self.ask(path)[1]
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
    console.waits_until("/", "The store was locked since you signed in")
    assert console.ask("/")[2] == "/login/", "whoever unlocked it may be another person"
    console.sign_in()
    assert "Upload one first" in console.ask("/lists/inspect/")[1], "what waited in the session is gone with it"
    console.waits_until(console.take_in(), f"{len(EVERYONE)} listings are taken in")
    laptop("lock")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read as Linux shows it")
def test_a_lock_shuts_the_door_of_the_phones_too_and_an_unlock_opens_both(founded: Laptop) -> None:
    phones = str(free_port())
    options = ("--lan", "--address", "127.0.0.1", "--lan-port", phones, "--help-port", str(free_port()))
    console = Console(founded, *options)
    trusts = ssl.create_default_context()
    trusts.check_hostname, trusts.verify_mode = False, ssl.CERT_NONE

    def phone(path: str) -> int:
        """The status that a phone gets; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"https://127.0.0.1:{phones}{path}", timeout=20, context=trusts) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, http.client.HTTPException):
            return 0

    def waits(is_so: Callable[[], bool]) -> bool:
        ends = time.monotonic() + 30
        while not (found := is_so()) and time.monotonic() < ends:
            time.sleep(0.2)
        return found

    time_asked, bundle_asked = "/api/gate/v1/time", "/api/gate/v1/bundle"
    try:
        assert waits(lambda: phone(time_asked) == 401), "open, and nobody is let in without a token"
        founded("lock")
        console.waits_until("/", "The store is locked.")
        assert waits(lambda: phone(time_asked) in {0, 503}), phone(time_asked)
        assert phone(bundle_asked) in {0, 503}
        founded("unlock", "--for", "1")
        assert waits(lambda: phone(time_asked) == 401)
    finally:
        console.end()


@pytest.mark.parametrize("is_expiry", [False, True], ids=["lock", "the end of a shift"])
def test_a_lock_takes_key_names_and_passphrase_out_of_the_memory_of_all_that_runs(
    console: Console, is_expiry: bool
) -> None:
    laptop = console.laptop
    console.sign_in()
    console.waits_until(console.take_in(), f"{len(EVERYONE)} listings are taken in")
    key = key_open(laptop.home, PASSPHRASE)
    secrets = {"name": CANARY, "key": key, "key in SQL": key.hex().encode(), "passphrase": PASSPHRASE.encode()}
    held = in_memory(console.process.pid, secrets)
    assert {"name", "passphrase"} <= held, "the test sees what is there"
    assert held & {"key", "key in SQL"}
    workers = children(console.process.pid)
    assert workers
    if is_expiry:
        keeper.keep(laptop.home, key, hours=1 / 3600)
    else:
        laptop("lock")
    page = console.waits_until("/", "The store is locked.", seconds=20)
    assert "safepassage unlock" in page
    ends = time.monotonic() + 10
    while time.monotonic() < ends and (in_memory(console.process.pid, secrets) or any(map(is_alive, workers))):
        time.sleep(0.2)
    assert in_memory(console.process.pid, secrets) == set()
    assert not any(map(is_alive, workers))
    assert console.process.poll() is None, "it answers on, without any of it"
    laptop("unlock", "--for", "1")
    console.waits_until("/", "The store was locked since you signed in")
    console.sign_in()
    assert children(console.process.pid), "a worker is there again"
    laptop("lock")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read as Linux shows it")
@pytest.mark.parametrize("command", [["-m", "safepassage"], ["manage.py"]], ids=["safepassage", "manage.py"])
def test_a_worker_on_a_server_loses_what_it_holds_too_and_works_on_after_an_unlock(
    founded: Laptop, command: list[str]
) -> None:
    key = key_open(founded.home, PASSPHRASE)
    secrets = {"key": key, "key in SQL": key.hex().encode(), "passphrase": PASSPHRASE.encode()}
    worker = subprocess.Popen(
        [sys.executable, *command, "work"],
        cwd=ROOT,
        env={**os.environ, **founded.environment, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        stdout=subprocess.DEVNULL,
    )
    lock = founded.home / "work" / "one-worker"

    def comes(is_at_work: bool) -> bool:
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            if is_at_work == (lock.exists() and is_taken(lock)):
                return True
            time.sleep(0.1)
        return False

    try:
        assert comes(is_at_work=True)
        assert "passphrase" in in_memory(worker.pid, secrets)
        keeper.keep(founded.home, key, hours=1 / 3600)  # its end is a lock
        assert comes(is_at_work=False)
        ends = time.monotonic() + 10
        while in_memory(worker.pid, secrets) and time.monotonic() < ends:
            time.sleep(0.1)
        assert in_memory(worker.pid, secrets) == set()
        assert worker.poll() is None
        founded("unlock", "--for", "1")
        assert comes(is_at_work=True)
    finally:
        founded("lock")
        worker.kill()
        worker.wait()


def is_taken(lock: Path) -> bool:
    """Whether some worker is at it."""
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as one:
        try:
            one.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        return False


def in_memory(process: int, secrets: dict[str, bytes]) -> set[str]:
    """Which of the secrets lie anywhere in a process's readable memory."""
    found = set()
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            begins, ends = (int(one, 16) for one in span.split("-"))
            if not rights.startswith("r") or "[v" in line:
                continue
            try:
                memory.seek(begins)
                content = memory.read(ends - begins)
            except (OSError, OverflowError):
                continue
            found |= {which for which, secret in secrets.items() if secret in content}
    return found


def children(process: int) -> list[int]:
    """The processes that it began."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_alive(process: int) -> bool:
    """Whether a process has memory still."""
    try:
        return bool(Path(f"/proc/{process}/maps").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return False


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
