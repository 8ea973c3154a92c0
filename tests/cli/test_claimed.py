"""A name after `--as` proves nothing: the access log says where it was used so, and not where it was proven."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from safepassage.apps.accounts.hands import MACHINE
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.ledger.services import account_ref
from safepassage.cli import app
from tests.make import EVERYONE, an_officer, resolved, taken_in

pytestmark = pytest.mark.django_db
WORDS = "four invented words here"


@pytest.fixture(autouse=True)
def store(operation, tmp_path, monkeypatch):
    for verbs in ("lists", "accounts", "checked"):
        monkeypatch.setattr(f"safepassage.cli.{verbs}.open_store", lambda _home: None, raising=False)
    taken_in(tmp_path, EVERYONE)
    an_officer("desk", password=WORDS)


def noted() -> list[tuple[str, str]]:
    rows = AccessEntry.objects.filter(act="use a name unproven").order_by("pk")
    return list(rows.values_list("account", "subject"))


def run(*words: str, typed: str = "") -> int:
    return CliRunner().invoke(app, list(words), input=typed).exit_code


def test_a_verb_of_one_person_is_done_and_whose_name_it_used_is_noted_as_unproven():
    assert run("resolve", "--as", "desk") == 0
    assert noted() == [(MACHINE, account_ref("desk"))]


def test_a_verb_that_asked_for_the_password_notes_nothing():
    words = ("accounts", "close", "desk-2", "--own-password", "-")
    an_officer("desk-2", by="desk")
    assert run(*words, typed=f"{WORDS}\n") == 0
    assert noted() == []
    assert run("resolve") == 0
    assert noted() == [(MACHINE, account_ref("desk"))], "the proof of the verb before is none of this one"


def test_a_verb_that_was_refused_used_nobody_s_name():
    resolved()
    assert run("accounts", "close", "nobody-here", "--own-password", "-", typed="wrong words\n") == 1
    assert noted() == []
