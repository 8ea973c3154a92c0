"""`plan` (network, bus, make, what-if, pressure, stand-by, publish, list) and `manifest`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from safepassage.cli.moments import moment_of
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc, text_of
from safepassage.cli.plan_ahead import levers, pressure, stand_by, what_if
from safepassage.cli.plan_shown import show_plan
from safepassage.cli.speak import out, progress_bar, say, speaks
from safepassage.cli.store import open_store
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import LegId

group = typer.Typer(no_args_is_help=True, help="Who goes when: networks, plans, and the judge's report.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    group.command("what-if")(what_if)
    group.command("pressure")(pressure)
    group.command("stand-by")(stand_by)
    group.command("levers")(levers)
    app.add_typer(group, name="plan")
    app.command("manifest")(manifest)


@group.command("network")
@speaks
def network(
    file: Annotated[Path, typer.Argument(help="A network (spec/scenario-v1, JSON).", exists=True, dir_okay=False)],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Records the network: points, legs, windows and everything that can run out."""
    open_store(home)
    from safepassage.apps.movement.services import network_record

    record = network_record(text=text_of(file), account=account, now=now_utc(), file=file.name)
    say(
        {"network": record.digest},
        as_json=as_json,
        text="The network is recorded. Next: [bold]safepassage plan make[/]",
    )


@group.command("bus")
@speaks
def bus(
    seats: Annotated[int, typer.Option(min=1, max=500, help="Seats, infants on laps counted as heads.")],
    departs: Annotated[str, typer.Option(help="Local time: 14:00 (today), 'tomorrow 14:00', or 2026-03-01T14:00.")],
    start: Annotated[str, typer.Option("--from", help="Where people gather (a name).")] = "Rally point",
    to: Annotated[str, typer.Option(help="Where it drives to (a name).")] = "Access point",
    minutes: Annotated[int, typer.Option(min=1, max=2880, help="How long the drive takes.")] = 60,
    plate: Annotated[str, typer.Option(help="The plate, for the checkpoint sheet.")] = "",
    wheelchairs: Annotated[int, typer.Option(min=0, max=500, help="Places for people in a wheelchair.")] = 0,
    stretchers: Annotated[int, typer.Option(min=0, max=500, help="Places for people lying down.")] = 0,
    patients: Annotated[int, typer.Option(min=0, max=500, help="Places for people in medical care.")] = 0,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Plans "one bus, 50 seats, 14:00" without a network file: records it and makes the draft plan.

    Leave people time: they board half an hour before, and need to be told and to get there. Whoever needs a
    wheelchair's place, a stretcher's or medical care is booked, with their party, only where the bus has one: state
    them. An infant on a lap needs a seat like everybody.
    """
    open_store(home)
    from safepassage.apps.accounts.selectors import operation_now
    from safepassage.apps.movement.services import network_keep, plan_make
    from safepassage.core.movement import care_places, single_bus

    zone = operation_now().zone
    moment = moment_of(departs, zone)
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    values = single_bus(
        seats=seats,
        departs=moment,
        rally_point=start,
        access_point=to,
        travel_minutes=minutes,
        plate=plate,
        care=care_places(wheelchairs=wheelchairs, stretchers=stretchers, patients=patients),
        utc_offset_minutes=int(offset.total_seconds() // 60),
    )
    network_keep(network=values, account=account, now=now_utc())
    record = plan_make(account=account, now=now_utc())
    show_plan(record.pk, as_json=as_json)


@group.command("make")
@speaks
def make(
    seconds: Annotated[float, typer.Option(min=0, max=3600, help="Most seconds to look for a better plan.")] = 10.0,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Makes a draft plan for everyone in a tier, and has it judged. Interrupting it loses nothing."""
    open_store(home)
    from safepassage.apps.movement.services import plan_make

    with progress_bar("plan", quiet=as_json) as step:
        record = plan_make(account=account, now=now_utc(), time_limit_seconds=seconds, progress=step)
    show_plan(record.pk, as_json=as_json)


@group.command("release")
@speaks
def release(
    reserve: Annotated[str, typer.Argument(help="The reserve's id in the policy.")],
    leg: Annotated[list[str] | None, typer.Option(help="Only on this leg; may stand several times.")] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Gives seats that the policy keeps for a group to all, before their hour. It stands in the ledger, for good.

    No plan is changed by it: plan again, and the seats go to whoever is next.
    """
    open_store(home)
    from safepassage.apps.movement.reserves import reserve_release

    legs = reserve_release(reserve=reserve, legs=[LegId(one) for one in leg or ()], account=account, now=now_utc())
    say(
        {"reserve": reserve, "legs": legs},
        as_json=as_json,
        text=f"{reserve}: released on {len(legs)} legs. Next: [bold]safepassage plan make[/]",
    )


@group.command("publish")
@speaks
def publish(
    plan_id: Annotated[str, typer.Argument(help="The plan's id.", show_default="the newest")] = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Publishes a plan that the judge found clean: bookings are made, everyone affected is told apart."""
    open_store(home)
    from safepassage.apps.movement.selectors import plans_made
    from safepassage.apps.outreach.enacting import plan_enact_telling

    newest = plans_made().first()
    if not plan_id and newest is None:
        raise ForbiddenError("There is no plan yet.", advice="`safepassage plan make`.")
    done = plan_enact_telling(plan_id=plan_id or newest.pk, account=account, now=now_utc())  # type: ignore[union-attr]
    record = done.plan
    waiting = f" {done.drafts} messages wait: `safepassage messages list`." if done.drafts else ""
    say(
        {"plan": record.pk, "status": record.status, "drafts": done.drafts},
        as_json=as_json,
        text=f"{record.pk} is published.{waiting} Next: [bold]safepassage call[/], [bold]safepassage passes issue[/]",
    )


@group.command("list")
@speaks
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Lists all plans, the newest first."""
    open_store(home)
    from safepassage.apps.movement.selectors import plans_made

    rows = [{"plan": one.pk, "status": one.status, "made_at": one.made_at, "by": one.made_by} for one in plans_made()]
    say({"plans": rows}, as_json=as_json, text="\n".join(f"{row['plan']}  {row['status']}" for row in rows))


@speaks
def manifest(
    leg: Annotated[str, typer.Argument(help="The leg; without it every leg of the plan is closed.")] = "",
    to: Annotated[Path | None, typer.Option(help="Folder for the sheets (XLSX and PDF).")] = None,
    language: Annotated[str, typer.Option(help="Of the PDF: en, fa-af or ps.")] = "en",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Closes manifests: numbered, with a version; a correction is a new version. --to writes the sheets."""
    open_store(home)
    from safepassage.apps.movement.bookings import legs_booked
    from safepassage.apps.movement.closing import manifest_close
    from safepassage.apps.outreach.sheets import manifest_write, paper_language_check

    paper_language_check(language)
    closed: list[dict[str, Any]] = []
    for one in [LegId(leg)] if leg else legs_booked():
        made = manifest_close(leg=one, account=account, now=now_utc())
        files = (
            manifest_write(manifest=made, folder=to, account=account, now=now_utc(), language=language) if to else []
        )
        closed.append({"leg": made.leg, "version": made.version, "heads": made.heads, "files": files})
    say({"manifests": closed}, as_json=as_json)
    if not closed and not as_json:
        out.print("No leg has bookings. Publish a plan first: [bold]safepassage plan publish[/].")
    elif not as_json:
        grid = Table("leg", "version", "heads", "files")
        for row in closed:
            grid.add_row(row["leg"], str(row["version"]), str(row["heads"]), ", ".join(row["files"]))
        out.print(grid)
