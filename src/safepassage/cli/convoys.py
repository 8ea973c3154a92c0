"""`gate convoys`, `missing`, `no-show`: what became of a bus, and who answers for whoever is not on it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store


@speaks
def convoys(home: Home = None, as_json: AsJson = False) -> None:
    """Lists convoys that are held up or came through with fewer, and each missing person with who looks for them."""
    open_store(home)
    from safepassage.apps.gate.convoys import convoys_in_trouble, missing_cases
    from safepassage.apps.ledger.selectors import state_now

    state = state_now()
    found = convoys_in_trouble(state)
    cases = missing_cases(state)
    rows = [{"person": one.person, "leg": one.leg, "owner": one.owner, "since": one.since} for one in cases]
    say({"held": found.held, "fewer": found.fewer, "missing": rows}, as_json=as_json)
    if as_json:
        return
    for leg in found.held:
        out.print(f"[bold]{leg}[/] is stopped or turned back.")
    for leg in found.fewer:
        out.print(f"[bold]{leg}[/] came through with fewer: name who is missing by `safepassage gate missing {leg}`.")
    grid = Table("missing", "leg", "who looks for them", "since")
    for one in cases:
        grid.add_row(one.person, one.leg, one.owner, f"{one.since:%Y-%m-%d %H:%M} UTC")
    out.print(grid if cases else "Nobody is missing.")


@speaks
def missing(
    leg: Annotated[str, typer.Argument(help="The leg from which they are missing, e.g. blue-bus.")],
    persons: Annotated[list[str], typer.Argument(help="Id of each person, as on the manifest.")],
    owner: Annotated[str, typer.Option(help="Code of the team that looks for them.")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Notes who is missing from a convoy: each is a case with an owner until somebody sees them again."""
    open_store(home)
    from safepassage.apps.gate.convoys import convoy_missing

    number = convoy_missing(leg=leg, persons=persons, owner=owner, account=account, now=now_utc())
    say(
        {"missing": number, "owner": owner},
        as_json=as_json,
        text=f"{number} missing from {leg}; {owner} looks for them.",
    )


@speaks
def no_show(
    leg: Annotated[str, typer.Argument(help="A leg that has left, e.g. blue-bus.")],
    team: Annotated[str, typer.Option(help="Code of the team that calls them again.")],
    persons: Annotated[
        list[str] | None,
        typer.Argument(help="Id of each person, as on the manifest.", show_default="all of whom nobody knows"),
    ] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Notes who did not come to a leg that has left: their seat is free, and a team calls them again."""
    open_store(home)
    from safepassage.apps.outreach.no_shows import no_shows_note

    number = no_shows_note(leg=leg, team=team, persons=persons or None, account=account, now=now_utc())
    say(
        {"no_show": number, "team": team},
        as_json=as_json,
        text=f"{number} did not come to {leg}; {team} calls them again.",
    )


@speaks
def stayed_away(home: Home = None, as_json: AsJson = False) -> None:
    """Proposes who may not have come to legs that have left; `gate no-show` notes it, once you have asked."""
    open_store(home)
    from safepassage.apps.ledger.selectors import state_now
    from safepassage.apps.outreach.no_shows import no_shows_proposed

    found = no_shows_proposed(state_now(), now=now_utc())
    rows = [
        {"leg": one.leg, "departs": one.departs, "was_seen": one.was_seen, "people": list(one.people)}
        for one in found
    ]
    say({"legs": rows}, as_json=as_json)
    if as_json:
        return
    if not found:
        out.print("Everyone expected on the legs of the last two days was seen, or somebody said where they are.")
    for one in found:
        seen = "" if one.was_seen else " (nobody saw it leave)"
        out.print(f"[bold]{one.leg}[/], {one.departs:%d %b %H:%M} UTC{seen}: {len(one.people)} people")
        for party, people in one.parties:
            out.print(f"  {party}: {' '.join(people)}", highlight=False)
    if found:
        out.print(f"Once you have asked: [bold]safepassage gate no-show {found[0].leg} --team CODE[/]")
