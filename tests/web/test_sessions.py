"""A session ends with the opening of the store in which it began."""

from __future__ import annotations

import pytest
from django.test import Client

from safepassage import vault
from safepassage.apps.accounts.roles import Role
from tests.make import an_officer

PASSPHRASE = "four invented words here"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


@pytest.fixture
def client(operation, home) -> Client:
    """Somebody signed in at a store with a key."""
    vault.key_make(home, PASSPHRASE, operation="north-2026")
    made = Client()
    made.force_login(an_officer("planner-9", Role.PLANNER))
    assert made.get("/").status_code == 200
    return made


def test_after_a_lock_everybody_signs_in_again(client, home) -> None:
    vault.lock(home)
    answer = client.get("/plan/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/login/")
    assert "The store was locked since you signed in: sign in again." in answer.text
    assert client.get("/plan/").status_code == 302


def test_after_a_change_of_the_passphrase_everybody_signs_in_again(client, home) -> None:
    vault.passphrase_change(home, PASSPHRASE, "four other words here")
    assert client.get("/").status_code == 302


def test_without_a_lock_a_session_goes_on(client) -> None:
    assert client.get("/plan/").status_code == 200
    assert client.get("/").status_code == 200
