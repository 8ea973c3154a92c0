"""`call`, `template`, `slips`, `texts`, `close`: reaching people, and those left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc, text_of
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import OwnPassword, proven
from safepassage.core.ids import PartyId

messages = typer.Typer(no_args_is_help=True, help="Messages that wait for their release; nothing goes out before.")
texts = typer.Typer(no_args_is_help=True, help="Texts for people outside, and who stands behind them.")


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.command("call")(call)
    app.command("template")(template)
    app.command("slips")(slips)
    app.command("close")(close)
    app.add_typer(texts, name="texts")
    app.add_typer(messages, name="messages")


@speaks
def call(
    party: Annotated[str, typer.Argument(help="A party; without it the call sheet is written.")] = "",
    outcome: Annotated[str, typer.Option(help="reached | moved | refused | unsafe-to-call | no-answer")] = "",
    booked: Annotated[bool, typer.Option("--booked", help="Only parties with a booking.")] = False,
    to: Annotated[Path, typer.Option(help="Where the call sheet goes.")] = Path("call-sheet.xlsx"),
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Writes the call sheet in policy order (provisional while reviews are open), or notes what came of a call.

    Whoever was reached counts as told their place: a later plan keeps it as long as it can be kept.
    """
    open_store(home)
    from safepassage.apps.movement.bookings import booking_of
    from safepassage.apps.outreach.after_call import next_after_call
    from safepassage.apps.outreach.selectors import call_lines, call_list_is_provisional
    from safepassage.apps.outreach.services import call_record
    from safepassage.apps.outreach.sheets import call_sheet_make
    from safepassage.apps.registry.selectors import party_by_id

    if party:
        party_by_id(party)  # a slip of the pen must not become a call to nobody
        call_record(party=PartyId(party), outcome=outcome, account=account, now=now_utc())
        coming_next = next_after_call(outcome, has_place=booking_of(party) is not None)
        row = {"party": party, "outcome": outcome, "next": coming_next}
        say(row, as_json=as_json, text=f"{party}: {outcome}. {coming_next}")
        return
    lines = call_lines(booked_only=booked)
    is_provisional = call_list_is_provisional()
    to.write_bytes(call_sheet_make(account=account, now=now_utc(), booked_only=booked))
    word = "provisional: questions are open" if is_provisional else "final"
    say(
        {"file": to.name, "parties": len(lines), "is_provisional": is_provisional},
        as_json=as_json,
        text=f"{to}: {len(lines)} parties ({word}).",
    )


@speaks
def template(
    to: Annotated[Path, typer.Argument(help="The workbook to write.")] = Path("safepassage-template.xlsx"),
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Writes the blank workbook that partners fill in; `intake` reads it back without a map."""
    open_store(home)
    from safepassage.apps.outreach.sheets import partner_template_make

    to.write_bytes(partner_template_make())
    say({"file": to.name}, as_json=as_json, text=str(to))


@speaks
def slips(
    count: Annotated[int, typer.Option(min=1, max=2000, help="How many.")] = 50,
    first: Annotated[int, typer.Option(min=1, help="The first number.")] = 1,
    language: Annotated[str, typer.Option(help="Of whoever fills them in: en | fa-af | ps.")] = "en",
    to: Annotated[Path, typer.Option(help="The PDF to write.")] = Path("walk-in-slips.pdf"),
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Prints blank numbered walk-in slips: they count people at a gate with no record, no pass and no phone."""
    open_store(home)
    from safepassage.apps.outreach.sheets import slips_make

    to.write_bytes(slips_make(first=first, how_many=count, language=language))
    say({"file": to.name, "first": first, "count": count}, as_json=as_json, text=str(to))


@speaks
def close(
    phase: Annotated[str, typer.Argument(help="The phase that ends, e.g. phase-1.")],
    owner: Annotated[str, typer.Option(help="The team that sees to those left behind, e.g. follow-on-1.")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Closes a phase: everyone eligible or unresolved who is not away gets a next step and an owner."""
    open_store(home)
    from safepassage.apps.outreach.services import phase_close

    steps = phase_close(phase=phase, account=account, owner=owner, now=now_utc())
    lines = "\n".join(f"{people:6}  {step}" for step, people in sorted(steps.items()))
    say({"left_behind": steps}, as_json=as_json, text=lines)


@texts.command("list")
@speaks
def texts_list(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the texts, and which may not be sent yet because only a machine wrote them."""
    open_store(home)
    from safepassage.apps.outreach.selectors import texts_all
    from safepassage.apps.outreach.services import texts_load

    texts_load()
    rows = [{"code": one.code, "language": one.language, "may_be_sent": one.may_be_sent} for one in texts_all()]
    say({"texts": rows}, as_json=as_json)
    if not as_json:
        grid = Table("text", "language", "may be sent")
        for row in rows:
            grid.add_row(str(row["code"]), str(row["language"]), "yes" if row["may_be_sent"] else "no: approve it")
        out.print(grid)


@texts.command("approve")
@speaks
def texts_approve(
    code: Annotated[str, typer.Argument(help="The text.")],
    language: Annotated[str, typer.Argument(help="fa-af or ps")],
    file: Annotated[Path | None, typer.Option(help="A corrected text, UTF-8.", exists=True, dir_okay=False)] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Stands behind a text, corrected or as it is. Only someone who reads the language should."""
    open_store(home)
    from safepassage.apps.outreach.services import text_approve

    text = text_of(file) if file else ""
    text_approve(code=code, language=language, account=account, now=now_utc(), text=text)
    say({"code": code, "language": language}, as_json=as_json, text=f"{code} {language}: approved by {account}.")


@texts.command("release")
@speaks
def texts_release(
    code: Annotated[str, typer.Argument(help="A text for a crowd: crowd-…")],
    own_password: OwnPassword = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Lets officers hold up a text before a crowd, which somebody else has approved in all three languages."""
    open_store(home)
    from safepassage.apps.outreach.crowd import crowd_text_release

    crowd_text_release(code=code, account=proven(account, own_password).username, now=now_utc())
    say({"released": code}, as_json=as_json, text=f"{code}: officers may hold it up after their next exchange.")


@texts.command("take-back")
@speaks
def texts_take_back(
    code: Annotated[str, typer.Argument(help="A text that was released.")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Takes a text for crowds back: it is gone from each phone with its next exchange."""
    open_store(home)
    from safepassage.apps.outreach.crowd import crowd_text_withdraw

    crowd_text_withdraw(code=code, account=account, now=now_utc())
    say({"taken_back": code}, as_json=as_json, text=f"{code} is taken back.")


@messages.command("list")
@speaks
def messages_list(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the messages that wait, and what keeps some of them from being released."""
    open_store(home)
    from safepassage.apps.outreach.messages import drafts_waiting

    rows = [
        {"party": one.draft.party, "text": one.draft.text_code, "language": one.draft.language, "held": one.held}
        for one in drafts_waiting()
    ]
    say({"messages": rows}, as_json=as_json)
    if not as_json:
        grid = Table("party", "text", "language", "held back")
        for row in rows:
            grid.add_row(*(str(row[name]) for name in ("party", "text", "language", "held")))
        out.print(grid if rows else "No message waits.")


@messages.command("release")
@speaks
def release(
    to: Annotated[Path | None, typer.Option(help="Folder for the files.", show_default="messages/ at home")] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Writes every message that waits as a file, which a person sends. What nobody approved goes on waiting."""
    open_store(home)
    from safepassage.apps.outreach.messages import messages_release

    done = messages_release(account=account, now=now_utc(), folder=to)
    files = list(done.files)
    waiting = f" {done.waiting} go on waiting: `safepassage messages list` says why." if done.waiting else ""
    text = f"{len(files)} messages are released.{waiting} Send them, then note who was reached."
    say({"files": files, "waiting": done.waiting}, as_json=as_json, text=text)
