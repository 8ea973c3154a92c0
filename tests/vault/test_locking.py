"""A lock reaches a process that holds the key, keeps it from writing secrets in plain, and ends with an unlock."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import ForbiddenError
from safepassage.vault import keeper

PASSPHRASE = "four invented words here"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[tuple[Path, bytes]]:
    """A folder with a key that this process holds and follows."""
    key = vault.key_make(tmp_path, PASSPHRASE, operation="north-2026")
    vault.hold(key)
    vault.follow(tmp_path)
    yield tmp_path, key
    vault.follow_no_more()
    vault.forget()
    keeper.release(tmp_path)


def test_who_follows_lets_the_key_go_and_takes_it_again_after_an_unlock(console) -> None:
    home, key = console
    assert not vault.is_locked()
    assert not vault.lock(home), "nobody kept the key: the console had it from its passphrase"
    assert vault.is_locked()
    assert vault.held() is None
    keeper.keep(home, key)
    assert not vault.is_locked()
    assert vault.held() == key
    assert vault.lock(home)
    assert vault.is_locked()


def test_a_secret_is_not_written_in_plain_by_who_was_locked(console) -> None:
    home, key = console
    vault.lock(home)
    assert vault.is_locked()
    with pytest.raises(ForbiddenError, match="locked"):
        vault.secret_write(home / "list", b"Karim Testani")
    assert not (home / "list").exists()
    vault.hold(key)
    vault.secret_write(home / "list", b"Karim Testani")
    assert b"Karim" not in (home / "list").read_bytes()


def test_a_lock_from_before_is_answered_by_the_passphrase(console) -> None:
    home, key = console
    vault.lock(home)
    vault.follow_no_more()
    vault.hold(key)
    vault.follow(home)
    assert not vault.is_locked()


def test_who_watches_obeys_with_nobody_asking_and_clears_what_came_meanwhile(console) -> None:
    home, _ = console
    is_over = threading.Event()
    vault.when_locked(is_over.set)
    vault.follow(home, is_watching=True)
    uploads = home / vault.UPLOADS
    uploads.mkdir()
    vault.secret_write(uploads / "one", b"a list")
    vault.lock(home)
    ends = time.monotonic() + 5
    while (vault.held() or list(uploads.iterdir())) and time.monotonic() < ends:
        time.sleep(0.02)
    assert vault.held() is None
    assert not list(uploads.iterdir())
    assert is_over.wait(5), "what is in memory is to go, even where somebody unlocks at once"


WATCHER = """
import sys, time
from pathlib import Path
from safepassage import vault
vault.hold(bytes(32))
vault.follow(Path(sys.argv[1]), is_watching=True)
print("watches", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("is_expiry", [False, True], ids=["lock", "the end of a shift"])
def test_a_process_that_was_told_nothing_else_ends_and_says_why(tmp_path: Path, is_expiry: bool) -> None:
    key = vault.key_make(tmp_path, PASSPHRASE, operation="north-2026")
    process = subprocess.Popen(
        [sys.executable, "-c", WATCHER, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "watches\n"
    uploads = tmp_path / vault.UPLOADS
    uploads.mkdir()
    (uploads / "one").write_bytes(b"a list")
    if is_expiry:
        keeper.keep(tmp_path, key, hours=1 / 3600)
    else:
        vault.lock(tmp_path)
    told = process.communicate(timeout=10)[1]
    assert process.returncode == 71
    assert "safepassage unlock" in told
    if is_expiry:
        assert not list(uploads.iterdir())


def test_a_laptop_that_sleeps_does_not_make_a_shift_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper.time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(keeper.time, "clock_gettime", lambda which: 1000.0 + which)
    assert keeper._clock() == 1007.0


def test_a_folder_without_a_key_is_never_locked(tmp_path: Path) -> None:
    vault.hold(bytes(32))
    vault.follow(tmp_path)
    vault.lock(tmp_path)
    assert not vault.is_locked()
    vault.forget()
