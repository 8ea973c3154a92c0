"""`lists`: what was taken in, and one list withdrawn or put back."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store

group = typer.Typer(no_args_is_help=True, help="Lists that were taken in: shown, withdrawn, put back.")
Batch = Annotated[str, typer.Argument(help="The list's id, as `lists show` says it.")]


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="lists")


@group.command("show")
@speaks
def show(home: Home = None, as_json: AsJson = False) -> None:
    """Shows every list that was taken in, the newest first, with its id and its source."""
    open_store(home)
    from safepassage.apps.intake.selectors import batches_of

    rows = [
        {
            "batch": one.id,
            "file": one.file_name,
            "source": one.source.name,
            "listings": one.listings_made,
            "received_at": one.received_at.isoformat(),
            "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
        }
        for one in batches_of()
    ]
    say({"batches": rows}, as_json=as_json)
    if not as_json:
        grid = Table("id", "list", "source", "listings", "")
        for row in rows:
            state = "withdrawn" if row["withdrawn_at"] else ""
            grid.add_row(str(row["batch"]), str(row["file"]), str(row["source"]), str(row["listings"]), state)
        out.print(grid)


@group.command("withdraw")
@speaks
def withdraw(
    batch: Batch,
    why: Annotated[str, typer.Option(help="replaced (a corrected list is here) | mistake | not-believed.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")] = False,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Lets a list's people count no more, from the next `resolve` on. Its rows stay, and `put-back` undoes it.

    Refused if somebody who stands on no other list is booked, holds a pass or was seen on the way. Where the sender
    sent a corrected list: take that in, `resolve`, then withdraw the first.
    """
    open_store(home)
    from safepassage.apps.registry.withdrawal import batch_withdraw, withdrawal_effect
    from safepassage.core.ids import BatchId

    effect = withdrawal_effect(BatchId(batch))
    if not dry_run:
        batch_withdraw(batch=BatchId(batch), why=why, account=account, now=now_utc())
    done = {
        "batch": batch,
        "listings": effect.listings,
        "elsewhere": len(effect.elsewhere),
        "alone": len(effect.alone),
        "committed": len(effect.committed),
        "parties": len(effect.parties),
        "is_done": not dry_run,
    }
    said = (
        f"{effect.listings} listings: {len(effect.elsewhere)} people stand on other lists too and stay; "
        f"{len(effect.alone)} on no other, in {len(effect.parties)} parties"
    )
    bound = (
        f", {len(effect.committed)} of them booked, with a pass or on the way: it would be refused" if dry_run else ""
    )
    after = "Nothing was done." if dry_run else "Withdrawn. Next: [bold]safepassage resolve[/]"
    say(done, as_json=as_json, text=f"{said}{bound if effect.committed else ''}.\n{after}")


@group.command("put-back")
@speaks
def put_back(batch: Batch, home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Lets a withdrawn list count again, from the next `resolve` on; people get back the ids that they had."""
    open_store(home)
    from safepassage.apps.intake.withdrawal import batch_put_back
    from safepassage.core.ids import BatchId

    found = batch_put_back(batch=BatchId(batch), account=account, now=now_utc())
    say(
        {"batch": found.id, "listings": found.listings_made},
        as_json=as_json,
        text="It counts again. Next: [bold]safepassage resolve[/]",
    )
