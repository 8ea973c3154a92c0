"""Errors, the acts of the access log and rejects are said in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.sayings.problems import PROBLEMS, said_problem
from safepassage.apps.console.words import WORDS
from tests.apps.console.test_lists import upload

APPS = Path(__file__).parents[4] / "src" / "safepassage" / "apps"


def _code() -> str:
    files = (
        path
        for path in (*APPS.rglob("*.py"), *(APPS.parent / "vault").glob("*.py"))
        if "sayings" not in path.parts and path.name != "words.py"
    )
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_sentence_of_the_table_is_one_that_the_program_says() -> None:
    code = _code()
    assert [one for one in PROBLEMS if f'"{one}"' not in code] == []


def test_every_act_and_purpose_that_is_noted_has_a_word() -> None:
    code = _code()
    assert set(re.findall(r'\bact="([^"{]+)"', code)) <= set(WORDS["act"]) | {"account"}
    assert set(re.findall(r'\bpurpose="([^"{]+)"', code)) <= set(WORDS["access-purpose"])


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_a_known_error_is_said_in_the_readers_language_and_another_one_stays(language: str) -> None:
    with override(language):
        assert all(said_problem(one) != one for one in PROBLEMS)
        assert said_problem("Something new.") == "Something new."
    with override("en"):
        assert said_problem("Load the page again.") == "Load the page again."


@pytest.mark.django_db
def test_the_page_of_an_error_the_access_log_and_the_rejects_speak_dari(signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK, Role.DATA_PROTECTION)
    dari = {"Accept-Language": "fa-af"}
    assert "هیچ فهرستی در انتظار گرفتن نیست." in client.get("/lists/inspect/", headers=dari).text
    upload(client)
    page = client.post("/lists/inspect/", follow=True, headers=dari)
    batch = page.request["PATH_INFO"]
    rejects = client.get(f"{batch}rejects.csv", headers=dari).content.decode()
    assert "Look at the row" not in rejects
    assert "دیدن بسته" in client.get("/access-log/", headers=dari).text
