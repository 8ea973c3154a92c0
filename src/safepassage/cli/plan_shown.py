"""A plan as the command shows it: people by tier, who has no place and why, seats kept, legs overbooked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from safepassage.cli.options import now_utc
from safepassage.cli.speak import out, say
from safepassage.cli.warned import show_warned, warned_row

if TYPE_CHECKING:
    from safepassage.apps.movement.no_shows import LegLine
    from safepassage.apps.movement.reserves import HeldSeats

HELD_SHOWN = 8


def show_plan(plan_id: str, *, as_json: bool) -> None:
    """Says what a plan gives, and to whom it gives nothing and why; as one object for machines."""
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
            "overbooked": [beyond_row(one) for one in beyond if one.beyond],
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
            sizes = str(one.least) if one.least == one.most else sizes
            out.print(
                f"tier {one.tier}, parties of {sizes}: {one.placed} of {one.asked} have a place ({one.percent} %)"
            )
    for code, parties in blocked.items():
        example = next(one for one in plan.unplaced if one.code.value == code)
        noun = "party" if parties == 1 else "parties"
        said = "" if parties == 1 else "of one of them, "
        out.print(f"{parties} {noun} without a place, {code}: {said}{'; '.join(example.reasons)}")
    _show_held(held)
    _show_beyond(beyond)
    show_warned(warned)
    for fault in report.faults:
        out.print(f"[red]✗[/] {fault.message}")
    if report.is_clean and not plan.assignments:
        out.print("[yellow]Nobody has a place.[/] Change the hour, the seats or the policy, and plan again.")
    elif report.is_clean:
        out.print(f"The judge finds no fault. Next: [bold]safepassage plan publish {plan.id}[/]")


def beyond_row(one: LegLine) -> dict[str, Any]:
    """A leg's people, seats and stand-bys, chances in per cent, for machines."""
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
