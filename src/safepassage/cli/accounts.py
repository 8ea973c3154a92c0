"""`accounts` (list, add, vouch, roles, close, open, password): who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.secret_options import PASSWORD_FILE, secret_option
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import BesideThem, OwnPassword, SecondPassword, beside, proven
from safepassage.core.errors import ForbiddenError

if TYPE_CHECKING:
    from safepassage.apps.accounts.roles import Role

group = typer.Typer(no_args_is_help=True, help="Who works here: duty names and their roles.")
Name = Annotated[str, typer.Argument(help="A duty name, e.g. desk-2; never the name of an evacuee.")]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="A role; give it several times for several. `accounts list` names them all."),
]

NewPassword = Annotated[
    str,
    secret_option(
        "12 characters or more; theirs.",
        variable=PASSWORD_FILE,
        prompt="New password of the account that is named (12 characters or more)",
        is_new=True,
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="accounts")


@group.command("list")
@speaks
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the accounts with their roles, and the roles that there are."""
    open_store(home)
    from safepassage.apps.accounts.roles import Role
    from safepassage.apps.accounts.selectors import accounts_all

    rows = [
        {"account": one.username, "roles": sorted(one.roles), "is_active": one.is_active} for one in accounts_all()
    ]
    say({"accounts": rows, "roles": sorted(Role)}, as_json=as_json)
    if not as_json:
        grid = Table("account", "roles", "signs in")
        for one in accounts_all():
            roles = "every role" if one.roles == frozenset(Role) else ", ".join(sorted(one.roles))
            grid.add_row(one.username, roles, "yes" if one.is_active else "no")
        out.print(grid)
        out.print(f"Roles: {', '.join(sorted(Role))}")


@group.command("add")
@speaks
def add(
    name: Name,
    role: Roles,
    password: NewPassword,
    home: Home = None,
    account: Account = DESK,
    own_password: OwnPassword = "",
    second: BesideThem = "",
    second_password: SecondPassword = "",
    as_json: AsJson = False,
) -> None:
    """Makes an account for one more person: acts that need two people need two accounts.

    Its holder then types a password of their own: [bold]accounts password NAME --as NAME[/].
    """
    open_store(home)
    from safepassage.apps.accounts.hands import traces_now
    from safepassage.apps.accounts.places import place_here
    from safepassage.apps.accounts.services import account_create, password_check
    from safepassage.apps.accounts.two_people import needs_vouching, signs

    roles = _roles(role)
    password_check(username=name, password=password)
    by = proven(account, own_password).username
    made = account_create(
        username=name,
        password=password,
        roles=roles,
        by=by,
        second=beside(second, second_password),
        place=place_here(),
        now=now_utc(),
    )
    held = signs(roles) and needs_vouching(traces_now().of(made.username))
    text = f"{made.username}: {', '.join(sorted(made.roles))}"
    if held:
        text += (
            f"\nBefore {made.username} counts as another person than {by}, somebody else vouches for it: "
            f"[bold]safepassage accounts vouch {made.username} --as NAME[/]"
        )
    text += f"\n{own_next(made.username)}"
    say({"account": made.username, "roles": sorted(made.roles), "needs_vouching": held}, as_json=as_json, text=text)


def own_next(name: str) -> str:
    """What the holder of an account with a password of another does next."""
    return (
        f"Next {name} types a password of their own: [bold]safepassage accounts password {name} --as {name}[/], "
        "or in the console under their name."
    )


@group.command("vouch")
@speaks
def vouch(
    name: Name,
    account: Annotated[str, typer.Option("--as", help="Duty name of whoever vouches; they had no hand in it.")],
    password: NewPassword,
    own_password: OwnPassword = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Says that you know who holds an account: they type a new password beside you.

    Needed for accounts that sign, of which somebody else knows the password; not for the two with
    whom the operation was founded. You count as two people once the holder has typed a password of their own.
    """
    by = _password_set(name, password, account, own_password, home=home, is_vouching=True)
    told = f"{by} vouches for {name}.\n{own_next(name)}"
    say({"account": name, "vouched_by": by}, as_json=as_json, text=told)


@group.command("roles")
@speaks
def roles(
    name: Name,
    role: Roles,
    home: Home = None,
    account: Account = DESK,
    own_password: OwnPassword = "",
    second: BesideThem = "",
    second_password: SecondPassword = "",
    as_json: AsJson = False,
) -> None:
    """Replaces the roles of an account by those given."""
    open_store(home)
    from safepassage.apps.accounts.selectors import account_named
    from safepassage.apps.accounts.services import account_roles_set

    wanted = _roles(role)
    by = proven(account, own_password).username
    account_roles_set(
        account=account_named(name), roles=wanted, by=by, second=beside(second, second_password), now=now_utc()
    )
    say({"account": name, "roles": sorted(wanted)}, as_json=as_json, text=f"{name}: {', '.join(sorted(wanted))}")


@group.command("close")
@speaks
def close(
    name: Name,
    home: Home = None,
    account: Account = DESK,
    own_password: OwnPassword = "",
    as_json: AsJson = False,
) -> None:
    """Closes an account: it is signed out at its next click and keeps its traces. `open` undoes it.

    That an officer's account was closed is shown until another officer agrees, or objects: `accounts second-look`.
    """
    _active_set(name, is_active=False, home=home, account=account, own_password=own_password, as_json=as_json)


@group.command("open")
@speaks
def open_(
    name: Name,
    home: Home = None,
    account: Account = DESK,
    own_password: OwnPassword = "",
    as_json: AsJson = False,
) -> None:
    """Opens a closed account again, with the roles it had."""
    _active_set(name, is_active=True, home=home, account=account, own_password=own_password, as_json=as_json)


def _active_set(name: str, *, is_active: bool, home: Home, account: str, own_password: str, as_json: bool) -> None:
    open_store(home)
    from safepassage.apps.accounts.selectors import account_named
    from safepassage.apps.accounts.services import account_active_set

    by = proven(account, own_password).username
    account_active_set(account=account_named(name), is_active=is_active, by=by, now=now_utc())
    word = "is open again." if is_active else "is closed: nobody signs in to it any more."
    say({"account": name, "is_active": is_active}, as_json=as_json, text=f"{name} {word}")


@group.command("password")
@speaks
def password(
    name: Name,
    password: NewPassword,
    home: Home = None,
    account: Account = DESK,
    own_password: OwnPassword = "",
    second: BesideThem = "",
    second_password: SecondPassword = "",
    as_json: AsJson = False,
) -> None:
    """Gives an account a new password; sessions with the old one end.

    With --as NAME it is your own. Whoever sets another's, where somebody forgot theirs, may sit behind that account
    from then on: until another officer vouches for its holder, and the holder has typed one of their own.
    """
    by = _password_set(name, password, account, own_password, home=home, second=(second, second_password))
    told = f"{name} has a password of their own." if by == name else f"{name} has a new password.\n{own_next(name)}"
    other = _taken_up_beside(name)
    if other:
        told += (
            f"\nIt was taken up at this machine, as {other}'s was: the board says so until {name} has confirmed in "
            "the console, under Vouching, that they are another person."
        )
    say({"account": name, "is_own": by == name, "beside": other}, as_json=as_json, text=told)


def _taken_up_beside(name: str) -> str:
    """At whose machine a founder's account was taken up; empty where something shows that they are two people."""
    from safepassage.apps.accounts.founders import founders_together

    return next((one.other for one in founders_together() if one.account.username == name), "")


def _password_set(
    name: str,
    password: str,
    account: str,
    own_password: str,
    *,
    home: Home,
    is_vouching: bool = False,
    second: tuple[str, str] = ("", ""),
) -> str:
    """Sets a password in the name of whoever proves to be `account`, who is given back."""
    open_store(home)
    from safepassage.apps.accounts.places import place_here
    from safepassage.apps.accounts.selectors import account_named
    from safepassage.apps.accounts.services import account_password_set

    by = proven(account, own_password).username
    account_password_set(
        account=account_named(name),
        password=password,
        by=by,
        is_vouching=is_vouching,
        second=beside(*second),
        place=place_here(),
        now=now_utc(),
    )
    return by


def _roles(codes: list[str]) -> frozenset[Role]:
    from safepassage.apps.accounts.roles import Role

    unknown = sorted(set(codes) - set(Role))
    if unknown:
        raise ForbiddenError(
            "There is no such role.", where=", ".join(unknown), advice=f"Take from: {', '.join(sorted(Role))}."
        )
    return frozenset(Role(code) for code in codes)
