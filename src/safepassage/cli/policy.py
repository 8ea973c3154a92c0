"""`policy`: check, propose, sign, apply, diff, explain, the lottery."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc, text_of
from safepassage.cli.secret_options import SEED_FILE, secret_option
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import clock, open_store
from safepassage.cli.two_people import OwnPassword, proven
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from safepassage.apps.policy.models import PolicyRecord

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
    """Lists the policies, the newest first: proposed, provisional (one person alone), published or refused."""
    open_store(home)
    from safepassage.apps.policy.selectors import policies_all, policy_in_force

    holding = policy_in_force(now_utc())
    rows = [
        {
            "policy": one.policy,
            "version": one.version,
            "from": one.in_force_since,
            "until": one.effective_until,
            "state": one.state,
            "is_in_force": holding is not None and one.pk == holding.pk,
        }
        for one in policies_all()
    ]
    say({"policies": rows}, as_json=as_json)
    if not as_json:
        grid = Table("policy", "version", "state", "from", "until", "in force")
        for row in rows:
            grid.add_row(
                *(str(row[name]) for name in ("policy", "version", "state")),
                _day(row["from"]), _day(row["until"]),
                "yes" if row["is_in_force"] else "",
            )  # fmt: skip
        out.print(grid)


def _day(moment: object) -> str:
    return clock(moment) if isinstance(moment, datetime) else ""


@group.command("propose")
@speaks
def propose(
    file: File,
    unsigned: Annotated[
        bool,
        typer.Option(
            "--unsigned",
            help="Although the text names no signer; and, where no other account could sign, in force provisionally. "
            "Goes on record.",
        ),
    ] = False,
    own_password: OwnPassword = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Proposes a policy; it is in force when another account has signed it. A text is never edited once proposed."""
    open_store(home)
    from safepassage.apps.policy.publishing import policy_propose

    text = text_of(file)
    record = policy_propose(
        text=text,
        account=proven(account, own_password).username,
        is_unsigned_accepted=unsigned,
        now=now_utc(),
        file=file.name,
    )
    _say_state(record, as_json=as_json)


@group.command("sign")
@speaks
def sign(
    policy: Annotated[str, typer.Argument(help="The policy's id, as `policy list` has it.")],
    version: Annotated[str, typer.Argument(help="Its version.")],
    account: Annotated[str, typer.Option("--as", help="Duty name of whoever signs: not who proposed it.")],
    refuse: Annotated[
        bool, typer.Option("--refuse", help="Do not sign: this version never comes into force.")
    ] = False,
    own_password: OwnPassword = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Signs a proposed policy as the second person, with a password of your own; then it is in force."""
    open_store(home)
    from safepassage.apps.policy.publishing import policy_refuse, policy_sign
    from safepassage.apps.policy.selectors import policy_named

    number, who = policy_named(policy, version).pk, proven(account, own_password).username
    if refuse:
        record = policy_refuse(number=number, account=who, now=now_utc())
    else:
        record = policy_sign(number=number, account=who, now=now_utc())
    _say_state(record, as_json=as_json)


def _say_state(record: PolicyRecord, *, as_json: bool) -> None:
    name = f"{record.policy} {record.version}"
    said = {
        "proposed": f"{name} is proposed. Next: another account signs it: "
        f"[bold]safepassage policy sign {name} --as NAME[/]",
        "provisional": f"{name} is in force, provisionally: one person alone stands behind it. "
        "Next: [bold]safepassage policy apply[/]",
        "published": f"{name} is published. Next: [bold]safepassage policy apply[/]",
        "refused": f"{name} is refused. A new text takes a new version.",
    }
    say(
        {"policy": record.policy, "version": record.version, "digest": record.digest, "state": record.state},
        as_json=as_json,
        text=said[record.state],
    )


@group.command("apply")
@speaks
def apply(home: Home = None, account: Account = DESK, as_json: AsJson = False) -> None:
    """Gives every party its tier under the policy in force, with reasons."""
    open_store(home)
    from safepassage.apps.movement.bookings import promises_now
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
                f"{len(standings.standings):6}  parties known",
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
    from safepassage.apps.movement.bookings import promises_now
    from safepassage.apps.policy.selectors import policy_in_force, policy_read
    from safepassage.apps.policy.services import policy_compare
    from safepassage.core.policy import Shift, read_policy

    holding = policy_in_force(now_utc())
    if holding is None:
        raise NotFoundError("No policy is in force to compare with.", advice="Propose one, and let another sign it.")
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
    same = found.count(Shift.SAME)
    say({"shifts": rows, "same": same, "parties": found.parties}, as_json=as_json)
    if not as_json:
        grid = Table("party", "what", "before", "after")
        for row in rows[:50]:
            grid.add_row(*(str(row[name] or "") for name in ("party", "shift", "before", "after")))
        out.print(grid)
        out.print(f"{len(rows)} of {found.parties} parties would fare differently, {same} the same.")


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

    from safepassage.apps.policy.lottery import lottery_commit

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
    seed: Annotated[
        str, secret_option("The sealed seed, hex.", variable=SEED_FILE, prompt="The seed that was sealed, in hex")
    ],
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Reveals the seed after the list has closed; anyone can check it against the published hash."""
    open_store(home)
    from safepassage.apps.policy.lottery import lottery_reveal

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
