"""Small secret files: sealed while a store key is held, bound to their name, refused when locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import ForbiddenError, UnreadableError

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def test_a_secret_comes_back_and_its_file_tells_nothing(tmp_path: Path) -> None:
    vault.hold(KEY)
    vault.secret_write(tmp_path / "site.key", b"s" * 32)
    assert b"s" * 8 not in (tmp_path / "site.key").read_bytes()
    assert vault.secret_read(tmp_path / "site.key") == b"s" * 32


def test_a_locked_store_gives_no_secret(tmp_path: Path) -> None:
    vault.hold(KEY)
    vault.secret_write(tmp_path / "site.key", b"s" * 32)
    vault.forget()
    with pytest.raises(ForbiddenError, match="locked"):
        vault.secret_read(tmp_path / "site.key")
    with pytest.raises(ForbiddenError, match="locked"):
        vault.subkey("files")


def test_no_key_passes_for_another(tmp_path: Path) -> None:
    vault.hold(KEY)
    vault.secret_write(tmp_path / "site.key", b"s" * 32)
    (tmp_path / "site.key").rename(tmp_path / "issuing.key")
    with pytest.raises(UnreadableError):
        vault.secret_read(tmp_path / "issuing.key")
    vault.secret_write(tmp_path / "site.key", b"s" * 32)
    vault.hold(OTHER)
    with pytest.raises(UnreadableError, match="another store key"):
        vault.secret_read(tmp_path / "site.key")


def test_without_a_store_key_a_secret_is_a_plain_file_of_its_owner(tmp_path: Path) -> None:
    vault.secret_write(tmp_path / "site.key", b"s" * 32)
    assert (tmp_path / "site.key").read_bytes() == b"s" * 32
    assert (tmp_path / "site.key").stat().st_mode & 0o077 == 0
    vault.hold(KEY)
    assert vault.secret_read(tmp_path / "site.key") == b"s" * 32
    assert vault.secret_read(tmp_path / "none.key") == b""


def test_each_purpose_has_a_key_of_its_own() -> None:
    vault.hold(KEY)
    assert len({vault.subkey("files"), vault.subkey("tls"), vault.subkey("sessions"), KEY}) == 4


def test_a_key_is_handed_over_in_one_line() -> None:
    vault.hold(KEY)
    line = vault.hand_over()
    vault.forget()
    assert vault.hand_over() == b"\n"
    vault.take_over(b"\n")
    assert vault.held() is None
    vault.take_over(line)
    assert vault.held() == KEY
