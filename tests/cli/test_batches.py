"""`lists`: what was taken in, one list withdrawn, and put back."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from safepassage.apps.registry.services import resolve_run
from safepassage.cli import app
from tests.make import NOW, TESTANIS, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("safepassage.cli.batches.open_store", lambda _home: None)

    def said(*words: str) -> dict:
        return json.loads(CliRunner().invoke(app, ["lists", *words, "--json"]).output)

    return said


def test_a_list_is_withdrawn_once_it_is_said_whom_it_touches(tmp_path, run) -> None:
    batch = taken_in(tmp_path, TESTANIS).pk
    resolve_run(account="adjudicator-1", now=NOW)
    tried = run("withdraw", batch, "--why", "mistake", "--dry-run")
    assert (tried["listings"], tried["alone"], tried["parties"], tried["is_done"]) == (3, 3, 1, False)
    assert run("show")["batches"][0]["withdrawn_at"] is None
    assert run("withdraw", batch, "--why", "mistake")["is_done"]
    assert run("show")["batches"][0]["withdrawn_at"]
    assert run("put-back", batch) == {"batch": batch, "listings": 3}
    assert run("show")["batches"][0]["withdrawn_at"] is None


def test_the_table_names_lists_by_their_ids(tmp_path, run) -> None:
    batch = taken_in(tmp_path, TESTANIS)
    table = CliRunner().invoke(app, ["lists", "show"]).output
    assert batch.pk in table
    told = CliRunner().invoke(app, ["lists", "withdraw", batch.pk, "--why", "mistake"]).output
    assert "3 listings: 0 people stand on other lists too" in " ".join(told.split())
