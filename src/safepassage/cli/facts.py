"""`check`: a fact about a person that one of us found true or false; and needs as `explain` tells them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PersonId

if TYPE_CHECKING:
    from safepassage.apps.registry.needs import NeedOrigin


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.command("check")(check)


@speaks
def check(
    person: Annotated[str, typer.Argument(help="A person's id, e.g. P-7F3K…")],
    fact: Annotated[str, typer.Argument(help="The fact: citizen, married, need-medical, need-wheelchair …")],
    is_true: Annotated[bool, typer.Option("--true/--false", help="What was found.")] = True,
    evidence: Annotated[
        str,
        typer.Option("--by", help="original-seen | copy-seen | authority-confirmed | they-say-so …"),
    ] = "they-say-so",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Notes that a fact about a person was found true or false, and by what; it stands in the ledger.

    What lists say of a specific need ("asthma") is corrected so: `check P-… need-medical --false`. It counts when the
    plan is made next; what a policy asks for counts when it is applied next.
    """
    open_store(home)
    from safepassage.apps.accounts.selectors import account_may
    from safepassage.apps.registry.checks import fact_check
    from safepassage.apps.registry.selectors import person_by_id

    if not account_may(account, "fact.check"):
        raise ForbiddenError("This account may not check facts.", where="fact.check")
    found = person_by_id(person)
    fact_check(
        person=PersonId(found.id), code=fact, is_true=is_true, evidence=evidence, account=account, now=now_utc()
    )
    word = "true" if is_true else "false"
    say({"person": found.id, "fact": fact, "is_true": is_true}, as_json=as_json, text=f"{found.id} {fact}: {word}")


def show_needs(needs: Sequence[NeedOrigin]) -> None:
    """Who of a party needs a special place, which list says so in which words, and how that is corrected."""
    for one in needs:
        where = (
            f"{one.source}, {one.file}{f', {one.sheet}' if one.sheet else ''}, row {one.row}" if one.source else ""
        )
        said = f' "{one.text}" in the column "{one.header}"' if one.text else ""
        told = f"{said} of {where}" if where else " as one of us found"
        if one.is_refuted:
            told += "; found not to be so: it takes no such place"
        out.print(f"  {one.name or one.person} needs a place for {one.need.value}:{told}", highlight=False)
    if any(not one.is_refuted for one in needs):
        first = next(one for one in needs if not one.is_refuted)
        out.print(f"  If that is wrong: [bold]safepassage check {first.person} need-{first.need.value} --false[/]")
