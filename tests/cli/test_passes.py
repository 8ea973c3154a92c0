"""`passes issue`: a pass holds only if its print is on disk; what a printing cut off held is made good."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from safepassage.apps.passes import prints, services
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

    monkeypatch.setattr(prints, "passes_table", fails)
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
