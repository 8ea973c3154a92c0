"""The one command, `safepassage`; a file for each group of verbs."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="rich")


@app.callback()
def safepassage() -> None:
    """Runs an evacuation of people at risk: lists in, families whole, people on board, everyone counted."""


def main() -> None:
    """Entry point of the command."""
    app()
