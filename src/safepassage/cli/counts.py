"""`count`, `explain`, `export`: what is true now or was at any moment, and why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.facts import show_needs
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.passphrase import export_passphrase
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import OwnPassword, Second, SecondPassword, proven
from safepassage.core.errors import ForbiddenError

UNKNOWN_MENDS = {
    "off-list": "[bold]safepassage intake[/]",
    "unconfirmed": "[bold]safepassage review[/], or [bold]serve[/]: Parties",
    "not-applied": "[bold]safepassage policy apply[/]",
    "erased": "",
    "list-withdrawn": "[bold]safepassage lists show[/]",
    "nothing-stated": "[bold]safepassage intake --set category=…[/]",
    "fact-missing": "[bold]safepassage explain PARTY[/]",
    "seat-kept": "[bold]safepassage parties[/], [bold]explain PARTY[/]",
}
"""Cause to the command that mends it; what is said of each is said in the console's words."""
WOULD_BE_SHOWN = 6


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.command("count")(count)
    app.command("explain")(explain)
    app.command("export")(export)
    app.command("export-people")(export_people)


@speaks
def count(
    as_of: Annotated[
        datetime | None, typer.Option(help="A moment (UTC), e.g. 2026-03-01T18:00.", show_default="now")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Counts people by category and stage, now or as of any earlier moment; the unknown have a row of their own."""
    open_store(home)
    from safepassage.apps.console.words import word
    from safepassage.apps.ledger.selectors import counts_as_of
    from safepassage.apps.policy.unknown import unknown_causes
    from safepassage.apps.registry.selectors import likely_twice, run_last

    moment = as_of.replace(tzinfo=as_of.tzinfo or UTC) if as_of else None
    rows = [
        {"category": row.category, "stage": row.stage.value, "people": row.people, "seen": row.seen}
        for row in counts_as_of(moment)
    ]
    total = sum(int(row["people"]) for row in rows)
    causes = unknown_causes(moment)
    unknown = {one.cause.value: one.people for one in causes}
    twice = likely_twice(run_last()) if moment is None else 0
    told = {"as_of": moment or now_utc(), "counts": rows, "people": total, "likely_twice": twice}
    say(told | {"unknown_because": unknown}, as_json=as_json)
    if not as_json:
        grid = Table("category", "stage", "people", "of them seen")
        for row in rows:
            grid.add_row(*(str(row[name]) for name in ("category", "stage", "people", "seen")))
        out.print(grid)
        out.print(f"{total} people, each in exactly one row.")
        if twice:
            out.print(
                f"About {twice} of them are likely listed elsewhere too and counted twice until somebody answers: "
                "[bold]safepassage review[/]"
            )
        if causes:
            out.print(f"Unknown is the category of {sum(unknown.values())}:")
        for one in causes:
            why, mend = word("unknown-cause", one.cause.value), UNKNOWN_MENDS[one.cause.value]
            how = f" {word('unknown-mend', one.cause.value)}: {mend}" if mend else ""
            out.print(f"  {one.people:5}  {why}.{how}")


@speaks
def explain(
    party: Annotated[
        str, typer.Argument(help="A party's id, e.g. PT-7F3K…; the call sheet and `parties` name them.")
    ],
    whole: Annotated[
        bool, typer.Option("--whole", help="Every fact that would change it, not the first few.")
    ] = False,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Says in plain words why a party has its tier and its place, what blocked better, and what would change it."""
    open_store(home)
    from safepassage.apps.ledger.services import access_note
    from safepassage.apps.movement.plain_words import plain_words
    from safepassage.apps.movement.selectors import place_explained
    from safepassage.apps.policy.services import standing_explain
    from safepassage.apps.registry.needs import need_origins
    from safepassage.apps.registry.selectors import party_by_id, persons_of
    from safepassage.core.movement import CARE_NEEDS
    from safepassage.core.policy import decisive_first

    found = party_by_id(party)
    access_note(account=account, subjects=[party], act="explain", now=now_utc())
    standing = standing_explain(party=found, now=now_utc())
    place = place_explained(party)
    needs = need_origins(persons_of(found).values(), among=CARE_NEEDS)
    say(
        {
            "party": party,
            "headline": standing.headline,
            "standing": list(standing.sentences),
            "would_be": [one.text for one in standing.would_be],
            "place": list(place.reasons) if place else [],
            "would_board_if": list(place.would_board_if) if place else [],
            "next_chance": place.next_chance if place else "",
            "needs": [asdict(one) for one in needs],
        },
        as_json=as_json,
    )
    if as_json:
        return
    out.print(f"[bold]{standing.headline}[/]")
    sentences = list(standing.sentences)
    if place:
        sentences += [*place.reasons, *(f"Would board if {one}" for one in place.would_board_if), place.next_chance]
    for sentence in map(plain_words(at=now_utc()), filter(None, sentences)):
        out.print(f"  {sentence}")
    show_needs(needs)
    decisive = decisive_first(standing)
    shown = decisive if whole else decisive[:WOULD_BE_SHOWN]
    if shown:
        out.print("What one fact more would change:")
    for one in shown:
        out.print(f"  {one.text}")
    if len(decisive) > len(shown):
        out.print(f"  and {len(decisive) - len(shown)} more: [bold]--whole[/]")


@speaks
def export(
    what: Annotated[str, typer.Argument(help="report | counts")],
    to: Annotated[Path, typer.Argument(help="The file to write (report: .pdf or .html; counts: .csv).")],
    as_of: Annotated[datetime | None, typer.Option(help="A moment (UTC).", show_default="now")] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Writes figures for others: the one-page situation report, or counts tagged with HXL. No person is in them."""
    open_store(home)
    from safepassage.apps.outreach.reports import counts_csv, report_page, report_pdf

    now = now_utc()
    moment = as_of.replace(tzinfo=as_of.tzinfo or UTC) if as_of else now
    writers = {
        ("report", ".pdf"): lambda: report_pdf(as_of=moment, account=account, now=now),
        ("report", ".html"): lambda: report_page(as_of=moment, account=account, now=now).encode(),
        ("counts", ".csv"): lambda: counts_csv(as_of=moment, account=account, now=now),
    }
    writer = writers.get((what, to.suffix.lower()))
    if writer is None:
        raise ForbiddenError(
            "That can't be written.", advice="Use `report x.pdf`, `report x.html` or `counts x.csv`."
        )
    to.write_bytes(writer())
    say({"file": to.name, "what": what, "as_of": moment}, as_json=as_json, text=str(to))


@speaks
def export_people(
    to: Annotated[Path, typer.Argument(help="The sealed file to write, e.g. people.xlsx.age.")],
    stated: Annotated[int, typer.Option(help="How many people the file must hold; else nothing is written.")],
    recipient: Annotated[str, typer.Option(help="Reference of the recipient, lower case, e.g. haven-desk-1.")],
    second: Second,
    parties: Annotated[list[str] | None, typer.Option("--party", help="Parties; without them everyone.")] = None,
    reach: Annotated[str, typer.Option(help="operation | authorities | partners")] = "authorities",
    purpose: Annotated[str, typer.Option(help="For what; a purpose that the sources state.")] = "evacuation",
    own_password: OwnPassword = "",
    second_password: SecondPassword = "",
    with_passphrase: Annotated[
        bool, typer.Option("--with-passphrase", help="Seal with a passphrase although the recipient has a key.")
    ] = False,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Hands people over to one recipient: two of us, a stated number, sealed, and within each source's terms.

    Each of the two types their own password.

    Sealed to the recipient's own key ([bold]recipient add[/]), which they open with any age tool. For one without a
    key a passphrase is asked for (or read from the file named in SAFEPASSAGE_EXPORT_PASSPHRASE_FILE): it goes another
    way than the file, and [bold]backup open[/] opens it.
    """
    open_store(home)
    from safepassage.apps.outreach.people_export import people_export
    from safepassage.apps.outreach.recipients import recipient_key
    from safepassage.apps.registry.selectors import parties_now

    wanted = set(parties or ())
    persons = frozenset(
        member.person for party in parties_now() if not wanted or party.id in wanted for member in party.confirmed
    )
    first, other = proven(account, own_password), proven(second, second_password)
    made = people_export(
        persons=persons,
        stated=stated,
        recipient=recipient,
        reach=reach,
        purpose=purpose,
        passphrase="" if recipient_key(recipient) and not with_passphrase else export_passphrase(),
        account=first.username,
        second=other,
        now=now_utc(),
    )
    to.write_bytes(made.sealed)
    say(
        {
            "export": made.export,
            "people": made.people,
            "left_out": made.left_out,
            "sealed_to": "key" if made.is_to_key else "passphrase",
        },
        as_json=as_json,
        text=f"{to}: {made.people} people, sealed; {made.left_out} left out by the terms of their sources.",
    )
