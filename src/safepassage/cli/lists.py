"""Lists in: `inspect`, `intake`, `resolve`; and out: `expire`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from safepassage.cli.matcher import STALE
from safepassage.cli.options import DESK, Account, AsJson, Home, json_of, now_utc
from safepassage.cli.speak import err, out, progress_bar, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.unread import SHOWN, show_unread, unread_of, write_unread
from safepassage.cli.yields import show_unknown, show_yield, taken
from safepassage.core.errors import NotFoundError, SafePassageError


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.command("inspect")(inspect)
    app.command("intake")(intake)
    app.command("resolve")(resolve)
    app.command("expire")(expire)


@speaks
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Lists in any form.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Says what a list seems to be, how each column would be read, and how many people come out. Takes nothing in.

    To correct a column, write `inspect LIST --json > map.json`, edit `field`, and give it to `intake --map`;
    the console has a menu for each column. A list that was taken in already is then read anew.
    """
    from safepassage.core.intake import count_yield, find_unknown_values, inspect_file

    reports = [inspect_file(path) for path in files]
    results = [taken(path) for path in files]
    yields = [count_yield(one) for one in results]
    unknown = [find_unknown_values(one.column_maps, one.rows) for one in results]
    if as_json:
        shown = [
            {
                "file": report.file,
                "kind": report.kind,
                "encoding": report.encoding,
                "warnings": [str(warning) for warning in report.warnings],
                "tables": [table.column_map.to_template("") for table in report.tables],
                "would_give": [asdict(one) for one in found],
                "unknown_values": [asdict(one) for one in words],
            }
            for report, found, words in zip(reports, yields, unknown, strict=True)
        ]
        say({"files": shown}, as_json=True)
        return
    for report, found, words in zip(reports, yields, unknown, strict=True):
        out.print(f"[bold]{report.file}[/]  {report.kind}  {report.encoding}")
        for warning in report.warnings:
            out.print(f"  [yellow]![/] {warning}")
        for table in report.tables:
            grid = Table("column", "read as", "sure", "because", title=table.sheet or None, title_justify="left")
            for column in table.column_map.columns:
                share = f"{column.confidence:.0%}"
                grid.add_row(column.header, column.field.value, share, column.reason)
            out.print(grid)
        show_unknown(words)
        show_yield(found)


def _tables_in(said: Any) -> list[Any]:  # noqa: ANN401
    """The maps in a file: what `inspect --json` wrote, with a map for each table, or one map alone."""
    try:
        return [table for file in said["files"] for table in file["tables"]]
    except (KeyError, TypeError):
        return [said]


@speaks
def intake(
    files: Annotated[list[Path], typer.Argument(help="Lists, or folders of lists.", exists=True)],
    source: Annotated[str, typer.Option(help="Who sent them. A new name registers a new source.")],
    owner: Annotated[str, typer.Option(help="Who answers for the list.", show_default="the source")] = "",
    basis: Annotated[
        str, typer.Option(help="Why its sender may give it to us: consent, contract, vital interests …")
    ] = "vital interests",
    trust: Annotated[
        int,
        typer.Option(
            min=0,
            max=4,
            help="How far a new source is believed: 0 not known (as in the console, unless told), 1 hearsay or an "
            "open form, 2 an organisation on its word, 3 one that signed for its list, 4 an authority.",
        ),
    ] = 0,
    sharing: Annotated[
        str, typer.Option(help="Who may get it from us: nobody | operation | authorities | partners.")
    ] = "nobody",
    retention_days: Annotated[
        int | None,
        typer.Option(help="Days after which its content is erased.", show_default="as the operation's"),
    ] = None,
    column_map: Annotated[Path | None, typer.Option("--map", help="A corrected column map (JSON).")] = None,
    whole_list: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="Say something of everyone on the list: category=siv, place=Herat, nationality=AFG, language=fa. "
            "It stands where a row says nothing of it; category= takes it back.",
            metavar="FIELD=VALUE",
        ),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(help="Write everything that could not be read to this CSV, to be sent back to the source."),
    ] = None,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Takes lists in as they are: every row is kept, what can't be read is listed with its place and reason.

    What could not be read is listed by file, sheet, row and column, with the reason and what to do, never with what
    the cell says: the first rows here, all of it with --rejects FILE.

    Taking the same file in again changes nothing, unless --map or --set reads it otherwise: then it is read anew, and
    `resolve` follows. A list that can't be read never stops the others.
    """
    open_store(home)
    from safepassage.apps.intake.selectors import everyone_on
    from safepassage.apps.intake.services import batch_receive
    from safepassage.apps.intake.sources import source_register
    from safepassage.core.intake import read_template, read_whole_list

    everyone = read_whole_list(dict(_field_and_value(one) for one in whole_list or ()))
    paths = [path for given in files for path in (sorted(given.iterdir()) if given.is_dir() else [given])]
    paths = [path for path in paths if path.is_file()]
    if not paths:
        raise NotFoundError("There is no file in that folder.", advice="Name a list, or a folder that holds some.")
    origin = source_register(
        name=source,
        owner=owner or source,
        basis=basis,
        trust=trust,
        sharing=sharing,
        retention_days=retention_days,
        account=account,
        now=now_utc(),
    )
    maps = {}
    if column_map:
        for one in _tables_in(json_of(column_map)):
            corrected = read_template(one)
            maps[corrected.signature] = corrected
    done, failed = [], []
    for path in paths:
        with progress_bar(path.name, quiet=as_json) as step:
            try:
                batch, is_new = batch_receive(
                    path=path,
                    source=origin,
                    account=account,
                    now=now_utc(),
                    column_maps=maps,
                    everyone=everyone,
                    progress=step,
                )
            except SafePassageError as error:
                failed.append({"file": path.name, "code": error.code, "message": str(error)})
                continue
        done.append(
            {
                "file": batch.file_name,
                "batch": batch.id,
                "is_new": is_new,
                "rows_read": batch.rows_read,
                "rows_with_listings": batch.rows_with_listings,
                "rows_rejected": batch.rows_rejected,
                "rows_without_people": batch.rows_without_people,
                "listings": batch.listings_made,
                "everyone": {field.value: text for field, text in everyone_on(batch).items()},
                "warnings": [warning["message"] for warning in batch.warnings],
            }
        )
    unread = unread_of(str(one["batch"]) for one in done)
    if rejects:
        write_unread(rejects, unread)
    say(
        {"batches": done, "unreadable": failed, "unread": unread[:SHOWN], "unread_in_all": len(unread)},
        as_json=as_json,
    )
    if not as_json:
        _show_batches(done, failed)
        show_unread(unread, rejects)
        out.print("Next: [bold]safepassage resolve[/]")
    if failed:
        raise typer.Exit(1)


def _field_and_value(said: str) -> tuple[str, str]:
    field, equals, value = said.partition("=")
    if not equals:
        raise typer.BadParameter(f"“{said}” is no FIELD=VALUE.", param_hint="--set")
    return field.strip(), value


def _show_batches(done: list[dict[str, Any]], failed: list[dict[str, str]]) -> None:
    grid = Table("list", "rows", "with people", "rejected", "no people", "listings", "")
    for one in done:
        grid.add_row(
            one["file"],
            str(one["rows_read"]),
            str(one["rows_with_listings"]),
            str(one["rows_rejected"]),
            str(one["rows_without_people"]),
            str(one["listings"]),
            "" if one["is_new"] else "known already",
        )
    out.print(grid)
    for one in done:
        for field, text in one["everyone"].items():
            out.print(f"{one['file']}: everyone on the list, {field}: {text} (where a row says nothing of it)")
        for warning in one["warnings"]:
            out.print(f"[yellow]![/] {one['file']}: {warning}")
    for one in failed:
        place = "" if one["message"].startswith(one["file"]) else f"{one['file']}: "
        err.print(f"[red]✗[/] {place}{one['message']}")


@speaks
def resolve(home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Makes one record per human and keeps families together; what is unsure goes to the review queue.

    Judgements made before are applied again. Run it as often as you like: ids stay.
    """
    open_store(home)
    from safepassage.apps.policy.reach import parties_moved
    from safepassage.apps.registry.services import resolve_run

    with progress_bar("resolve", quiet=as_json) as step:
        result = resolve_run(account=account, now=now_utc(), progress=step)
    say(
        {
            "listings": result.listings,
            "persons": result.persons,
            "parties": result.parties,
            "reviews_open": result.reviews_open,
            "changes": len(result.changes),
            "likely_twice": result.likely_twice,
            "held": result.held,
            "lapsed": result.lapsed,
            "digest": result.digest,
            "matcher": result.matcher,
            "is_matcher_adopted": result.is_adopted,
            "matcher_stale": result.staleness.value,
        },
        as_json=as_json,
        text=f"{result.listings} listings are {result.persons} persons in {result.parties} parties; "
        f"{_questions(result.reviews_open)} ([bold]safepassage review[/], or the console).",
    )
    if not as_json and result.likely_twice:
        out.print(
            f"About {_are(result.likely_twice)} likely somebody who is listed elsewhere: until that is answered they "
            "count twice, and each has a seat of their own."
        )
    if not as_json and result.lapsed:
        out.print(
            f"{result.lapsed} requests to a second person were closed: nobody in them is booked, holds a pass or is "
            "on the way any more."
        )
    if not as_json and result.held:
        out.print(
            f"{result.held} changes of people who are booked or on the way are held back for a second person: "
            "[bold]safepassage review[/] lists them."
        )
    moved = parties_moved()
    if not as_json and moved:
        out.print(
            f"{moved} parties were put together anew since the policy was applied: their tiers are of before. "
            "Next: [bold]safepassage policy apply[/]"
        )
    if not as_json and result.staleness in {"grown", "other-rules"}:
        out.print(STALE[result.staleness])


def _are(count: int) -> str:
    return "one of these persons is" if count == 1 else f"{count} of these persons are"


def _questions(number: int) -> str:
    return "one question is open" if number == 1 else f"{number} questions are open"


@speaks
def expire(home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Erases the content of every listing whose source's retention is over; derives everyone anew. Run it daily."""
    open_store(home)
    from safepassage.apps.outreach.erasure import retention_apply

    erased = retention_apply(account=account, now=now_utc())
    say({"erased": erased}, as_json=as_json, text=f"{erased} listings are erased; ids and counts stay.")
