"""The one command, `safepassage`; a file for each group of verbs."""

from __future__ import annotations

import typer

from safepassage import __version__
from safepassage.cli import backup, calls, counts, demo, gate, init, lists, passes, plan, policy, serve

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="rich")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def safepassage(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say the version and end."
    ),
) -> None:
    """Runs an evacuation of people at risk: lists in, families whole, people on board, everyone counted.

    The corridor, in order: [bold]init[/], [bold]intake[/], [bold]resolve[/], [bold]review[/], [bold]policy[/],
    [bold]plan[/], [bold]call[/], [bold]passes[/], [bold]gate[/], [bold]count[/]. Each verb's --help teaches it.
    [bold]demo[/] walks all of it with invented people; [bold]serve[/] opens the console.
    """


for group in (init, lists, policy, plan, calls, passes, gate, counts, backup, serve, demo):
    group.register(app)


def main() -> None:
    """Entry point of the command."""
    app()
