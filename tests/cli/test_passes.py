"""`passes issue`: a pass holds only if its print is on disk; what a printing cut off held is made good."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.outreach import pass_sheets
from safepassage.apps.passes import services
from safepassage.apps.passes.selectors import passes_living
from safepassage.cli import app
from tests.make import NOW, with_bookings

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(operation, tmp_path, monkeypatch):
    monkeypatch.setattr("safepassage.cli.passes.open_store", lambda _home: None)
    monkeypatch.setattr("safepassage.cli.passes.now_utc", lambda: NOW)
    with_bookings(tmp_path)
    return tmp_path / "passes.csv"


def issue(file):
    return CliRunner().invoke(app, ["passes", "issue", "--to", str(file)])


def codes() -> set[str]:
    return set(passes_living().values_list("short_code", flat=True))


def test_the_file_holds_every_living_pass_and_nothing_is_left_beside_it(file):
    assert "written to" in issue(file).output
    assert codes()
    assert all(code in file.read_text(encoding="utf-8-sig") for code in codes())
    assert sorted(one.name for one in file.parent.glob("passes.csv*")) == ["passes.csv"]
    assert set(passes_living().values_list("printed_at", flat=True)) != {None}
    assert "Nobody is due a pass" in " ".join(issue(file).output.split())


def test_where_the_print_fails_nobody_holds_a_pass(file, monkeypatch):
    def fails(_made):
        raise MemoryError

    monkeypatch.setattr(pass_sheets, "passes_table", fails)
    assert isinstance(issue(file).exception, MemoryError)
    assert codes() == set()
    assert not file.exists()


def test_what_was_issued_and_not_handed_out_is_issued_anew_by_the_next(file, monkeypatch):
    def cut_off(**_asked):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(services, "passes_print_given", cut_off)
        assert issue(file).exit_code != 0
    lost = codes()
    assert lost
    file.unlink()
    issue(file)
    assert len(codes()) == len(lost)
    assert not codes() & lost
    assert all(code in file.read_text(encoding="utf-8-sig") for code in codes())


def shown(text: str, point: str):
    return CliRunner().invoke(app, ["verify", text, "--point", point], env={"COLUMNS": "200"})


def test_verify_takes_the_square_the_code_beside_it_and_the_codes_learnt_by_heart(file):
    issue(file)
    header, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    row = dict(zip(header, rows[0], strict=True))
    record = passes_living().get(short_code=row["label"])
    for text in (row["text"], row["label"], row["code"], row["watched code"]):
        told = shown(text, record.access_point).output
        assert told == shown(record.text, record.access_point).output or text == row["watched code"], text
        assert "unreadable" not in told
    dotted = shown(row["watched code"], record.access_point).output.splitlines()[0]
    assert dotted == shown(record.text, record.access_point).output.splitlines()[0] + "."


def test_verify_tells_the_window_by_the_operations_own_clock(file):
    issue(file)
    record = passes_living().first()
    start = record.window_start.astimezone(ZoneInfo(operation_now().time_zone))
    told = " ".join(shown(record.text, record.access_point).output.split())
    assert f"Window {start:%Y-%m-%d %H:%M} to" in told
    assert operation_now().time_zone in told


def test_verify_refuses_a_point_that_is_not_there_and_lists_those_that_are(file):
    issue(file)
    record = passes_living().first()
    told = shown(record.text, "acces-1")
    assert told.exit_code == 1
    assert "There is no such point." in told.output
    assert record.access_point in told.output
