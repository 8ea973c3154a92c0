"""Where a passphrase comes from: file, variable, hand; a demo's is known; a plain folder needs none."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepassage import vault
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.vault.unlocking import DEMO_MARK, DEMO_PASSPHRASE

PASSPHRASE = "four invented words here"


@pytest.fixture(autouse=True)
def nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFEPASSAGE_PASSPHRASE", raising=False)


def test_a_folder_without_a_key_needs_no_passphrase(tmp_path: Path) -> None:
    assert not vault.unlock(tmp_path)
    assert vault.held() is None


def test_a_file_names_the_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = vault.key_make(tmp_path, PASSPHRASE, operation="x")
    (tmp_path / "word").write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("SAFEPASSAGE_PASSPHRASE_FILE", str(tmp_path / "word"))
    assert vault.unlock(tmp_path)
    assert vault.held() == key


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.key_make(tmp_path, PASSPHRASE, operation="x")
    monkeypatch.setenv("SAFEPASSAGE_PASSPHRASE_FILE", str(tmp_path / "none"))
    with pytest.raises(NotFoundError, match="none"):
        vault.unlock(tmp_path)


def test_a_person_is_asked_last(tmp_path: Path) -> None:
    vault.key_make(tmp_path, PASSPHRASE, operation="x")
    assert vault.unlock(tmp_path, ask=lambda: PASSPHRASE)
    vault.forget()
    with pytest.raises(ForbiddenError, match="does not open"):
        vault.unlock(tmp_path, ask=lambda: "something else said")
    assert vault.held() is None


def test_a_demo_opens_without_asking(tmp_path: Path) -> None:
    (tmp_path / DEMO_MARK).touch()
    vault.key_make(tmp_path, DEMO_PASSPHRASE, operation="demo")
    assert vault.unlock(tmp_path)
