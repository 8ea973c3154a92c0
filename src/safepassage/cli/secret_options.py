"""Options that carry a secret: from stdin, a file, the environment or a prompt, never on the command line itself.

A value on the command line is read by every other user of the machine (`ps`) and stays in the shell's history.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import typer

from safepassage.cli.speak import tell_error
from safepassage.core.errors import ForbiddenError, NotFoundError, SafePassageError, UnreadableError

PASSWORD_FILE = "SAFEPASSAGE_PASSWORD_FILE"  # noqa: S105 (names of variables)
BACKUP_FILE = "SAFEPASSAGE_BACKUP_PASSPHRASE_FILE"
SEED_FILE = "SAFEPASSAGE_SEED_FILE"
OWN_FILE = "SAFEPASSAGE_OWN_PASSWORD_FILE"
SECOND_FILE = "SAFEPASSAGE_SECOND_PASSWORD_FILE"
_STDIN = "-"
_FILE = "@"
_GIVEN = ("COMMANDLINE", "ENVIRONMENT")


def secret_option(
    what: str,
    *,
    variable: str,
    prompt: str | Literal[False],
    is_new: bool = False,
    check: Callable[[typer.Context, str], str] | None = None,
) -> Any:  # noqa: ANN401 (typer's own type)
    """An option whose value is a secret.

    Args:
        what: What it is, for the help text.
        variable: The environment variable that may name a file with it.
        prompt: The question, where nothing of these is given: it says which secret is meant. False asks nothing.
        is_new: It is chosen here, so a prompt asks twice.
        check: Looks at the secret itself.
    """

    def callback(context: typer.Context, parameter: typer.CallbackParam, value: str) -> str:
        if context.resilient_parsing:
            return value
        source = context.get_parameter_source(parameter.name or "")
        try:
            secret = secret_read(value, option=parameter.opts[0], source=source.name if source else "")
        except SafePassageError as error:
            tell_error(error, as_json=bool(context.params.get("as_json")))
            raise typer.Exit(1) from error
        try:
            return check(context, secret) if check else secret
        except typer.BadParameter as refused:
            if not source or source.name not in _GIVEN:  # typed unseen: Click says that it is invalid, and not why
                typer.echo(refused.message, err=True)
            raise

    return typer.Option(
        prompt=prompt,
        hide_input=True,
        confirmation_prompt=is_new,
        callback=callback,
        envvar=variable,
        show_envvar=False,
        show_default=False,  # an empty one would stand behind the question as []
        metavar="-|@FILE",
        help=f"{what.rstrip()} `-` reads a line of stdin, `@FILE` a file, {variable} names one.",
    )


def secret_read(value: str, *, option: str, source: str) -> str:
    """The secret that an option stands for.

    Args:
        value: As given.
        option: The option's name, for what is said.
        source: Where the value came from, as Click names it.

    Raises:
        ForbiddenError: it is written out, or empty.
        NotFoundError: the file is not there.
        UnreadableError: the file is no UTF-8 text.
    """
    if source == "ENVIRONMENT":
        return _of_file(value, option)
    if source != "COMMANDLINE":
        return value
    if value == _STDIN:
        return _line(sys.stdin.readline(), option)
    if value.startswith(_FILE):
        return _of_file(value.removeprefix(_FILE), option)
    raise ForbiddenError(
        "A secret is not written on the command line: others on this machine see it there, and the shell keeps it.",
        code="secret-in-the-open",
        where=option,
        advice="Choose another one, and leave the option out to be asked, or give `-` (stdin) or `@FILE`.",
    )


def _of_file(name: str, option: str) -> str:
    try:
        return _line(Path(name).read_text(encoding="utf-8-sig"), option)
    except FileNotFoundError as error:
        raise NotFoundError("The file with this secret is not there.", where=f"{option} {Path(name).name}") from error
    except (OSError, UnicodeDecodeError) as error:
        told = "The file with this secret can't be read as text."
        raise UnreadableError(told, where=f"{option} {Path(name).name}") from error


def _line(text: str, option: str) -> str:
    first = text.split("\n", 1)[0].rstrip("\r")
    if not first:
        raise ForbiddenError("No secret came: its first line is empty.", where=option)
    return first
