"""`plan what-if`, `plan pressure`, `plan stand-by` and `plan levers`: what would be, before it is real."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.moments import moment_of
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.plan_shown import beyond_row
from safepassage.cli.speak import out, progress_bar, say, speaks
from safepassage.cli.store import open_store
from safepassage.core.errors import ForbiddenError


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
    since = moment_of(begins, operation_now().zone) if point else None
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


@speaks
def pressure(
    accept: Annotated[
        str, typer.Option(help="A point: its arrivals are moved, the plan amended, the messages drafted.")
    ] = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Where more people may soon stand at an access point than it holds, and the fewest arrivals to move.

    With --accept the plan is amended at once and published; nobody is told before `messages release`.
    """
    open_store(home)
    from safepassage.apps.console.figures.pressure import pressure_of_plan
    from safepassage.apps.outreach.relief import relief_accept

    if accept:
        done = relief_accept(point=accept, key="", account=account, now=now_utc())
        text = (
            f"{done.plan} is published: {len(done.parties)} parties go at another time, {done.drafts} messages wait. "
            "Next: [bold]safepassage messages release[/], [bold]safepassage passes issue[/]"
        )
        say({"plan": done.plan, "parties": done.parties, "drafts": done.drafts}, as_json=as_json, text=text)
        return
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
    rows = [beyond_row(one) for one in lines]
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


@speaks
def levers(
    seconds: Annotated[float, typer.Option(min=1, max=3600, help="Most seconds to try things.")] = 300.0,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """What binds the plan, and what a bus, a gate hour or a flight more would bring at most, by tier."""
    open_store(home)
    from safepassage.apps.movement.levers import levers_now

    with progress_bar("levers", quiet=as_json) as step:
        found = levers_now(now=now_utc(), progress=step, seconds=seconds)
    say(found.noted(), as_json=as_json)
    if as_json:
        return
    grid = Table("more of", "when", "how many more", "people", "by tier")
    for one in found.lines:
        tiers = ", ".join(f"{tier}: {gain:+d}" for tier, gain in one.gains)
        when = f"{one.at:%d %b %H:%M} UTC" if one.at else ""
        grid.add_row(f"{one.where}: {one.unit}", when, str(one.extra), str(one.people), tiers)
    if found.lines:
        out.print(grid)
    elif found.is_whole:
        out.print("Nothing more of any one thing would get anybody more out.")
    if not found.is_whole:
        out.print("[yellow]Time was too short to try everything[/]: give more with --seconds.")
