"""Secrets come by stdin, a file, the environment or a prompt; no option of the command takes one in the open."""

from __future__ import annotations

import io

import pytest
import typer.main
from typer.testing import CliRunner

from safepassage.cli import app
from safepassage.cli.secret_options import secret_read
from safepassage.core.errors import SafePassageError

SECRET = "four invented words here"
NO_SECRETS = {"safepassage demo --seed", "safepassage export-people --with-passphrase"}
"""The seed of an invented day; a flag."""


def options(path, command):
    for name, one in getattr(command, "commands", {}).items():
        yield from options(f"{path} {name}", one)
    for parameter in command.params:
        if parameter.param_type_name == "option":
            yield f"{path} {parameter.opts[0]}", parameter


def test_every_option_that_sounds_like_a_secret_is_read_unseen():
    words = ("pass", "secret", "seed", "pin", "token")
    secret = {
        name: parameter
        for name, parameter in options("safepassage", typer.main.get_command(app))
        if any(word in name.rsplit("--", 1)[1].split("-") or f"--{word}" in name for word in words)
    }
    assert len(secret) > 6
    for name, parameter in secret.items():
        if name not in NO_SECRETS:
            assert parameter.metavar == "-|@FILE", name
            assert parameter.hide_input, name


def test_several_secrets_come_by_stdin_a_line_each(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\r\nsecond\n\nfourth"))
    assert secret_read("-", option="--one", source="COMMANDLINE") == SECRET
    assert secret_read("-", option="--two", source="COMMANDLINE") == "second"
    with pytest.raises(SafePassageError, match="first line is empty"):
        secret_read("-", option="--three", source="COMMANDLINE")
    assert secret_read("-", option="--four", source="COMMANDLINE") == "fourth"


def test_a_file_gives_its_first_line(tmp_path):
    path = tmp_path / "secret"
    path.write_text(f"\ufeff{SECRET}\nnote\n", encoding="utf-8")
    assert secret_read(f"@{path}", option="--one", source="COMMANDLINE") == SECRET
    assert secret_read(str(path), option="--one", source="ENVIRONMENT") == SECRET


def test_what_is_typed_at_the_prompt_is_taken_as_it_is():
    assert secret_read("@typed-", option="--one", source="PROMPT") == "@typed-"


@pytest.mark.parametrize("value", [SECRET, "", "--", "no-such-@file"])
def test_a_secret_in_the_open_is_refused_without_being_repeated(value):
    with pytest.raises(SafePassageError) as told:
        secret_read(value, option="--passphrase", source="COMMANDLINE")
    assert told.value.code == "secret-in-the-open"
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"\nsecond", b"\xff\xfe\x00"])
def test_a_file_without_a_secret_is_refused(tmp_path, content):
    path = tmp_path / "secret"
    path.write_bytes(content)
    with pytest.raises(SafePassageError):
        secret_read(f"@{path}", option="--one", source="COMMANDLINE")


def test_every_secret_that_is_asked_for_says_which_one_is_meant():
    """ "Passphrase:" alone may be the store's, the backup's or an export's."""
    asked = {
        name: parameter
        for name, parameter in options("safepassage", typer.main.get_command(app))
        if parameter.hide_input and parameter.prompt
    }
    assert len(asked) > 6
    for name, parameter in asked.items():
        assert len(parameter.prompt.split()) > 3, name
        derived = parameter.name.replace("_", " ").capitalize()
        assert parameter.prompt != derived, name


def test_the_passphrase_of_a_backup_is_typed_twice_and_its_own_is_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEPASSAGE_BACKUP_PASSPHRASE_FILE", raising=False)
    typed = f"short\nshort\n{SECRET}\nfour invented words hear\n{SECRET}\n{SECRET}\n"
    told = CliRunner().invoke(app, ["backup", "make", "tonight.sealed"], input=typed)
    assert told.output.count("Passphrase of this backup, not of the store") >= 3
    assert "four random words" in told.output
    assert "do not match" in told.output
    assert SECRET not in told.output
    assert isinstance(told.exception, SystemExit)  # there is no operation here
    assert not (tmp_path / "tonight.sealed").exists()
