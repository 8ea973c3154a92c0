"""A store that is locked, or a file that can't be read, is told in words on pages and in JSON, never a 500."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.core.errors import ForbiddenError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]
LOCKED = ForbiddenError("The store is locked.", code="locked", advice="Run `safepassage unlock`.")
STOPS = (
    pytest.param(LOCKED, "The store is locked.", id="locked"),
    pytest.param(DatabaseError("database disk image is malformed"), "file is damaged", id="malformed"),
    pytest.param(OperationalError("Could not decode to UTF-8 column 'name'"), "file is damaged", id="no text"),
)


@pytest.fixture
def reader() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account_create(username="reader", password=None, roles=frozenset(Role)))
    return client


@pytest.mark.parametrize(("error", "words"), STOPS)
@pytest.mark.parametrize(
    "where",
    [
        "django.contrib.sessions.backends.db.SessionStore.load",
        "safepassage.web.problems.operation_now",
        "safepassage.apps.console.views.board.state_now",
    ],
)
def test_whoever_asks_is_told_in_words(reader, monkeypatch, where, error, words):
    def fail(*_told, **_options):
        raise error

    monkeypatch.setattr(where, fail)
    answer = reader.get("/", headers={"accept-language": "en"})
    assert answer.status_code in {403, 503}
    assert words in answer.text.replace("&#x27;", "'")
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("error", "words"), STOPS)
def test_a_phone_is_told_in_json(reader, monkeypatch, error, words):
    def fail(*_told, **_options):
        raise error

    monkeypatch.setattr("safepassage.web.problems.operation_now", fail)
    answer = reader.get("/api/v1/alarms")
    assert (answer.status_code, answer.json()["code"]) == (503, "store-unread")
    assert answer.json()["message"]


def test_another_fault_stays_ours(reader, monkeypatch):
    def fail(*_told, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("safepassage.web.problems.operation_now", fail)
    answer = reader.get("/", headers={"accept-language": "en"})
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa-af", "rtl"), ("ps", "rtl")])
@pytest.mark.parametrize("page", ["400.html", "500.html", "stopped.html"])
def test_the_bare_pages_need_no_request_and_speak_the_readers_language(page, language, direction):
    problem = {"message": "The store is locked.", "advice": "Run `safepassage unlock`."}
    with override(language):
        told = render_to_string(page, {"problem": problem})
    assert f'dir="{direction}"' in told
    assert told.count("<h1>") == told.count("<main") == told.count('class="button"') == 1
    if language != "en":
        assert "To the board" not in told
        assert "The store is locked" not in told


def test_a_request_that_django_refuses_is_told_in_the_bare_frame(reader):
    answer = reader.get("/", headers={"host": "another.example", "accept-language": "en"})
    assert answer.status_code == 400
    assert "could not be understood" in answer.text
