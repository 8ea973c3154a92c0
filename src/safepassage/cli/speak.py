"""How the command speaks: words for people, `--json` for machines, exit codes that mean something.

Exit codes: 0 done; 1 something was refused or is wrong with the input; 2 the command was called wrongly (Typer);
3 done, and what was saved or restored is damaged (`backup`).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from safepassage.cli.claimed import claim_note, verb_begins
from safepassage.core.errors import SafePassageError, UnreadableError

P = ParamSpec("P")
R = TypeVar("R")

DAMAGED = 3
"""Exit code: done as asked, and the store that it was done with is damaged."""
out = Console()
err = Console(stderr=True)


def say(result: dict[str, Any], *, as_json: bool, text: str = "") -> None:
    """Prints a result: one JSON object for machines, or `text` for people."""
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, default=str))
    elif text:
        out.print(text)


def speaks(command: Callable[P, R]) -> Callable[P, R]:
    """Turns our own errors, and files and stores that can't be read, into a sentence and exit code 1.

    Others stay tracebacks.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        verb_begins()
        try:
            done = command(*args, **kwargs)
            claim_note(kwargs.get("account"))
        except (
            SafePassageError,
            FileNotFoundError,
            NotADirectoryError,
            IsADirectoryError,
            PermissionError,
        ) as raised:
            error = raised if isinstance(raised, SafePassageError) else _of_file(raised)
            tell_error(error, as_json=bool(kwargs.get("as_json")))
            raise typer.Exit(1) from raised
        except Exception as raised:
            damage = _of_store(raised)
            if damage is None:
                raise
            tell_error(damage, as_json=bool(kwargs.get("as_json")))
            raise typer.Exit(1) from raised
        else:
            return done

    return run


def tell_error(error: SafePassageError, *, as_json: bool) -> None:
    """Says what was refused: a sentence on stderr, and an object for machines."""
    err.print(f"[bold red]✗[/] {escape(str(error))}", highlight=False)
    if as_json:
        typer.echo(json.dumps({"error": error.code, "message": str(error), **error.data}, default=str))


def _of_file(error: OSError) -> SafePassageError:
    name = Path(str(error.filename)).name if error.filename else ""
    told = "This file or folder can't be read or written."
    return UnreadableError(told, code="no-file", where=name, advice="Check that it is there and that you may.")


def _of_store(raised: Exception) -> SafePassageError | None:
    if type(raised).__module__ != "django.db.utils":
        return None
    from safepassage.apps.ledger.damage import store_damage

    return store_damage(raised)


def wrong_call(error: Any) -> int:  # noqa: ANN401 (Typer's error of a wrong call, which it does not export)
    """Says how the command was called wrongly, for machines and people; gives the exit code."""
    context = getattr(error, "ctx", None)
    verb = context.command_path if context else "safepassage"
    told = f"{error.format_message().rstrip('.')}. `{verb} --help` says how it is called."
    err.print(f"[bold red]✗[/] {escape(told)}", highlight=False)
    typer.echo(json.dumps({"error": "wrong-call", "message": told}, ensure_ascii=False))
    return int(error.exit_code)


@contextmanager
def progress_bar(label: str, *, quiet: bool = False) -> Iterator[Callable[[float, str], None]]:
    """A bar on stderr; yields the callback `(share done, what)` that core functions take."""
    columns = (TextColumn("{task.description:<34}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=quiet, transient=False) as bar:
        task = bar.add_task(label, total=1.0)

        def step(share: float, what: str) -> None:
            bar.update(task, completed=share, description=f"{label}: {what}" if what else label)

        yield step
        bar.update(task, completed=1.0, description=label)


def show_square(text: str) -> None:
    """A QR code in the terminal."""
    import io

    import segno

    drawn = io.StringIO()
    segno.make(text, error="m").terminal(drawn, compact=True)
    typer.echo(drawn.getvalue())
