"""The demo's walk through the corridor: each step is what a task force would do, with the services that it uses."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from safepassage.cli.speak import progress_bar
from safepassage.cli.store import open_store
from safepassage.cli.walk_ground import (
    DEMO_ACCOUNT,
    DEMO_OPERATION,
    DEMO_PASSWORD,
    DEMO_SECOND,
    PREPARE,
    Walk,
    example_folder,
)
from safepassage.cli.walk_result import WalkResult, gather
from safepassage.core.errors import SafePassageError
from safepassage.core.movement import read_scenario
from safepassage.core.passes import IssuedPass

if TYPE_CHECKING:
    from safepassage.apps.registry.services import RunResult


def walk(home: Path, *, seed: int, lists: Path | None, quiet: bool) -> WalkResult:
    """Walks the whole corridor on the store in `home` and says what came of it."""
    open_store(home, create=True)
    from safepassage.cli.walk_gate import gate_days

    example = example_folder()
    scenario = read_scenario((example / "network.json").read_text(encoding="utf-8"), file="network.json")
    one = Walk(home, seed, lists or example / "lists", example, scenario, quiet, np.random.default_rng(seed))
    with one.step("found"):
        _found(one)
    with one.step("intake"):
        unreadable = _intake(one)
    with one.step("identity"):
        resolved = _resolve(one)
    with one.step("policy"):
        _policy(one)
    with one.step("movement"):
        _plan(one)
    with one.step("passes"):
        issued = _passes(one)
    with one.step("gate"):
        gate = gate_days(one, issued)
    with one.step("counts"):
        _close(one, gate.ended_at)
        return gather(one, resolved=resolved, gate=gate, unreadable=unreadable)


def _found(one: Walk) -> None:
    from safepassage.apps.accounts.founding import operation_found, team_create
    from safepassage.apps.ledger.services import event_append, site_found
    from safepassage.apps.outreach.services import texts_load
    from safepassage.apps.passes.keyring import NAMES, keys_make
    from safepassage.core.ledger import EventKind

    now = one.planned_at - PREPARE
    operation = operation_found(
        code=DEMO_OPERATION,
        name="Demo: Kabul 2021, invented people",
        controller="Example Task Force (invented)",
        contact="desk@example.invalid",
        retention_days=30,
        time_zone="Asia/Kabul",
        default_region="AF",
        began_at=now,
    )
    site_found(operation=operation.code, secret=one.secret("site"))
    keys_make({name: one.secret(name) for name in NAMES})
    event_append(kind=EventKind.OPERATION_OPENED, body={"code": operation.code}, account=DEMO_ACCOUNT, now=now)
    _accounts(now)
    for code in ("desk-1", "gate-1", "follow-on-1"):
        team_create(code=code, name=code)
    texts_load()


def _accounts(now: datetime) -> None:
    """An account for each role, as an operation gets them: the second officer vouches for whoever else signs."""
    from safepassage.apps.accounts.roles import Role
    from safepassage.apps.accounts.services import account_create, account_found, account_password_set
    from safepassage.apps.accounts.two_people import signs

    account_found(username=DEMO_ACCOUNT, password=DEMO_PASSWORD, roles=frozenset(Role), now=now)
    second = Role.SUPERVISOR
    for role in sorted(Role, key=lambda role: role is not second):
        made = account_create(
            username=f"demo-{role.value}",
            password=None if signs(frozenset({role})) else DEMO_PASSWORD,
            roles=frozenset({role}),
            by=DEMO_ACCOUNT,
            now=now,
        )
        if made.has_usable_password():
            continue
        if role is not second:
            account_password_set(
                account=made, password=f"{DEMO_PASSWORD} at first", by=DEMO_SECOND, is_vouching=True, now=now
            )
        account_password_set(account=made, password=DEMO_PASSWORD, by=made.username, now=now)


def _intake(one: Walk) -> list[str]:
    from safepassage.apps.intake.services import batch_receive
    from safepassage.apps.intake.sources import source_register

    began = one.planned_at - PREPARE
    unreadable = []
    files = sorted(path for path in one.lists.iterdir() if path.is_file() and not path.name.startswith("."))
    with progress_bar("1/7 intake", quiet=one.quiet) as step:
        for number, path in enumerate(files):
            now = began + timedelta(minutes=10 * number)
            source = source_register(
                name=path.stem,
                owner=f"sender of {path.stem} (invented)",
                basis="vital interests (invented people)",
                trust=2,
                sharing="operation",
                account=DEMO_ACCOUNT,
                now=now,
            )
            step(number / len(files), path.name)
            try:
                batch_receive(path=path, source=source, account=DEMO_ACCOUNT, now=now)
            except SafePassageError as error:
                unreadable.append(f"{path.name}: {error}")
    return unreadable


def _resolve(one: Walk) -> RunResult:
    from safepassage.apps.registry.services import resolve_run

    with progress_bar("2/7 identity", quiet=one.quiet) as step:
        return resolve_run(account=DEMO_ACCOUNT, now=one.planned_at - timedelta(hours=12), progress=step)


def _policy(one: Walk) -> None:
    from safepassage.apps.policy.lottery import lottery_commit, lottery_reveal
    from safepassage.apps.policy.publishing import policy_propose, policy_sign
    from safepassage.apps.policy.services import standings_apply

    with progress_bar("3/7 policy", quiet=one.quiet) as step:
        now = one.planned_at - timedelta(hours=11)
        for path in sorted((one.example / "policies").glob("*.yaml")):
            proposed = policy_propose(
                text=path.read_text(encoding="utf-8"), account=DEMO_ACCOUNT, now=now, file=path.name
            )
            policy_sign(number=proposed.pk, account=DEMO_SECOND, now=now)
        closes = one.planned_at - timedelta(hours=3)
        _, seed = lottery_commit(closes_at=closes, account=DEMO_ACCOUNT, now=now, seed=one.secret("lottery"))
        lottery_reveal(seed=seed, account=DEMO_ACCOUNT, now=one.planned_at - timedelta(hours=2))
        step(0.3, "standings")
        standings_apply(account=DEMO_ACCOUNT, now=one.planned_at - timedelta(hours=1))


def _plan(one: Walk) -> None:
    from safepassage.apps.movement.bookings import legs_booked
    from safepassage.apps.movement.closing import manifest_close
    from safepassage.apps.movement.services import network_keep, plan_make
    from safepassage.apps.passes.services import plan_enact

    now = one.planned_at
    with progress_bar("4/7 movement", quiet=one.quiet) as step:
        network_keep(network=one.scenario.network, account=DEMO_ACCOUNT, now=now)
        record = plan_make(account=DEMO_ACCOUNT, now=now, progress=step)
        plan_enact(plan_id=record.pk, account=DEMO_ACCOUNT, now=now)
        for leg in legs_booked():
            manifest_close(leg=leg, account=DEMO_ACCOUNT, now=now)


def _passes(one: Walk) -> list[IssuedPass]:
    from safepassage.apps.movement.bookings import bookings_lines
    from safepassage.apps.outreach.pass_sheets import passes_print
    from safepassage.apps.outreach.selectors import call_list_is_provisional
    from safepassage.apps.outreach.services import parties_call
    from safepassage.apps.passes.orders import orders_due
    from safepassage.apps.passes.services import passes_issue

    now = one.planned_at + timedelta(minutes=5)
    luck = np.random.default_rng([one.seed, 5])
    with progress_bar("5/7 passes", quiet=one.quiet) as step:
        parties_call(
            parties=[line.party for line in bookings_lines()],
            account=DEMO_ACCOUNT,
            is_provisional=call_list_is_provisional(),
            now=now,
        )
        issued = passes_issue(
            orders=orders_due(now=now),
            account=DEMO_ACCOUNT,
            now=now,
            randomness=lambda: luck.bytes(32),
            progress=step,
        )
        step(0.9, "printing")
        if issued:
            (one.home / "passes.pdf").write_bytes(passes_print(issued))
    return list(issued)


def _close(one: Walk, ended_at: datetime) -> None:
    from safepassage.apps.outreach.reports import report_page, report_pdf
    from safepassage.apps.outreach.services import phase_close

    phase_close(phase="phase-1", account=DEMO_ACCOUNT, owner="follow-on-1", now=ended_at)
    (one.home / "situation-report.pdf").write_bytes(report_pdf(as_of=ended_at, account=DEMO_ACCOUNT, now=ended_at))
    page = report_page(as_of=ended_at, account=DEMO_ACCOUNT, now=ended_at)
    (one.home / "situation-report.html").write_text(page, encoding="utf-8")
