"""`serve`: the console on this laptop, or for phones on its hotspot."""

from __future__ import annotations

from typing import Annotated

import typer

from safepassage.cli.options import Home
from safepassage.cli.speak import out, speaks
from safepassage.cli.store import open_store


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("serve")(serve)


def run_console(*, port: int) -> None:
    """Runs the console on this laptop alone until interrupted."""
    import uvicorn

    uvicorn.run("safepassage.web.asgi:application", host="127.0.0.1", port=port, log_level="warning", lifespan="off")


@speaks
def serve(
    port: Annotated[int, typer.Option(help="Port on localhost.")] = 8000,
    home: Home = None,
) -> None:
    """Opens the console at http://localhost:8000 for this laptop alone. Ctrl-C ends it."""
    folder = open_store(home)
    out.print(f"[bold]{folder.name}[/]: http://localhost:{port}  (Ctrl-C ends it)")
    run_console(port=port)
