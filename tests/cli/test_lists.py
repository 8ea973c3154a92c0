"""`inspect` and `intake --set`: words that nobody knows, and what is said of everyone on a list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safepassage.apps.intake.models import ListingRecord
from safepassage.cli import app
from tests.make import csv_file

HEADER = ("Name", "Age", "Phone", "Category")
ROWS = (("Karim Testani", "41", "0700000101", "driver"), ("Laila Testani", "36", "0700000102", ""))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "list.csv", ROWS, header=HEADER)


def test_inspect_names_the_words_that_it_does_not_know(listed: Path) -> None:
    shown = CliRunner().invoke(app, ["inspect", str(listed)])
    assert "1 values in “Category” are no claim that we know: driver (1)." in " ".join(shown.output.split())
    told = json.loads(CliRunner().invoke(app, ["inspect", str(listed), "--json"]).output)
    assert told["files"][0]["unknown_values"][0]["values"] == [["driver", 1]]


@pytest.mark.django_db
@pytest.mark.usefixtures("operation")
def test_set_says_something_of_everyone_and_an_empty_value_takes_it_back(listed: Path, monkeypatch) -> None:
    monkeypatch.setattr("safepassage.cli.lists.open_store", lambda _home: None)

    def run(*options: str) -> str:
        done = CliRunner().invoke(app, ["intake", str(listed), "--source", "embassy", *options])
        return " ".join(done.output.split())

    def claims() -> list[list[str]]:
        return [one.content["claims"] for one in ListingRecord.objects.order_by("row__number")]

    assert "everyone on the list, claim: siv" in run("--set", "category=SIV", "--set", "place=Old school")
    assert claims() == [["other"], ["siv"]]
    assert "everyone on the list, place: Old school" in run("--set", "category=")
    assert claims() == [["other"], []]
    again = CliRunner().invoke(app, ["intake", str(listed), "--source", "embassy", "--json"])
    assert json.loads(again.output)["batches"][0]["is_new"] is False
    assert "is no category that we know" in run("--set", "category=emperor")
    assert "is no FIELD=VALUE" in run("--set", "category")
