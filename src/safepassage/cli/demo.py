"""`demo`: a complete invented operation, from a folder of lists to people on board, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safepassage.cli.options import AsJson
from safepassage.cli.serve import run_console
from safepassage.cli.speak import out, say, speaks
from safepassage.core.errors import ConflictError


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("demo")(demo)


@speaks
def demo(
    seed: Annotated[
        int, typer.Option(help="Decides the gate day, the lottery and the keys; 1 gives the same as 1.")
    ] = 1,
    lists: Annotated[
        Path | None, typer.Option(help="A folder of lists instead of the example's.", exists=True, file_okay=False)
    ] = None,
    home: Annotated[Path, typer.Option(help="Folder of the demo's operation; made anew each time.")] = Path("demo"),
    port: Annotated[int, typer.Option(help="Port of the console on localhost.")] = 8000,
    as_json: AsJson = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End after the walk, without the console.")] = False,
) -> None:
    """Walks the whole corridor with invented people, then opens the console with a demo account.

    Lists are taken in, made one record per human, given tiers, planned, given passes, met at the gate by a simulated
    day, and counted. Nothing in the program knows the example's files: --lists takes any folder.
    """
    from safepassage.cli.doors import HERE, open_door
    from safepassage.cli.walk import walk
    from safepassage.cli.walk_ground import DEMO_ACCOUNT, DEMO_PASSWORD, prepare_home

    if as_json and not no_serve:
        raise ConflictError("--json prints one object and ends.", advice="Add --no-serve.")
    door = None if no_serve else open_door(HERE, port, option="--port")  # one that is taken is told first
    folder = prepare_home(home)
    result = walk(folder, seed=seed, lists=lists, quiet=as_json)
    say(result.as_dict(), as_json=as_json)
    if not as_json:
        result.show(out)
    if door is None:
        return
    run_console(
        door,
        tell=lambda: out.print(
            f"\nConsole: [bold]http://localhost:{port}[/]  account [bold]{DEMO_ACCOUNT}[/]  "
            f"password {DEMO_PASSWORD}  (Ctrl-C ends it)"
        ),
    )
