"""Writes docs/cli.md from the command itself: `python -m tests.contract.make_cli_docs`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from safepassage.cli import app

TARGET = Path(__file__).parents[2] / "docs" / "cli.md"
HEAD = """# The command

Generated from the help texts by `python -m tests.contract.make_cli_docs`; a test holds the two together. Every verb
teaches itself: `safepassage VERB --help`. Where it says *asked for*, an option that is not given is asked for.
"""


def _plain(text: str) -> str:
    return re.sub(r"\[bold\](.*?)\[/\]", r"`\1`", inspect.cleandoc(text))


def _default(parameter: Any) -> str:
    if getattr(parameter, "prompt", None):
        asked = "asked for"
        return f"{asked}; `{parameter.default}`" if parameter.default not in {None, "", ...} else asked
    if isinstance(parameter.show_default, str):
        return parameter.show_default.strip("()")
    if parameter.required:
        return "needed"
    if getattr(parameter, "is_flag", False) or parameter.default in {None, ""} or callable(parameter.default):
        return ""
    return f"`{parameter.default}`"


def _rows(command: Any) -> Iterator[str]:
    for parameter in command.params:
        if parameter.name in {"home", "as_json", "help"} or "--version" in parameter.opts:
            continue
        is_argument = parameter.param_type_name == "argument"
        name = (parameter.metavar or parameter.name or "").upper().strip("[]") if is_argument else parameter.opts[0]
        told = _plain(parameter.help or "").replace("|", "\\|").replace("\n", " ")
        yield f"| `{name}` | {told} | {_default(parameter)} |"


def _pages(path: str, command: Any) -> Iterator[str]:
    if hasattr(command, "commands"):
        yield f"## {path}\n\n{_plain(command.help or '')}\n"
        for name in command.commands:
            yield from _pages(f"{path} {name}", command.commands[name])
        return
    yield f"### {path}\n\n{_plain(command.help or '')}\n"
    rows = list(_rows(command))
    if rows:
        yield "\n".join(("| | | default |", "|---|---|---|", *rows)) + "\n"


def cli_docs() -> str:
    """The whole page; `--home` and `--json`, which every verb has, are told once."""
    root: Any = typer.main.get_command(app)
    parts = [HEAD, f"## safepassage\n\n{_plain(root.help or '')}\n"]
    for name, command in root.commands.items():
        parts.extend(_pages(name, command))
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(cli_docs(), encoding="utf-8")
