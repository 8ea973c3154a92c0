"""`parties`: who stands where, by id."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import AsJson, Home
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.core.ids import PartyId


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("parties")(parties)


@speaks
def parties(
    tier: Annotated[int | None, typer.Option(min=1, help="Only this tier.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Lists parties by id in the policy's order: people, who may come, tier, place in the plan. No name is in it.

    [bold]To be asked[/]: a fact is missing of them; they keep a seat until it is known, and are booked too.
    """
    open_store(home)
    from safepassage.apps.movement.bookings import bookings_of
    from safepassage.apps.policy.selectors import standing_places
    from safepassage.apps.policy.values import STANDING
    from safepassage.apps.registry.selectors import parties_by_id, party_ids

    places = standing_places(tier=tier)
    shown = list(places[:limit])
    ids = [PartyId(place.party) for place in shown]
    known, booked = parties_by_id(ids), bookings_of(ids)
    rows = [
        {
            "party": party,
            "people": len(known[party].members) if party in known else 0,
            "may_come": len(standing.accepted) if place.tier else 0,
            "to_ask": len(standing.seated) - len(standing.accepted) if place.tier else 0,
            "tier": place.tier,
            "outcome": place.outcome,
            "is_booked": party in booked,
        }
        for party, place in zip(ids, shown, strict=True)
        for standing in [STANDING.validate_python(place.content)]
    ]
    say({"of": places.count(), "parties": rows}, as_json=as_json)
    if not as_json and not rows:
        known_now = party_ids().count()
        out.print(
            f"{known_now} parties are known, and none stands in any tier yet: [bold]safepassage policy apply[/]."
            if known_now and tier is None
            else "No party stands there."
            if known_now
            else "No party is known yet: [bold]safepassage intake[/], then [bold]safepassage resolve[/]."
        )
        return
    if not as_json:
        grid = Table("party", "people", "may come", "to be asked", "stands", "place")
        for row in rows:
            stands = f"tier {row['tier']}" if row["tier"] else str(row["outcome"])
            figures = (str(row["people"]), str(row["may_come"]), str(row["to_ask"]))
            grid.add_row(str(row["party"]), *figures, stands, "booked" if row["is_booked"] else "")
        out.print(grid)
        out.print("[bold]safepassage explain PARTY[/] says why, and what would change it.")
