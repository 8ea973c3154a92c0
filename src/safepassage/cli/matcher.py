"""`matcher`: the versions of the matcher's weights: list, propose, adopt."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, progress_bar, say, speaks
from safepassage.cli.store import open_store

group = typer.Typer(no_args_is_help=True, help="By what listings are weighed: versions, proposed and adopted.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="matcher")


@group.command("list")
@speaks
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the versions, the newest first, and says whether the one in force is stale."""
    open_store(home)
    from safepassage.apps.intake.selectors import listings_count
    from safepassage.apps.registry.matcher import matcher_adopted, matcher_staleness, matcher_versions

    adopted = matcher_adopted()
    rows = [
        {
            "version": one.version,
            "listings": one.listings,
            "state": "in force" if one == adopted else "retired" if one.retired_at else "proposed",
        }
        for one in matcher_versions()
    ]
    stale = matcher_staleness(listings_count()).value
    say({"versions": rows, "stale": stale}, as_json=as_json)
    if not as_json:
        grid = Table("version", "learnt from", "state")
        for row in rows:
            grid.add_row(str(row["version"]), f"{row['listings']} listings", str(row["state"]))
        out.print(grid)
        out.print(STALE[stale])


STALE = {
    "": "The version in force fits the lists.",
    "not-adopted": "No version is in force: every run learns anew. [bold]safepassage matcher propose[/]",
    "grown": "Stale: there are half as many listings again as it was learnt from. "
    "[bold]safepassage matcher propose[/]",
    "other-rules": "Stale: this program compares by other rules, so runs learn anew. "
    "[bold]safepassage matcher propose[/]",
}


@group.command("propose")
@speaks
def propose(home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Learns a version from all listings as they are, and says what adopting it would change. Changes nothing."""
    open_store(home)
    from safepassage.apps.registry.versions import matcher_propose

    with progress_bar("propose", quiet=as_json) as step:
        found = matcher_propose(account=account, now=now_utc(), progress=step)
    if found.adopted_at is not None:
        said = {"version": found.version, "is_new": False}
        say(said, as_json=as_json, text="The lists teach nothing else than what is in force.")
        return
    effect = found.effect
    say(
        {"version": found.version, "is_new": True, "effect": effect},
        as_json=as_json,
        text=f"Version {found.version}, learnt from {found.listings} listings. Once adopted, and the matcher run:\n"
        f"persons {effect['persons'][0]} → {effect['persons'][1]}, "
        f"open questions {effect['questions'][0]} → {effect['questions'][1]}, "
        f"{effect['merged']} persons joined to another, {effect['split']} divided.\n"
        f"To adopt it: [bold]safepassage matcher adopt {found.version}[/]",
    )


@group.command("adopt")
@speaks
def adopt(
    version: Annotated[str, typer.Argument(help="The version, as `matcher propose` says it.")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Puts a proposed version in force, from the next run on. Refused if lists or judgements came since."""
    open_store(home)
    from safepassage.apps.registry.versions import matcher_adopt

    found = matcher_adopt(version=version, account=account, now=now_utc())
    say(
        {"version": found.version},
        as_json=as_json,
        text=f"Version {found.version} is in force. Next: [bold]safepassage resolve[/]",
    )
