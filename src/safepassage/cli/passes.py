"""`passes` (issue, revoke) and `verify`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, progress_bar, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.warned import show_warned, warned_row
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ids import PointId

if TYPE_CHECKING:
    from safepassage.core.passes import IssuedPass

group = typer.Typer(no_args_is_help=True, help="Signed, sealed, single-use passes for booked parties.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="passes")
    app.command("verify")(verify)


@group.command("issue")
@speaks
def issue(
    parties: Annotated[list[str] | None, typer.Argument(help="Parties; without them everyone who is due.")] = None,
    to: Annotated[
        Path,
        typer.Option(
            help="The PDF to write, or a .csv for layouts of your own. It holds the codes, which are kept nowhere."
        ),
    ] = Path("passes.pdf"),
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Issues passes to booked parties and prints them in one batch. A new pass revokes the party's old one.

    Passes hold only once their print is on disk. A printing that was cut off leaves FILE.part: what it issued and did
    not hand out is issued anew by the next, here or in the console (there two hours later).
    """
    open_store(home)
    from safepassage.apps.outreach.contact import contact_warnings, contact_warnings_booked
    from safepassage.apps.outreach.pass_sheets import languages_not_printed, passes_print, passes_table
    from safepassage.apps.passes.selectors import passes_unprinted
    from safepassage.apps.passes.services import passes_issue_kept, passes_print_given
    from safepassage.apps.registry.selectors import party_by_id

    for party in parties or ():
        party_by_id(party)  # a slip of the pen must not look as if nothing were due
    _refuse_unwritable(to)
    part, now = to.with_name(f"{to.name}.part"), now_utc()
    new, last = to.with_name(f"{to.name}.new"), _cut_off_at(part)
    cut_off = [one.party for one in passes_unprinted(since=last, until=last)] if last else []
    _write(part, now.isoformat().encode())

    def keep(made: tuple[IssuedPass, ...]) -> None:
        _write(new, passes_table(made) if to.suffix.lower() == ".csv" else passes_print(made))

    with progress_bar("passes", quiet=as_json) as step:
        issued = passes_issue_kept(
            keep=keep, parties=parties or None, anew=cut_off, account=account, now=now, progress=step
        )
    if issued:
        new.replace(to)
        passes_print_given(passes=[one.id for one in issued], now=now)
    part.unlink(missing_ok=True)
    warned = contact_warnings(parties) if parties else contact_warnings_booked()
    say(
        {"issued": len(issued), "file": to.name if issued else ""} | warned_row(warned),
        as_json=as_json,
        text=f"{len(issued)} passes, written to {to}: destroy it once they are handed out."
        if issued
        else "Nobody is due a pass: everyone booked has one, or no plan is published (`safepassage plan publish`).",
    )
    if not as_json:
        _show_languages(languages_not_printed() if issued else [])
        show_warned(warned)


def _show_languages(missing: list[str]) -> None:
    """Says in which languages the passes don't speak, and what to do about it."""
    if missing:
        names = " and ".join({"fa-af": "Dari", "ps": "Pashto"}.get(one, one) for one in missing)
        out.print(f"They say nothing in {names} yet: somebody who reads it approves the texts `pass…` (texts list).")


def _cut_off_at(part: Path) -> datetime | None:
    """The moment of a printing that was cut off; none where none was, or it was before anything was issued."""
    try:
        return datetime.fromisoformat(part.read_text())
    except (FileNotFoundError, ValueError):
        return None


def _write(file: Path, content: bytes) -> None:
    """Writes a file that only its owner may read."""
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_bytes(content)


def _refuse_unwritable(file: Path) -> None:
    """Before anything is issued: codes that can't be written are lost, and the old passes with them.

    Raises:
        ForbiddenError: the file can't be written there.
    """
    if not file.parent.is_dir() or file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise ForbiddenError(
            "The passes can't be written there; none was issued.",
            where="--to",
            advice="Name a file in a folder that exists.",
        )


@group.command("revoke")
@speaks
def revoke(
    parties: Annotated[list[str], typer.Argument(help="Parties whose passes are withdrawn.")],
    why: Annotated[str, typer.Option(help="Code: lost, copied, plan-changed, not-eligible …")] = "withdrawn",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Withdraws passes: refused from the next sync on, under every code ever issued for them."""
    open_store(home)
    from safepassage.apps.passes.services import passes_revoke

    ids = passes_revoke(parties=parties, why=why, account=account, now=now_utc())
    say({"revoked": list(ids)}, as_json=as_json, text=f"{len(ids)} passes are withdrawn.")


@speaks
def verify(
    text: Annotated[
        str,
        typer.Argument(
            help="What the square holds, as a scanner types it, or a code: beside it, or learnt by heart."
        ),
    ],
    point: Annotated[str, typer.Option(help="Id of the access point at which it is shown, e.g. access-1.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Says what a pass is worth here and now, as a phone would. Admits nobody and marks nothing as used."""
    open_store(home)
    from safepassage.apps.accounts.selectors import operation_now
    from safepassage.apps.gate.selectors import text_meant, verifier_now
    from safepassage.core.passes import verify_pass

    _point_check(point)
    now, zone = now_utc(), operation_now().zone
    verifier = verifier_now([PointId(point)], now=now)
    meant, is_watched = text_meant(text, verifier=verifier)
    verdict = verify_pass(meant, verifier=verifier, now=now, point=PointId(point), zone=zone)
    say(
        {
            "level": verdict.level.value,
            "code": verdict.code.value,
            "codes": [code.value for code in verdict.codes],
            "heads": verdict.content.heads if verdict.content else None,
            "advice": verdict.advice,
            "is_watched": is_watched,
        },
        as_json=as_json,
    )
    if not as_json:
        colour = {"valid": "green", "look-closer": "yellow"}.get(verdict.level.value, "red")
        out.print(f"[bold {colour}]{verdict.level.value}[/]  {verdict.code.value}{'.' if is_watched else ''}")
        for reason in verdict.reasons:
            out.print(f"  {reason}")
        out.print(verdict.advice)
    if verdict.level.value == "not-valid":
        raise typer.Exit(1)


def _point_check(point: str) -> None:
    """A point that nobody knows has no passes: a slip of the pen must not look like a forged one.

    Raises:
        NotFoundError: with the access points that there are.
    """
    from safepassage.apps.gate.selectors import points_of_passes

    known = points_of_passes()
    if point in {key for key, _name in known}:
        return
    listed = ", ".join(f"{key} ({name})" if name else key for key, name in known)
    raise NotFoundError(
        "There is no such point.",
        where=f"--point {point}",
        advice=f"Known: {listed}."
        if known
        else "None is known yet: `safepassage plan bus` or `plan network` names them.",
    )


@group.command("page")
@speaks
def page(
    to: Annotated[Path, typer.Option(help="The file to write.")] = Path("sheet.html"),
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Writes the page for the checkpoint's own phone: one file that says of a convoy's sheet whether it is genuine.

    It is opened with no network, asks nothing of anybody and keeps nothing. It holds our public key of sheets alone.
    """
    open_store(home)
    from safepassage.apps.passes.checkpoint_page import checkpoint_page

    content = checkpoint_page()
    to.write_bytes(content)
    say({"page": str(to), "bytes": len(content)}, as_json=as_json, text=f"{to}: hand it over by cable or chat.")
