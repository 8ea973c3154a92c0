"""`gate`: devices, what they send, what has arrived."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from safepassage.cli import convoys, keyed, loads
from safepassage.cli.checked import store_problems
from safepassage.cli.options import DESK, Account, AsJson, Home, json_of, now_utc
from safepassage.cli.speak import out, say, show_square, speaks
from safepassage.cli.store import open_store
from safepassage.core.errors import NotFoundError, UnreadableError
from safepassage.core.ids import EventId

group = typer.Typer(no_args_is_help=True, help="Devices at the gates, and what they send.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    group.command("convoys")(convoys.convoys)
    group.command("missing")(convoys.missing)
    group.command("stayed-away")(convoys.stayed_away)
    group.command("no-show")(convoys.no_show)
    group.command("key-in")(keyed.key_in)
    group.command("pack")(keyed.pack)
    group.command("loads")(loads.loads)
    group.command("bases")(loads.bases)
    app.add_typer(group, name="gate")


@group.command("devices")
@speaks
def devices(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the devices, when each was last in contact, and which are revoked."""
    open_store(home)
    from safepassage.apps.gate.selectors import devices_known

    rows = [
        {
            "device": one.pk,
            "role": one.role,
            "point": one.point,
            "last_seen": one.last_seen_at,
            "revoked": one.revoked_at,
        }
        for one in devices_known()
    ]
    say({"devices": rows}, as_json=as_json)
    if not as_json:
        grid = Table("device", "role", "point", "last seen", "revoked")
        for row in rows:
            grid.add_row(*(str(row[name] or "") for name in ("device", "role", "point", "last_seen", "revoked")))
        out.print(grid)


@group.command("invite")
@speaks
def invite(
    role: Annotated[str, typer.Option(help="access-point | rover | bus | staging-base")] = "access-point",
    point: Annotated[str, typer.Option(help="Id of the point where it will stand.")] = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Makes an invitation for one phone: used once, within a quarter of an hour. The phone scans it or types it."""
    open_store(home)
    from safepassage.apps.gate.selectors import join_address
    from safepassage.apps.gate.services import device_invite

    code = device_invite(role=role, point=point, account=account, now=now_utc())
    say({"code": code, "address": join_address(code)}, as_json=as_json, text=f"Type or scan on the phone: {code}")
    if not as_json and join_address(code).startswith("https://"):
        show_square(join_address(code))


@group.command("revoke")
@speaks
def revoke(
    device: Annotated[str, typer.Argument(help="The device's id.")],
    reason: Annotated[str, typer.Option(help="lost | stolen | retired")] = "lost",
    taken_at: Annotated[
        datetime | None, typer.Option(help="Since when it was in other hands (UTC), e.g. 2026-03-01T18:00.")
    ] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Withdraws a device: it gets nothing more, and what it sends later has no effect until a person confirms it."""
    open_store(home)
    from safepassage.apps.gate.selectors import devices_known
    from safepassage.apps.gate.services import device_revoke

    found = devices_known().filter(pk=device).first()
    if found is None:
        raise NotFoundError("No device has that id.", advice="`safepassage gate devices` lists them.")
    taken = taken_at.replace(tzinfo=taken_at.tzinfo or UTC) if taken_at else None
    device_revoke(device=found, reason=reason, account=account, now=now_utc(), taken_at=taken)
    say({"revoked": device}, as_json=as_json, text=f"{device} is withdrawn.")


@group.command("claims")
@speaks
def claims(home: Home = None, as_json: AsJson = False) -> None:
    """Lists what withdrawn devices wrote and nothing proves to be from before: it has no effect until you decide."""
    open_store(home)
    from safepassage.apps.ledger.selectors import claims_waiting

    rows = [
        {
            "event": event.id,
            "device": event.device,
            "kind": event.kind.value,
            "claims": event.device_time,
            "people": len(event.rows),
        }
        for event in claims_waiting()
    ]
    say({"claims": rows}, as_json=as_json)
    if not as_json:
        grid = Table("event", "device", "what", "says it was at", "people")
        for row in rows:
            grid.add_row(*(str(row[name]) for name in ("event", "device", "kind", "claims", "people")))
        out.print(grid)
        out.print("[bold]safepassage gate confirm EVENT[/] if somebody was there, else [bold]gate discard EVENT[/].")


@group.command("confirm")
@speaks
def confirm(
    event: Annotated[str, typer.Argument(help="An event that `gate claims` lists.")],
    reason: Annotated[str, typer.Option(help="Code: officer-remembers, on-paper, second-witness …")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Stands behind what a withdrawn device wrote: it counts, as of when the device says. Ask who was there first."""
    open_store(home)
    from safepassage.apps.ledger.services import claim_confirm

    claim_confirm(event=EventId(event), reason=reason, account=account, now=now_utc())
    say({"confirmed": event}, as_json=as_json, text=f"{event} counts from now on.")


@group.command("discard")
@speaks
def discard(
    event: Annotated[str, typer.Argument(help="An event that `gate claims` lists.")],
    reason: Annotated[str, typer.Option(help="Code: thief, nobody-was-there …")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Says of what a withdrawn device wrote that it never was; it stays on record."""
    open_store(home)
    from safepassage.apps.ledger.services import claim_discard

    claim_discard(event=EventId(event), reason=reason, account=account, now=now_utc())
    say({"discarded": event}, as_json=as_json, text=f"{event} waits no longer.")


@group.command("receive")
@speaks
def receive(
    file: Annotated[Path, typer.Argument(help="Events saved by a device with no network (JSON).", exists=True)],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Takes in what a device saved to a file. Items are answered one by one; a bad one never blocks the others."""
    open_store(home)
    from safepassage.apps.gate.services import queue_receive

    given = json_of(file)
    items = given.get("items") if isinstance(given, dict) else None
    if not isinstance(items, list):
        raise UnreadableError(
            "This file holds no events of a device.", where=file.name, advice="Save them on the phone once more."
        )
    receipts = queue_receive(items=items, now=now_utc())
    figures: dict[str, int] = {}
    for receipt in receipts:
        figures[receipt.outcome] = figures.get(receipt.outcome, 0) + 1
    say(
        figures, as_json=as_json, text=", ".join(f"{number} {outcome}" for outcome, number in sorted(figures.items()))
    )


@group.command("check")
@speaks
def check(home: Home = None, as_json: AsJson = False) -> None:
    """Verifies the whole ledger (rows, signatures, chains), and every value that is stored beside it.

    Each column of each table is read; accounts, policies and overrides are compared with the signed events.

    A row that can't be read, or that nobody signed, is set aside: it is listed with its event, its device, what is
    wrong and what to do next; it counts for nothing, and everything else counts as if it were not there.
    """
    open_store(home)
    from safepassage.apps.ledger.selectors import parked_open, rows_set_aside

    problems = [str(problem) for problem in store_problems()]
    parked, aside = len(parked_open()), rows_set_aside()
    last = f"{len(problems)} problems; {len(aside)} rows set aside; {parked} parked items wait for somebody."
    rows = [
        {"position": row.position, "event": row.event, "device": row.device, "code": row.fault.value} for row in aside
    ]
    told = {"problems": problems, "set_aside": rows, "parked": parked}
    say(told, as_json=as_json, text="\n".join([*map(escape, problems), last]))
    if problems:
        raise typer.Exit(1)
