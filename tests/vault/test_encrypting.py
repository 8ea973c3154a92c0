"""A plain store made an encrypted one: whole, and one of the two whatever moment it is killed at."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import ConflictError
from safepassage.web.encrypted_sqlite.base import connect

PASSPHRASE, CANARY = "four invented words here", "Zarmina Canarytest"
STEPS = ("key made", "store copied and compared", "keys sealed", "key holds", "plain files removed")


@pytest.fixture(autouse=True)
def nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFEPASSAGE_PASSPHRASE", raising=False)


@pytest.fixture
def plain(home: Path) -> Path:
    with closing(sqlite3.connect(home / vault.STORE)) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)")
        store.execute("CREATE TRIGGER keep BEFORE DELETE ON person BEGIN SELECT raise(ABORT, 'append only'); END")
        store.executemany("INSERT INTO person (name) VALUES (?)", [(f"{CANARY} {n}",) for n in range(500)])
        store.commit()
    (home / "keys").mkdir()
    (home / "keys" / "site.key").write_bytes(b"k" * 32)
    (home / "keys" / "pass.secret").write_bytes(b"p" * 32)
    return home


def holds_canary(home: Path) -> bool:
    needles = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")] + [b"k" * 32, b"p" * 32]
    return any(needle in path.read_bytes() for path in home.rglob("*") if path.is_file() for needle in needles)


def people(home: Path) -> list[str]:
    """Whoever stands in the store, plain or encrypted, as the next start finds it."""
    if not vault.is_sealed(home):
        with closing(sqlite3.connect(home / vault.STORE)) as store:
            return [name for (name,) in store.execute("SELECT name FROM person")]
    vault.forget()
    assert vault.unlock(home, ask=lambda: PASSPHRASE)
    key = vault.held()
    assert key
    with closing(connect(key=key, database=str(home / vault.STORE))) as store:
        return [name for (name,) in store.execute("SELECT name FROM person")]


def test_all_is_there_afterwards_and_nothing_of_it_in_plain(plain: Path) -> None:
    before = people(plain)
    assert holds_canary(plain)
    assert tuple(vault.encrypt_in_place(plain, PASSPHRASE, operation="x")) == STEPS
    assert people(plain) == before
    assert not holds_canary(plain)
    assert vault.secret_read(plain / "keys" / "site.key") == b"k" * 32
    assert vault.secret_read(plain / "keys" / "pass.secret") == b"p" * 32
    key = vault.held()
    assert key
    with closing(connect(key=key, database=str(plain / vault.STORE))) as store:
        with pytest.raises(Exception, match="append only"):
            store.execute("DELETE FROM person")
        assert store.execute("SELECT seq FROM sqlite_sequence").fetchone() == (500,)


@pytest.mark.parametrize("survived", range(len(STEPS)))
def test_a_kill_after_any_step_leaves_one_of_the_two_and_the_next_try_ends_well(plain: Path, survived: int) -> None:
    before = people(plain)
    steps = vault.encrypt_in_place(plain, PASSPHRASE, operation="x")
    for _ in range(survived + 1):
        next(steps)
    steps.close()
    vault.forget()
    assert people(plain) == before
    if survived >= STEPS.index("key holds"):
        assert vault.is_sealed(plain)
    else:
        assert not vault.is_sealed(plain)
        vault.forget()
        list(vault.encrypt_in_place(plain, PASSPHRASE, operation="x"))
        assert people(plain) == before
    assert not holds_canary(plain)
    assert vault.secret_read(plain / "keys" / "site.key") == b"k" * 32
    assert not [path for path in plain.rglob("*") if path.name.endswith((".coming", ".leaving", ".new"))]


WRITER = """
import sqlite3, sys, time
store = sqlite3.connect(sys.argv[1])
store.execute(sys.argv[2])
print("open", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("how", ["BEGIN IMMEDIATE", "SELECT count(*) FROM person"])
def test_a_store_that_somebody_has_open_is_left_alone(plain: Path, how: str) -> None:
    store = str(plain / vault.STORE)
    with subprocess.Popen([sys.executable, "-c", WRITER, store, how], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(ConflictError, match="has the store open"):
            list(vault.encrypt_in_place(plain, PASSPHRASE, operation="x"))
        other.kill()
    assert not vault.is_sealed(plain)
    assert len(people(plain)) == 500


def test_an_encrypted_store_is_not_encrypted_again(plain: Path) -> None:
    list(vault.encrypt_in_place(plain, PASSPHRASE, operation="x"))
    with pytest.raises(ConflictError, match="already"):
        list(vault.encrypt_in_place(plain, PASSPHRASE, operation="x"))
