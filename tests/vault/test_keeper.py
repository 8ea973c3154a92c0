"""The keeper gives the key to its owner's verbs for a shift, keeps it off the disk, ends by word, time or burning."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import ForbiddenError
from safepassage.vault import keeper

PASSPHRASE = "four invented words here"


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[Path, bytes]]:
    yield tmp_path, vault.key_make(tmp_path, PASSPHRASE, operation="north-2026")
    keeper.release(tmp_path)


def gone_within(home: Path, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if keeper.ask(home) is None:
            return True
        time.sleep(0.05)
    return False


def test_a_shift_needs_the_passphrase_once(sealed: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    home, key = sealed
    monkeypatch.delenv("SAFEPASSAGE_PASSPHRASE")
    keeper.keep(home, key)
    for _ in range(3):
        vault.forget()
        assert vault.unlock(home)
        assert vault.held() == key
    vault.forget()
    assert keeper.release(home)
    with pytest.raises(ForbiddenError, match="locked"):
        vault.unlock(home)
    assert not keeper.release(home)


def test_it_ends_by_itself_when_its_time_is_over(sealed: tuple[Path, bytes]) -> None:
    home, key = sealed
    keeper.keep(home, key, hours=1 / 3600)
    assert keeper.ask(home) == key
    assert gone_within(home, 5)


def test_it_ends_when_the_store_is_burned(sealed: tuple[Path, bytes]) -> None:
    home, key = sealed
    keeper.keep(home, key)
    (home / "keys" / "store.key").unlink()
    assert gone_within(home, 2)


def test_whoever_lacks_the_word_gets_nothing(sealed: tuple[Path, bytes]) -> None:
    home, key = sealed
    keeper.keep(home, key)
    word = home / "keys" / "keeper.word"
    right = word.read_bytes()
    assert word.stat().st_mode & 0o077 == 0
    word.write_bytes(bytes(32))
    assert keeper.ask(home) is None
    word.write_bytes(right)
    assert keeper.ask(home) == key


def test_nothing_in_the_folder_holds_the_key(sealed: tuple[Path, bytes]) -> None:
    home, key = sealed
    keeper.keep(home, key)
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert key not in content
            assert key.hex().encode() not in content
