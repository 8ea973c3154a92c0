"""The one command, `safepassage`; a file for each group of verbs."""

from __future__ import annotations

import os
import sys

import typer

from safepassage import __version__
from safepassage.cli.accounts import register as register_accounts
from safepassage.cli.backup import register as register_backup
from safepassage.cli.batches import register as register_batches
from safepassage.cli.calls import register as register_calls
from safepassage.cli.counts import register as register_counts
from safepassage.cli.demo import register as register_demo
from safepassage.cli.facts import register as register_facts
from safepassage.cli.gate import register as register_gate
from safepassage.cli.init import register as register_init
from safepassage.cli.keys import register as register_keys
from safepassage.cli.lists import register as register_lists
from safepassage.cli.matcher import register as register_matcher
from safepassage.cli.officers import register as register_officers
from safepassage.cli.parties import register as register_parties
from safepassage.cli.passes import register as register_passes
from safepassage.cli.plan import register as register_plan
from safepassage.cli.policy import register as register_policy
from safepassage.cli.recipients import register as register_recipients
from safepassage.cli.review import register as register_review
from safepassage.cli.serve import register as register_serve
from safepassage.cli.speak import wrong_call
from safepassage.cli.work import register as register_work
from safepassage.vault import arm

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode="rich", pretty_exceptions_show_locals=False
)


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

    A verb works on the operation in --home, else in $SAFEPASSAGE_HOME, else in ./operation. With --json it prints
    one object for machines. Exit codes: 0 done; 1 refused, or wrong input; 2 called wrongly;
    3 done, on a damaged store (`backup`).
    """


for register in (
    register_init,
    register_lists,
    register_batches,
    register_matcher,
    register_review,
    register_facts,
    register_policy,
    register_plan,
    register_calls,
    register_passes,
    register_gate,
    register_counts,
    register_recipients,
    register_backup,
    register_keys,
    register_accounts,
    register_parties,
    register_officers,
    register_serve,
    register_work,
    register_demo,
):
    register(app)


def main() -> None:
    """Entry point of the command. Whatever it writes (lists, passes, codes, exports) only its user may read."""
    os.umask(0o077)
    arm()
    if "--json" in sys.argv[1:]:
        sys.exit(_for_machines())
    app(prog_name="safepassage")


def _for_machines() -> int:
    """Runs the command; a wrong call is one object on stdout too, with a sentence on stderr. Gives the exit code."""
    try:
        code = app(prog_name="safepassage", standalone_mode=False)
    except typer.Abort:
        return 1
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return wrong_call(error)
    return code if isinstance(code, int) else 0
