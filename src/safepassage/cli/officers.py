"""`accounts second-look`, `found-anew` and `recover`: when officers come and go."""

from __future__ import annotations

from typing import Annotated

import typer

from safepassage.cli.accounts import Name, NewPassword, group, own_next
from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.passphrase import holder_prove
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import OwnPassword, proven
from safepassage.core.errors import ForbiddenError


def register(_app: typer.Typer) -> None:
    """Adds the verbs to the group `accounts`."""
    group.command("second-look")(second_look)
    group.command("found-anew")(found_anew)
    group.command("recover")(recover)


@speaks
def second_look(
    name: Annotated[
        str, typer.Argument(help="An officer from whom something was taken; leave out to list them.")
    ] = "",
    agree: Annotated[bool, typer.Option("--agree", help="It is right: the list forgets it.")] = False,
    object_: Annotated[
        bool, typer.Option("--object", help="It is not: open again, with the roles of before.")
    ] = False,
    account: Account = DESK,
    own_password: OwnPassword = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Lists officers whose account one person closed, or took roles from; another one agrees, or objects.

    What was done holds from the first moment, and makes nobody alone: where there ever were two people, two are
    needed.
    """
    open_store(home)
    from safepassage.apps.accounts.officers import account_withdrawal_answer
    from safepassage.apps.accounts.selectors import account_named
    from safepassage.apps.accounts.two_people import accounts_withdrawn

    if not name:
        waiting = accounts_withdrawn()
        rows = [
            {"account": one.account.username, "by": one.by, "is_closed": one.withdrawal.is_closed} for one in waiting
        ]
        say({"waiting": rows}, as_json=as_json, text="" if waiting else "Nothing waits for a second look.")
        for row in () if as_json else rows:
            out.print(f"{row['account']}: {'closed' if row['is_closed'] else 'lost roles'}, by {row['by']}")
        return
    if agree == object_:
        raise ForbiddenError("Do you agree, or object?", advice="Give --agree or --object.")
    by = proven(account, own_password).username
    account_withdrawal_answer(account=account_named(name), is_agreed=agree, by=by, now=now_utc())
    told = f"{by} agrees." if agree else f"{name} is an officer again, as before."
    say({"account": name, "is_agreed": agree}, as_json=as_json, text=told)


@speaks
def found_anew(
    name: Name,
    account: Account = DESK,
    own_password: OwnPassword = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Where officers have left and nobody can vouch any more: takes an account for a person of its own, on record.

    As at the founding. It is an event, stands in the access log, and is shown under Vouching until
    another officer vouches.
    """
    holder_prove(open_store(home))
    from safepassage.apps.accounts.officers import account_found_anew
    from safepassage.apps.accounts.selectors import account_named

    by = proven(account, own_password).username
    account_found_anew(account=account_named(name), by=by, now=now_utc())
    say({"account": name, "founded_by": by}, as_json=as_json, text=f"{name} is founded anew.\n{own_next(name)}")


@speaks
def recover(name: Name, password: NewPassword, home: Home = None, as_json: AsJson = False) -> None:
    """Where no administrator can sign in: gives one a new password. Whoever has the store's passphrase can.

    It shows: it is an event, stands in the access log under @machine, and the account is in the hands of whoever
    holds the machine, until another officer vouches.
    """
    holder_prove(open_store(home))
    from safepassage.apps.accounts.officers import account_recover
    from safepassage.apps.accounts.selectors import account_named

    account_recover(account=account_named(name), password=password, now=now_utc())
    say({"account": name}, as_json=as_json, text=f"{name} signs in with the new password. This is on record.")
