"""`accounts` (list, add, roles) and `parties`: who works here, and who stands where, by ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safepassage.cli.options import AsJson, Home
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import PartyId

if TYPE_CHECKING:
    from safepassage.apps.accounts.roles import Role

group = typer.Typer(no_args_is_help=True, help="Who works here: duty names and their roles.")
Name = Annotated[str, typer.Argument(help="A duty name, e.g. desk-2; never the name of an evacuee.")]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="A role; give it several times for several. `accounts list` names them all."),
]


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="accounts")
    app.command("parties")(parties)


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
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="12 characters or more; theirs."),
    ],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Makes an account for one more person: acts that need two people need two accounts."""
    open_store(home)
    from safepassage.apps.accounts.services import account_create, password_check

    roles = _roles(role)
    password_check(username=name, password=password)
    made = account_create(username=name, password=password, roles=roles)
    say(
        {"account": made.username, "roles": sorted(made.roles)},
        as_json=as_json,
        text=f"{made.username}: {', '.join(sorted(made.roles))}",
    )


@group.command("roles")
@speaks
def roles(name: Name, role: Roles, home: Home = None, as_json: AsJson = False) -> None:
    """Replaces the roles of an account by those given."""
    open_store(home)
    from safepassage.apps.accounts.selectors import account_named
    from safepassage.apps.accounts.services import account_roles_set

    wanted = _roles(role)
    account_roles_set(account=account_named(name), roles=wanted)
    say({"account": name, "roles": sorted(wanted)}, as_json=as_json, text=f"{name}: {', '.join(sorted(wanted))}")


def _roles(codes: list[str]) -> frozenset[Role]:
    from safepassage.apps.accounts.roles import Role

    unknown = sorted(set(codes) - set(Role))
    if unknown:
        raise ForbiddenError(
            "There is no such role.", where=", ".join(unknown), advice=f"Take from: {', '.join(sorted(Role))}."
        )
    return frozenset(Role(code) for code in codes)


@speaks
def parties(
    tier: Annotated[int | None, typer.Option(min=1, help="Only this tier.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Lists parties by id in the policy's order: people, tier, place in the plan. No name is in it."""
    open_store(home)
    from safepassage.apps.movement.selectors import bookings_of
    from safepassage.apps.policy.selectors import standing_places
    from safepassage.apps.registry.selectors import parties_by_id

    places = standing_places(tier=tier)
    shown = list(places[:limit])
    ids = [PartyId(place.party) for place in shown]
    known, booked = parties_by_id(ids), bookings_of(ids)
    rows = [
        {
            "party": party,
            "people": len(known[party].members) if party in known else 0,
            "tier": place.tier,
            "outcome": place.outcome,
            "is_booked": party in booked,
        }
        for party, place in zip(ids, shown, strict=True)
    ]
    say({"of": places.count(), "parties": rows}, as_json=as_json)
    if not as_json:
        grid = Table("party", "people", "stands", "place")
        for row in rows:
            stands = f"tier {row['tier']}" if row["tier"] else str(row["outcome"])
            grid.add_row(str(row["party"]), str(row["people"]), stands, "booked" if row["is_booked"] else "")
        out.print(grid)
        out.print("[bold]safepassage explain PARTY[/] says why, and what would change it.")
