"""`plan` (network, bus, make, what-if, pressure, stand-by, publish, list) and `manifest`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc, text_of
from safepassage.cli.speak import out, progress_bar, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.warned import show_warned, warned_row
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import LegId

if TYPE_CHECKING:
    from safepassage.apps.movement.no_shows import LegLine
    from safepassage.apps.movement.reserves import HeldSeats

HELD_SHOWN = 8
FAR = timedelta(days=3660)

group = typer.Typer(no_args_is_help=True, help="Who goes when: networks, plans, and the judge's report.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
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
    moment = _moment(departs, zone)
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
    _show_plan(record.pk, as_json=as_json)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        found = _local(text.strip(), zone).astimezone(UTC)
    except ValueError as error:
        advice = "Write 14:00, 'tomorrow 14:00' or 2026-03-01T14:00."
        raise ForbiddenError("That is no time.", where="--departs", advice=advice) from error
    if found - now_utc() > FAR:
        raise ForbiddenError("That is years away.", where="--departs", advice="Look at the date.")
    if found <= now_utc():
        raise ForbiddenError(
            "That hour has passed.", where="--departs", advice="Write 'tomorrow 14:00', or the whole date."
        )
    return found


def _local(text: str, zone: ZoneInfo) -> datetime:
    today = now_utc().astimezone(zone).date()
    if text.startswith("tomorrow "):
        hour = time.fromisoformat(text.removeprefix("tomorrow ").strip())
        return datetime.combine(today + timedelta(days=1), hour, zone)
    if "T" in text or " " in text:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return datetime.combine(today, time.fromisoformat(text), zone)


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
    _show_plan(record.pk, as_json=as_json)


def _show_plan(plan_id: str, *, as_json: bool) -> None:
    from safepassage.apps.movement.no_shows import legs_overbooked
    from safepassage.apps.movement.reserves import seats_held
    from safepassage.apps.movement.selectors import plan_read, plan_record_by_id, report_read
    from safepassage.apps.outreach.contact import contact_warnings
    from safepassage.core.movement import seat_chances

    record = plan_record_by_id(plan_id)
    held, beyond = seats_held(record, now=now_utc()), legs_overbooked(record)
    plan, report = plan_read(record), report_read(record)
    warned = contact_warnings(one.party for one in plan.assignments)
    blocked = dict(Counter(one.code.value for one in plan.unplaced).most_common())
    tiers = [{"tier": one.tier, "people": one.people, "of": one.demanded} for one in plan.tiers]
    say(
        {
            "plan": plan.id,
            "status": record.status,
            "is_provisional": record.is_provisional,
            "people": plan.people,
            "parties": len(plan.assignments),
            "unplaced": len(plan.unplaced),
            "tiers": tiers,
            "unplaced_because": blocked,
            "kept": [_held_row(one) for one in held],
            "chances": [
                {"tier": one.tier, "from": one.least, "to": one.most, "parties": one.asked, "placed": one.placed}
                for one in seat_chances(plan)
            ],
            "overbooked": [_beyond_row(one) for one in beyond if one.beyond],
            "faults": [fault.message for fault in report.faults],
        }
        | warned_row(warned),
        as_json=as_json,
    )
    if as_json:
        return
    if record.is_provisional:
        out.print("[yellow]Provisional: questions about who is whom are still open.[/]")
    grid = Table("tier", "people placed", "of", title=f"plan {plan.id}", title_justify="left")
    for tier in tiers:
        grid.add_row(*(str(tier[name]) for name in ("tier", "people", "of")))
    out.print(grid)
    for one in seat_chances(plan):
        if one.placed < one.asked:
            sizes = f"{one.least} or more" if one.most == 999 else f"{one.least} to {one.most}"
            out.print(
                f"tier {one.tier}, parties of {sizes}: {one.placed} of {one.asked} have a place ({one.percent} %)"
            )
    for code, parties in blocked.items():
        example = next(one for one in plan.unplaced if one.code.value == code)
        noun = "party" if parties == 1 else "parties"
        out.print(f"{parties} {noun} without a place, {code}: {'; '.join(example.reasons)}")
    _show_held(held)
    _show_beyond(beyond)
    show_warned(warned)
    for fault in report.faults:
        out.print(f"[red]✗[/] {fault.message}")
    if report.is_clean and not plan.assignments:
        out.print("[yellow]Nobody has a place.[/] Change the hour, the seats or the policy, and plan again.")
    elif report.is_clean:
        out.print(f"The judge finds no fault. Next: [bold]safepassage plan publish {plan.id}[/]")


def _beyond_row(one: LegLine) -> dict[str, Any]:
    chance, rate, low, high = one.percents
    return {
        "leg": one.leg,
        "people": one.booked,
        "seats": one.seats,
        "left_standing_percent": chance,
        "stay_away_percent": rate,
        "stay_away_from": low,
        "stay_away_to": high,
        "empty_likely": one.empty_likely,
        "stand_by": one.stand_by,
    }


def _show_beyond(lines: Sequence[LegLine]) -> None:
    over = [one for one in lines if one.beyond]
    for one in over[:HELD_SHOWN]:
        chance, rate, low, high = one.percents
        out.print(
            f"[yellow]{one.leg}: {one.booked} people are booked on {one.seats} seats[/]; "
            f"{rate} % ({low}-{high} %) stay away. Chance that somebody who came is left standing: {chance} %."
        )
    if len(over) > HELD_SHOWN:
        out.print(f"{len(over) - HELD_SHOWN} more legs are overbooked: see the plan page, or --json.")
    if any(one.stand_by for one in lines):
        out.print("Who stands by: [bold]safepassage plan stand-by[/]")


def _held_row(one: HeldSeats) -> dict[str, Any]:
    return {
        "reserve": one.reserve,
        "legs": one.legs,
        "seats": one.seats,
        "taken": one.taken,
        "until": one.until,
        "is_held": one.is_held,
    }


def _show_held(held: Sequence[HeldSeats]) -> None:
    from safepassage.apps.accounts.selectors import operation_now

    zone = operation_now().zone
    for one in held[:HELD_SHOWN]:
        legs = one.legs[0] if len(one.legs) == 1 else f"{one.legs[0]} and {len(one.legs) - 1} more"
        until = f"{one.until.astimezone(zone):%d %b %H:%M}"
        out.print(f"{one.seats} seats on {legs} are held for {one.reserve} until {until}; {one.taken} are taken.")
    if len(held) > HELD_SHOWN:
        out.print(f"Seats are held on {len(held) - HELD_SHOWN} more legs: see the plan page, or --json.")
    if held:
        out.print(f"To give them to all before: [bold]safepassage plan release {held[0].reserve}[/]")


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


@group.command("what-if")
@speaks
def what_if(
    leg: Annotated[str, typer.Option(help="The leg that is moved, or with --cancel taken out.")] = "",
    minutes: Annotated[int, typer.Option(help="How much later it leaves; below zero, earlier.")] = 0,
    cancel: Annotated[bool, typer.Option("--cancel", help="The leg does not go.")] = False,
    point: Annotated[str, typer.Option(help="The point that is closed.")] = "",
    begins: Annotated[str, typer.Option("--from", help="Since when: 14:00, 'tomorrow 14:00', a whole date.")] = "",
    hours: Annotated[int, typer.Option(min=1, max=240, help="For how long it is closed.")] = 3,
    adopt: Annotated[bool, typer.Option("--adopt", help="Record the change; then `plan make`.")] = False,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """What a change of the network would bring, by tier, before it is real. Without --adopt nothing is written."""
    if bool(leg) == bool(point) or (point and not begins) or (leg and not cancel and not minutes):
        advice = "--leg ID --minutes 30, --leg ID --cancel, or --point ID --from 14:00 --hours 3."
        raise ForbiddenError("Say one change.", advice=advice)
    open_store(home)
    from safepassage.apps.accounts.selectors import operation_now
    from safepassage.apps.movement.what_if import Change, ChangeKind, change_adopt, effect_of

    kind = ChangeKind.CLOSE if point else ChangeKind.CANCEL if cancel else ChangeKind.MOVE
    since = _moment(begins, operation_now().zone) if point else None
    change = Change(kind, leg=leg, minutes=minutes, point=point, begins=since, hours=hours)
    effect = effect_of(change, now=now_utc())
    tiers = [{"tier": one.tier, "before": one.before, "after": one.after} for one in effect.tiers]
    diff = effect.diff
    row = {
        "tiers": tiers,
        "gain": diff.people_gaining,
        "lose": diff.people_losing,
        "change": diff.people_changing,
        "told": effect.told,
        "faults": effect.faults,
        "adopted": adopt,
    }
    if adopt:
        change_adopt(change, account=account, now=now_utc())
    say(row, as_json=as_json)
    if as_json:
        return
    grid = Table("tier", "people now", "with the change")
    for tier in tiers:
        grid.add_row(*(str(tier[name]) for name in ("tier", "before", "after")))
    out.print(grid)
    out.print(
        f"{diff.people_gaining} gain a place, {diff.people_losing} lose theirs, {diff.people_changing} go otherwise; "
        f"of those who were told, {effect.told} are concerned."
    )
    out.print(
        "Recorded. Next: [bold]safepassage plan make[/]" if adopt else "Nothing is written; --adopt records it."
    )


@group.command("pressure")
@speaks
def pressure(home: Home = None, as_json: AsJson = False) -> None:
    """Where more people may soon stand at an access point than it holds, and the fewest arrivals to move."""
    open_store(home)
    from safepassage.apps.console.figures.pressure import pressure_of_plan

    found = pressure_of_plan(now=now_utc())
    rows = [
        {
            "point": one.point,
            "from": one.alarm.begins,
            "may_wait": round(one.alarm.waiting_high),
            "holds": one.alarm.holding,
            "is_enough": one.relief.is_enough,
            "moves": [
                {"leg": move.leg, "arrives": move.arrives, "minutes": move.minutes, "people": move.heads}
                for move in one.relief.moves
            ],
        }
        for one in found
    ]
    say({"alarms": rows}, as_json=as_json)
    if as_json:
        return
    if not found:
        out.print("No access point is expected to be fuller than it holds.")
    for one in found:
        enough = "Moving these is enough:" if one.relief.is_enough else "This helps, and is not enough:"
        if not one.relief.moves:
            enough = "No arrival can be moved in time."
        begins, most = f"{one.alarm.begins:%d %b %H:%M} UTC", f"{one.alarm.waiting_high:.0f}"
        out.print(f"[red]{one.point}[/]: from {begins} up to {most} people, it holds {one.alarm.holding}. {enough}")
        for move in one.relief.moves:
            who = move.leg or "those who come by themselves"
            out.print(f"  {who}, at {move.arrives:%H:%M} UTC: {move.minutes:+d} min, {move.heads} people")


@group.command("stand-by")
@speaks
def stand_by(
    leg: Annotated[str, typer.Argument(help="Only this leg.", show_default="every leg")] = "",
    plan_id: Annotated[
        str, typer.Option("--plan", help="The plan's id.", show_default="the published, or newest")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Who may come in case others stay away, in policy order, and how many seats that is likely to be."""
    open_store(home)
    from safepassage.apps.movement.no_shows import legs_overbooked
    from safepassage.apps.movement.selectors import plan_record_by_id, plan_record_now, plans_made

    record = plan_record_by_id(plan_id) if plan_id else plan_record_now() or plans_made().first()
    if record is None:
        raise ForbiddenError("There is no plan yet.", advice="`safepassage plan make`.")
    lines = [one for one in legs_overbooked(record) if leg in {"", one.leg}]
    rows = [_beyond_row(one) for one in lines]
    say({"plan": record.pk, "legs": rows}, as_json=as_json)
    if as_json:
        return
    if not rows:
        out.print("Nobody stands by: everyone who could go by these legs has a place.")
        return
    grid = Table("leg", "people", "seats", "likely empty", "stand by, in policy order")
    for one in lines:
        grid.add_row(one.leg, str(one.booked), str(one.seats), str(one.empty_likely), " ".join(one.stand_by))
    out.print(grid)


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
    from safepassage.apps.passes.services import plan_enact

    newest = plans_made().first()
    if not plan_id and newest is None:
        raise ForbiddenError("There is no plan yet.", advice="`safepassage plan make`.")
    record = plan_enact(plan_id=plan_id or newest.pk, account=account, now=now_utc())  # type: ignore[union-attr]
    say(
        {"plan": record.pk, "status": record.status},
        as_json=as_json,
        text=f"{record.pk} is published. Next: [bold]safepassage call[/], [bold]safepassage passes issue[/]",
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
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Closes manifests: numbered, with a version; a correction is a new version. --to writes the sheets."""
    open_store(home)
    from safepassage.apps.movement.selectors import legs_booked
    from safepassage.apps.movement.services import manifest_close
    from safepassage.apps.outreach.sheets import manifest_write

    closed: list[dict[str, Any]] = []
    for one in [LegId(leg)] if leg else legs_booked():
        made = manifest_close(leg=one, account=account, now=now_utc())
        files = manifest_write(manifest=made, folder=to, account=account, now=now_utc()) if to else []
        closed.append({"leg": made.leg, "version": made.version, "heads": made.heads, "files": files})
    say({"manifests": closed}, as_json=as_json)
    if not closed and not as_json:
        out.print("No leg has bookings. Publish a plan first: [bold]safepassage plan publish[/].")
    elif not as_json:
        grid = Table("leg", "version", "heads", "files")
        for row in closed:
            grid.add_row(row["leg"], str(row["version"]), str(row["heads"]), ", ".join(row["files"]))
        out.print(grid)
