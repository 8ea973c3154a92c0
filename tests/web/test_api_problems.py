"""Under /api/ every refusal is JSON of one form, whoever in the house refused."""

from __future__ import annotations

import pytest
from django.test import Client

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]
GATE = "/api/gate/v1/"


def told(answer) -> tuple[int, str]:
    assert answer.headers["Content-Type"].startswith("application/json"), answer.content[:200]
    assert set(answer.json()) == {"code", "message", "advice"}
    assert answer.json()["message"]
    return answer.status_code, answer.json()["code"]


def posted(client: Client, path: str, body: bytes, kind: str = "application/json"):
    return client.generic("POST", path, body, content_type=kind)


def test_every_kind_of_refusal_has_the_one_form(client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert told(posted(client, GATE + "join", b"{" + b" " * 5000)) == (413, "too-large")
    assert told(posted(client, GATE + "join", b"a=" + b"b" * 5000, "application/x-www-form-urlencoded"))[0] in {
        400,
        413,
    }
    assert told(posted(client, GATE + "join", b"{")) == (400, "bad-request")
    assert told(posted(client, GATE + "join", b"\xff\xfe")) == (400, "bad-request")
    assert told(client.get("/api/nothing/here")) == (404, "not-found")
    assert told(client.get("/api/nothing/%00")) == (404, "not-found")
    assert told(client.get(GATE + "join")) == (405, "method-not-allowed")
    assert told(client.delete("/api/v1/counts")) == (405, "method-not-allowed")
    assert told(client.get(GATE + "bundle")) == (401, "not-enrolled")
    assert told(client.get("/api/v1/counts")) == (401, "not-signed-in")
    assert told(client.get("/api/v1/counts", HTTP_HOST="elsewhere.example"))[0] == 400


def test_a_mistake_of_ours_says_nothing_of_itself(monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Laila Testani")

    monkeypatch.setattr("safepassage.web.api_figures.operation_now", broken)
    client = Client(raise_request_exception=False)
    client.force_login(account_create(username="reporter-1", password=None, roles=frozenset({Role.REPORTER})))
    answer = client.get("/api/v1/operation")
    assert told(answer) == (500, "our-mistake"), answer.content
    assert b"Laila" not in answer.content


def test_a_page_that_is_missing_stays_a_page(client) -> None:
    assert client.get("/nothing/").headers["Content-Type"].startswith("text/html")
