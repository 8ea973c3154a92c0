"""The page of texts for the crowd."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.held import texts_released
from safepassage.apps.outreach.services import text_approve, texts_load

pytestmark = pytest.mark.django_db


def test_a_supervisor_releases_a_text_and_takes_it_back(signed_in, now) -> None:
    chief = signed_in(Role.SUPERVISOR)
    texts_load()
    signed_in(Role.LIAISON)
    page = chief.get("/gate/crowd/").content.decode()
    assert page.count("waits for approval") >= 5
    assert "Take back" not in page
    for language in ("en", "fa-af", "ps"):
        text_approve(code="crowd-ill", language=language, account="liaison", now=now)
    assert 'value="release"' in chief.get("/gate/crowd/").content.decode()
    chief.post("/gate/crowd/crowd-ill/", {"act": "release"})
    assert [one.code for one in texts_released()] == ["crowd-ill"]
    assert "Take back" in chief.get("/gate/crowd/").content.decode()
    chief.post("/gate/crowd/crowd-ill/", {"act": "take-back"})
    assert texts_released() == []


def test_nobody_else_sees_the_page(signed_in) -> None:
    assert signed_in(Role.GATE_OFFICER).get("/gate/crowd/").status_code == 403
