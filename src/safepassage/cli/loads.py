"""`gate loads` and `gate bases`: expected, aboard and missing on each leg; beds and people at staging bases."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import AsJson, Home, now_utc
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store


@speaks
def loads(
    leg: Annotated[str, typer.Argument(help="One leg, with the ids of who is missing; without it every leg.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Lists the legs of the published plan: expected by the manifest, seen aboard, missing, counted as it left."""
    open_store(home)
    from safepassage.apps.gate.loading import legs_loading, network_planned
    from safepassage.apps.ledger.selectors import state_now

    network = network_planned()
    legs = [one for one in network.legs if leg in ("", one.id)] if network else []
    rows = [
        {
            "leg": one.leg.id,
            "departs": one.leg.departs,
            "manifest": one.version,
            "expected": len(one.expected),
            "aboard": len(one.aboard),
            "missing": len(one.missing),
            "not_on_it": len(one.others),
            "departed": one.departed,
            "counted": one.counted,
        }
        | ({"missing_ids": sorted(one.missing)} if leg else {})
        for one in legs_loading(state_now(), legs=legs)
        if leg or one.parties or one.aboard
    ]
    say({"legs": rows}, as_json=as_json)
    if as_json:
        return
    grid = Table("leg", "departs", "expected", "aboard", "missing", "not on it", "left", "counted")
    for row in rows:
        left, counted = row["departed"], row["counted"]
        grid.add_row(
            str(row["leg"]),
            f"{row['departs']:%Y-%m-%d %H:%M} UTC",
            *(str(row[name]) for name in ("expected", "aboard", "missing", "not_on_it")),
            f"{left:%H:%M} UTC" if left else "",
            "" if counted is None else str(counted),
        )
    out.print(grid if rows else "Nobody is booked on a leg.")
    for row in rows if leg else []:
        out.print("\n".join(map(str, row["missing_ids"])))  # type: ignore[call-overload]  # a list of ids


@speaks
def bases(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the staging bases of the published plan: beds tonight, people there, beds free, and who is still due."""
    open_store(home)
    from safepassage.apps.gate.loading import bases_loading
    from safepassage.apps.ledger.selectors import state_now

    rows = [
        {"base": one.point.id, "beds": one.beds, "here": len(one.here), "free": one.free, "due": len(one.due)}
        for one in bases_loading(state_now(), now=now_utc())
    ]
    say({"bases": rows}, as_json=as_json)
    if as_json:
        return
    grid = Table("base", "beds", "here", "free", "due")
    for row in rows:
        grid.add_row(*("not known" if row[name] is None else str(row[name]) for name in row))
    out.print(grid if rows else "The published plan has no staging base.")
