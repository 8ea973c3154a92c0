"""Burning: quick, without a passphrase, for good; every process that holds the key ends."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import NotFoundError
from safepassage.web.encrypted_sqlite.base import connect

PASSPHRASE = "four invented words here"
HOLDER = """
import sys, time
from pathlib import Path
from safepassage import vault
vault.arm()
vault.unlock(Path(sys.argv[1]), ask=lambda: sys.argv[2])
vault.watch(Path(sys.argv[1]))
print("holds", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFEPASSAGE_PASSPHRASE", raising=False)


@pytest.fixture
def encrypted(home: Path) -> Path:
    key = vault.key_make(home, PASSPHRASE, operation="north-2026")
    vault.hold(key)
    with closing(connect(key=key, database=str(home / vault.STORE))) as store:
        store.execute("CREATE TABLE person (name TEXT)")
        store.commit()
    vault.secret_write(home / "keys" / "site.key", b"k" * 32)
    (home / "uploads").mkdir()
    (home / "uploads" / "list").write_text("a name")
    return home


def test_after_a_burning_nothing_opens_the_store_and_nothing_else_is_left(encrypted: Path) -> None:
    done = vault.burn(encrypted)
    assert done.was_encrypted
    assert done.key_gone_after < 1
    assert done.seconds < 1
    assert vault.held() is None
    assert [path.name for path in encrypted.rglob("*") if path.is_file()] == [vault.STORE]
    with pytest.raises(NotFoundError):
        vault.key_open(encrypted, PASSPHRASE)
    with (
        closing(connect(key=bytes(32), database=str(encrypted / vault.STORE))) as store,
        pytest.raises(Exception, match="not a database"),
    ):
        store.execute("SELECT name FROM person")


def test_a_process_that_holds_the_key_ends_within_a_second(encrypted: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(encrypted), PASSPHRASE], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"holds\n"
        began = time.monotonic()
        vault.burn(encrypted)
        assert holder.wait(timeout=5) == 70
        assert time.monotonic() - began < 1.5


def test_a_plain_store_is_overwritten_and_removed_and_the_answer_says_so(home: Path) -> None:
    (home / vault.STORE).write_bytes(b"names" * 1000)
    done = vault.burn(home)
    assert not done.was_encrypted
    assert done.files == 1
    assert list(home.iterdir()) == []


def test_a_change_of_passphrase_is_no_burning(encrypted: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(encrypted), PASSPHRASE], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        for _ in range(3):
            vault.passphrase_change(encrypted, PASSPHRASE, PASSPHRASE)
        time.sleep(0.6)
        assert holder.poll() is None
        holder.kill()
