"""Burning from the console: two steps, the code typed by hand, and nothing left that opens the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from safepassage import vault
from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.services import event_append
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind
from tests.apps.console.conftest import BEGAN

PASSPHRASE = "four invented words here"


@pytest.fixture
def sealed(operation) -> Path:
    home = Path(settings.HOME)
    vault.key_make(home, PASSPHRASE, operation=operation.code)
    return home


def test_the_page_says_what_is_lost_and_which_backup_brings_it_back(sealed, signed_in) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert "Only the key backup of the founding" in client.get("/burn/").content.decode()
    body = {"backup": derived_id("K", "x"), "digest": "0" * 64}
    event_append(kind=EventKind.BACKUP_MADE, body=body, account="desk", now=BEGAN)
    assert "The last sealed backup is of 20 Aug 2021" in client.get("/burn/").content.decode()


def test_without_the_code_nothing_burns(sealed, signed_in) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    for typed in ("", "kabul", "KABUL-TEST"):
        assert "Nothing was burned" in client.post("/burn/", {"confirmation": typed}).content.decode()
    assert vault.key_open(sealed, PASSPHRASE)


def test_with_the_code_the_key_is_gone(sealed, signed_in) -> None:
    answer = signed_in(Role.ADMINISTRATOR).post("/burn/", {"confirmation": "kabul-test"})
    assert answer.status_code == 200
    assert "Nobody reads this store again" in answer.content.decode()
    with pytest.raises(NotFoundError, match="burned"):
        vault.key_open(sealed, PASSPHRASE)
    assert not list((sealed / "keys").glob("*"))


def test_the_way_there_is_shown_to_whoever_may(sealed, signed_in) -> None:
    assert 'href="/burn/"' in signed_in(Role.SUPERVISOR).get("/").content.decode()
    assert 'href="/burn/"' not in signed_in(Role.PLANNER).get("/").content.decode()


def test_the_board_warns_while_a_store_is_not_encrypted(operation, signed_in) -> None:
    client = signed_in(Role.PLANNER)
    assert "This store is not encrypted" in client.get("/").content.decode()
    vault.key_make(Path(settings.HOME), PASSPHRASE, operation=operation.code)
    assert "This store is not encrypted" not in client.get("/").content.decode()
