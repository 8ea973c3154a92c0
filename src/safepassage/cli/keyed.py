"""`gate pack` and `gate key-in`: a shift on paper, printed, and typed in by two people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc, text_of
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import OwnPassword, Second, SecondPassword, proven


@speaks
def key_in(
    first_file: Annotated[Path, typer.Argument(help="CSV as the first typed it, one row a slip.")],
    second_file: Annotated[Path, typer.Argument(help="CSV as the second typed it from the same slips.")],
    second: Second,
    own_password: OwnPassword = "",
    second_password: SecondPassword = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Takes in walk-in slips that two people typed: those typed alike count; what differs is shown and waits."""
    open_store(home)
    from safepassage.apps.gate.keyed import slips_key_in

    keyed = slips_key_in(
        first_text=text_of(first_file),
        second_text=text_of(second_file),
        first=proven(account, own_password).username,
        second=proven(second, second_password).username,
        now=now_utc(),
    )
    rows = [(one.slip, *field) for one in keyed.differing for field in one.fields]
    say(
        {"counted": keyed.counted, "before": keyed.before, "differing": rows},
        as_json=as_json,
        text=f"{len(keyed.counted)} slips count now, {len(keyed.before)} did before, {len(keyed.differing)} differ.",
    )
    if rows and not as_json:
        grid = Table("slip", "column", "first typed", "second typed")
        for row in rows:
            grid.add_row(*row)
        out.print(grid)
        out.print("Look at these slips together, correct both files, and run this again.")


@speaks
def pack(
    point: Annotated[str, typer.Option(help="Whose passes of the next day are listed; left out, none are.")] = "",
    leg: Annotated[list[str] | None, typer.Option(help="A leg with a closed manifest; may be repeated.")] = None,
    slip_count: Annotated[int, typer.Option("--slips", min=0, max=500, help="How many walk-in slips.")] = 30,
    tallies: Annotated[int, typer.Option(min=0, max=96, help="How many quarter hours.")] = 32,
    language: Annotated[str, typer.Option(help="Of whoever works with it: en | fa-af | ps.")] = "en",
    to: Annotated[Path, typer.Option(help="The PDF to write.")] = Path("paper-pack.pdf"),
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Prints a numbered paper pack in one file: passes of a point, boarding lists, quarter hours, walk-in slips.

    Two people key it in later in the console, Gate, Paper. Nobody's name is on it.
    """
    open_store(home)
    from safepassage.apps.outreach.packs import pack_print

    number, content = pack_print(
        point=point,
        legs=leg or (),
        slips=slip_count,
        tallies=tallies,
        account=account,
        now=now_utc(),
        language=language,
    )
    to.write_bytes(content)
    say({"pack": number, "file": str(to)}, as_json=as_json, text=f"{to}: paper pack {number}.")
