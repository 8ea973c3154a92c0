"""How the command speaks of what went wrong, and what it leaves for others to read."""

from __future__ import annotations

import json
import os
import stat

import pytest
import typer

from safepassage import cli
from safepassage.cli.speak import speaks
from safepassage.core.errors import NotFoundError


@speaks
def refuse(*, as_json: bool) -> None:
    raise NotFoundError("Nobody has that id.", where="[/x] [bold]", advice="Look [again].")


@speaks
def write_where_nothing_is(*, as_json: bool) -> None:
    os.open("/none-such/Laila-Testani.pdf", os.O_WRONLY)


def test_brackets_in_an_error_are_told_as_they_are(capsys):
    with pytest.raises(typer.Exit) as end:
        refuse(as_json=True)
    assert end.value.exit_code == 1
    told = capsys.readouterr()
    assert "[/x] [bold]" in told.err
    assert json.loads(told.out)["error"] == "not-found"


def test_a_file_that_cannot_be_written_is_a_sentence_and_one_object(capsys):
    with pytest.raises(typer.Exit) as end:
        write_where_nothing_is(as_json=True)
    assert end.value.exit_code == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["error"] == "no-file"
    assert "can't be read or written" in told.err


def test_whatever_the_command_writes_only_its_user_may_read(monkeypatch, tmp_path):
    before = os.umask(0o022)
    monkeypatch.setattr(cli, "app", lambda prog_name: (tmp_path / "export.xlsx").write_bytes(b"people"))
    try:
        cli.main()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "export.xlsx").stat().st_mode) == 0o600
