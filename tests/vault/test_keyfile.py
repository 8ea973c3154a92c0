"""The store key's file: opens with its passphrase alone, changes it whole, holds nothing in plain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, UnreadableError
from safepassage.vault.keyfile import key_operation, key_path

OLD, NEW = "four invented words here", "four other words there"


def test_a_key_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    key = vault.key_make(tmp_path, OLD, operation="north-2026")
    assert len(key) == 32
    assert vault.key_open(tmp_path, OLD) == key
    assert key_operation(tmp_path) == "north-2026"
    with pytest.raises(ForbiddenError, match="does not open"):
        vault.key_open(tmp_path, NEW)


def test_the_file_is_its_owners_and_holds_no_key_in_plain(tmp_path: Path) -> None:
    key = vault.key_make(tmp_path, OLD, operation="north-2026")
    content = key_path(tmp_path).read_bytes()
    assert key not in content
    assert key.hex().encode() not in content
    assert key_path(tmp_path).stat().st_mode & 0o077 == 0


def test_two_operations_never_share_a_key(tmp_path: Path) -> None:
    assert vault.key_make(tmp_path / "a", OLD, operation="a") != vault.key_make(tmp_path / "b", OLD, operation="a")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    key = vault.key_make(tmp_path, OLD, operation="north-2026")
    with pytest.raises(ConflictError):
        vault.key_make(tmp_path, NEW, operation="north-2026")
    assert vault.key_open(tmp_path, OLD) == key


def test_a_new_passphrase_opens_the_same_key_and_the_old_one_opens_nothing(tmp_path: Path) -> None:
    key = vault.key_make(tmp_path, OLD, operation="north-2026")
    vault.passphrase_change(tmp_path, OLD, NEW)
    assert vault.key_open(tmp_path, NEW) == key
    with pytest.raises(ForbiddenError):
        vault.key_open(tmp_path, OLD)
    with pytest.raises(ForbiddenError):
        vault.passphrase_change(tmp_path, NEW, "short")
    assert vault.key_open(tmp_path, NEW) == key


def test_another_operations_code_in_the_file_is_found_out(tmp_path: Path) -> None:
    vault.key_make(tmp_path, OLD, operation="north-2026")
    fields = json.loads(key_path(tmp_path).read_text())
    key_path(tmp_path).write_text(json.dumps(fields | {"operation": "south-2026"}))
    with pytest.raises(ForbiddenError):
        vault.key_open(tmp_path, OLD)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": "another"}'])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    key_path(tmp_path).parent.mkdir()
    key_path(tmp_path).write_bytes(content)
    with pytest.raises(UnreadableError, match="damaged"):
        vault.key_open(tmp_path, OLD)


def test_a_key_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="burned"):
        vault.key_open(tmp_path, OLD)
