"""`policy`: check, publish, apply, diff, explain, the lottery."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc, text_of
from safepassage.cli.secret_options import SEED_FILE, secret_option
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import clock, open_store
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError

group = typer.Typer(no_args_is_help=True, help="Who goes first: a written, versioned policy.")
File = Annotated[Path, typer.Argument(help="A policy (YAML).", exists=True, dir_okay=False)]


def register(app: typer.Typer) -> None:
    """Adds the verbs of this group."""
    app.add_typer(group, name="policy")


@group.command("template")
@speaks
def template(
    name: Annotated[str, typer.Argument(help="neo: a state's evacuation; ngo: an organisation's own staff first.")],
    to: Annotated[Path | None, typer.Option(help="The file to write.", show_default="policy-NAME.yaml")] = None,
    as_json: AsJson = False,
) -> None:
    """Writes a policy to begin from. Say in it who signed it off, and give it a version of its own."""
    from safepassage.cli.init import template_text

    text, target = template_text(name), to or Path(f"policy-{name}.yaml")
    if target.exists():
        raise ConflictError("That file is there already.", where=target.name, advice="Name another with --to.")
    target.write_text(text, encoding="utf-8")
    say({"file": target.name}, as_json=as_json, text=f"{target}. Next: [bold]safepassage policy check {target}[/]")


@group.command("check")
@speaks
def check(file: File, as_json: AsJson = False) -> None:
    """Reads a policy and lists every mistake with its line, and what can never apply. Needs no store."""
    from safepassage.core.policy import check_policy, read_policy

    policy = read_policy(text_of(file), file=file.name)
    doubts = [str(problem) for problem in check_policy(policy)]
    say(
        {
            "policy": policy.id,
            "version": policy.version,
            "digest": policy.digest,
            "doubts": doubts,
            "is_signed": policy.is_signed,
        },
        as_json=as_json,
        text="\n".join(
            [
                f"{policy.id} {policy.version}: {len(policy.tiers)} tiers. Sound.",
                *doubts,
                *(
                    []
                    if policy.is_signed
                    else ["Nobody has signed it off yet: name who did in its line signed-off-by."]
                ),
            ]
        ),
    )


@group.command("list")
@speaks
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """Lists the published policies, the newest first."""
    open_store(home)
    from safepassage.apps.policy.selectors import policies_published, policy_in_force

    holding = policy_in_force(now_utc())
    rows = [
        {
            "policy": one.policy,
            "version": one.version,
            "from": one.in_force_since,
            "until": one.effective_until,
            "is_in_force": holding is not None and one.pk == holding.pk,
        }
        for one in policies_published()
    ]
    say({"policies": rows}, as_json=as_json)
    if not as_json:
        grid = Table("policy", "version", "from", "until", "in force")
        for row in rows:
            grid.add_row(
                str(row["policy"]), str(row["version"]), _day(row["from"]), _day(row["until"]),
                "yes" if row["is_in_force"] else "",
            )  # fmt: skip
        out.print(grid)


def _day(moment: object) -> str:
    return clock(moment) if isinstance(moment, datetime) else ""


@group.command("publish")
@speaks
def publish(
    file: File,
    second: Annotated[str, typer.Option(help="Duty name of the second person who agreed.")] = "",
    unsigned: Annotated[
        bool,
        typer.Option("--unsigned", help="Publish although a signer or a second person is missing; goes on record."),
    ] = False,
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Publishes a policy. A published text is never edited: a change is a new version."""
    open_store(home)
    from safepassage.apps.accounts.selectors import account_named
    from safepassage.apps.policy.services import policy_publish

    if second and account_named(second).username == account:
        raise ForbiddenError("Two people are two accounts.", advice="Name somebody else with --second.")
    if second and not account_named(second).is_active:
        raise ForbiddenError("That account is closed.", where=second, advice="Name somebody else with --second.")
    text = text_of(file)
    record = policy_publish(
        text=text,
        account=account,
        confirmed_by=second,
        is_unsigned_accepted=unsigned,
        now=now_utc(),
        file=file.name,
    )
    say(
        {"policy": record.policy, "version": record.version, "digest": record.digest},
        as_json=as_json,
        text=f"{record.policy} {record.version} is published. Next: [bold]safepassage policy apply[/]",
    )


@group.command("apply")
@speaks
def apply(home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Gives every party its tier under the policy in force, with reasons."""
    open_store(home)
    from safepassage.apps.movement.selectors import promises_now
    from safepassage.apps.policy.services import standings_apply

    standings = standings_apply(account=account, now=now_utc(), promises=promises_now())
    by_tier: dict[str, int] = {}
    for standing in standings.standings:
        name = f"tier {standing.tier}" if standing.tier else standing.outcome.value
        by_tier[name] = by_tier.get(name, 0) + 1
    say(
        {"policy": standings.policy, "version": standings.version, "parties": by_tier},
        as_json=as_json,
        text="\n".join(
            [
                *(f"{parties:6}  {name}" for name, parties in sorted(by_tier.items())),
                (
                    "Next: [bold]safepassage parties[/] says who stands where; [bold]safepassage plan bus[/] or "
                    "[bold]plan make[/] gives them places."
                ),
            ]
        ),
    )


@group.command("diff")
@speaks
def diff(file: File, home: Home = None, as_json: AsJson = False) -> None:
    """Says who would move up, who down, and why, if this policy were in force. Changes nothing."""
    open_store(home)
    from safepassage.apps.movement.selectors import promises_now
    from safepassage.apps.policy.selectors import policy_in_force, policy_read
    from safepassage.apps.policy.services import policy_compare
    from safepassage.core.policy import read_policy

    holding = policy_in_force(now_utc())
    if holding is None:
        raise NotFoundError("No policy is in force to compare with.", advice="Publish one first.")
    after = read_policy(text_of(file), file=file.name)
    found = policy_compare(before=policy_read(holding), after=after, now=now_utc(), promises=promises_now())
    rows = [
        {
            "party": shift.party,
            "shift": shift.shift.value,
            "before": shift.before.tier or shift.before.outcome.value,
            "after": shift.after.tier or shift.after.outcome.value,
            "why": list(shift.why),
        }
        for shift in found.shifts
    ]
    say({"shifts": rows}, as_json=as_json)
    if not as_json:
        grid = Table("party", "what", "before", "after")
        for row in rows[:50]:
            grid.add_row(*(str(row[name] or "") for name in ("party", "shift", "before", "after")))
        out.print(grid)
        out.print(f"{len(rows)} parties would move.")


@group.command("commit")
@speaks
def commit(
    closes: Annotated[datetime, typer.Option(help="When the list closes (UTC), e.g. 2026-03-01T18:00.")],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Commits to the lottery's seed before the list closes. Publish the hash; seal the seed away."""
    open_store(home)
    from datetime import UTC

    from safepassage.apps.policy.services import lottery_commit

    moment = closes if closes.tzinfo else closes.replace(tzinfo=UTC)
    record, seed = lottery_commit(closes_at=moment, account=account, now=now_utc())
    say(
        {"commitment": record.commitment, "seed": seed.hex(), "closes_at": record.closes_at},
        as_json=as_json,
        text=f"Publish: {record.commitment}\nSeal away, on paper: {seed.hex()}",
    )


@group.command("reveal")
@speaks
def reveal(
    seed: Annotated[str, secret_option("The sealed seed, hex.", variable=SEED_FILE)],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Reveals the seed after the list has closed; anyone can check it against the published hash."""
    open_store(home)
    from safepassage.apps.policy.services import lottery_reveal

    try:
        secret = bytes.fromhex(seed.strip())
    except ValueError as error:
        raise ForbiddenError("That is no seed.", advice="Type its 64 letters and digits.") from error
    record = lottery_reveal(seed=secret, account=account, now=now_utc())
    say(
        {"commitment": record.commitment, "seed": record.seed},
        as_json=as_json,
        text="Revealed. Apply the policy again.",
    )
