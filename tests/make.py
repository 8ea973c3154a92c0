"""Builders: small invented lists as files, and a store that has walked part of the corridor."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from safepassage.apps.accounts.founding import operation_found
from safepassage.apps.accounts.hands import Act, traces_now
from safepassage.apps.accounts.models import Account, Operation
from safepassage.apps.accounts.names import username_new
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create, account_keep, account_password_set
from safepassage.apps.intake.models import Batch, Source
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.intake.sources import source_register
from safepassage.apps.ledger.services import site_found
from safepassage.apps.registry.services import RunResult, resolve_run
from safepassage.core.movement import single_bus

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
OWN = "four words of one's own"
"""The password that the second founder chose."""
HEADER = (
    "Family no",
    "Full name",
    "Father's name",
    "Relation",
    "Sex",
    "Date of birth",
    "Passport",
    "Phone",
    "Category",
    "City",
)
TESTANIS = (
    ("1", "Karim Testani", "Ghafar", "head", "M", "1980-05-14", "P0000101", "0700000101", "SIV", "Kabul"),
    ("1", "Laila Testani", "Nabi", "wife", "F", "1984-02-03", "P0000102", "", "", "Kabul"),
    ("1", "Omid Testani", "Karim", "son", "M", "2010-08-21", "", "", "", "Kabul"),
)
BEISPIEL = (("2", "Yusuf Beispiel", "Daud", "head", "M", "1971-11-30", "P0000201", "0700000201", "P2", "Herat"),)
EXEMPLARS = (
    ("3", "Nadia Exemplar", "Aziz", "head", "F", "1990-01-15", "P0000301", "0700000301", "employee", "Kabul"),
    ("3", "Sami Exemplar", "Jamil", "son", "M", "2015-06-01", "", "", "", "Kabul"),
    ("3", "Sara Exemplar", "Jamil", "daughter", "F", "2015-06-01", "", "", "", "Kabul"),
)
"""Three invented families in the columns of `HEADER`."""
EVERYONE = (*TESTANIS, *BEISPIEL, *EXEMPLARS)
KARIM_AGAIN = (
    ("A", "Abdul Karim Testani", "Abdul Ghafar", "head", "M", "14.05.1980", "P0000101", "+93 70 000 0101", "SIV", ""),
)
"""The same man in another list, under another spelling."""


def operation_of(code: str, now: datetime, **more: Any) -> Operation:
    """A founded operation with the site's chain."""
    terms = {"name": "Test operation (invented)", "controller": "Example Task Force", "retention_days": 30}
    terms |= {"time_zone": "Asia/Kabul", "default_region": "AF", **more}
    found = operation_found(code=code, began_at=now, **terms)
    site_found(operation=found.code)
    return found


def csv_text(rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """A list as text."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows((header, *rows))
    return buffer.getvalue()


def csv_file(path: Path, rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER, encoding="utf-8") -> Path:
    """A list as a CSV file."""
    path.write_bytes(csv_text(rows, header=header).encode(encoding))
    return path


def workbook(path: Path, sheets: dict[str, Iterable[Sequence[object]]]) -> Path:
    """An XLSX workbook from rows as they stand, headers and titles included."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def many_families(number: int, *, first: int = 1) -> list[tuple[str, ...]]:
    """So many invented families of three; no two of them are alike."""
    given = ("Karim", "Yusuf", "Daud", "Samim", "Farid", "Rahim", "Zalmay", "Habib", "Idris", "Walid")
    wives = ("Laila", "Nadia", "Sara", "Mina", "Roya", "Huma", "Parwin", "Zohra", "Shirin", "Fatana")
    surnames = ("Testani", "Beispiel", "Exemplar", "Muster", "Probe", "Ejemplo", "Primer", "Voorbeeld")
    rows = []
    for key in range(first, first + number):
        surname = f"{surnames[key % len(surnames)]}{'abcdefghij'[key // len(surnames) % 10]}i"
        year, month, day = 1960 + key % 35, key % 12 + 1, key % 27 + 1
        man, wife = given[key % 10], wives[key // 10 % 10]
        phone = f"07{key:08}"
        born, younger = f"{year}-{month:02}-{day:02}", f"{year + 3}-{day % 12 + 1:02}-{month:02}"
        child = f"{2006 + key % 14}-{month:02}-{day:02}"
        rows += [
            (str(key), f"{man} {surname}", "Ghafar", "head", "M", born, f"P{key:07}", phone, "SIV", "Kabul"),
            (str(key), f"{wife} {surname}", "Nabi", "wife", "F", younger, "", "", "", "Kabul"),
            (str(key), f"Omid {surname}", man, "son", "M", child, "", "", "", "Kabul"),
        ]
    return rows


def self_made(*, username: str, password: str | None, roles: frozenset[Role], now: datetime | None = None) -> Account:
    """An account that nobody else had a hand in, however many are there: what no door of the program makes.

    Tests that are about something else begin with it; those about who may be whom use `an_officer(by=…)`.
    """
    name = username_new(username, given=Account.objects.values_list("username", flat=True))
    account = Account.objects.create_account(name, password, roles)
    account_keep(account, Act.CREATED, by=name, now=now)
    return account


def an_officer(username: str, *roles: Role, password: str | None = None, by: str = "") -> Account:
    """An account; with every role if none is given, made by itself if nobody else is.

    The second founder has a password of their own: what is left for two people to be two.
    """
    asked = {"username": username, "password": password, "roles": frozenset(roles or Role), "now": NOW}
    made = account_create(**asked, by=by) if by else self_made(**asked)
    if by and traces_now().of(username).waits_for_holder:
        account_password_set(account=made, password=OWN, by=username, now=NOW)
    return made


def a_source(name: str = "Embassy list", *, now: datetime = NOW) -> Source:
    """A source of medium trust."""
    return source_register(name=name, owner="Example desk", basis="vital interests", trust=2, now=now)


def taken_in(folder: Path, rows: Iterable[Sequence[str]], *, source: str = "Embassy list", now=NOW) -> Batch:
    """These rows, taken in as one CSV of a source."""
    path = csv_file(folder / f"{source.replace(' ', '-').lower()}.csv", rows)
    batch, _ = batch_receive(path=path, source=a_source(source, now=now), account="clerk-1", now=now)
    return batch


def resolved(*, now: datetime = NOW) -> RunResult:
    """One run of the matcher."""
    return resolve_run(account="adjudicator-1", now=now)


def with_standings(folder: Path, rows: Iterable[Sequence[str]] = EVERYONE) -> None:
    """Lists in, matched, and given tiers by the template `neo`, which another signs if anybody is there who may."""
    from safepassage.apps.accounts.selectors import accounts_all
    from safepassage.apps.policy.publishing import policy_propose, policy_sign
    from safepassage.apps.policy.services import standings_apply
    from safepassage.cli.init import template_text

    taken_in(folder, rows)
    resolved()
    policy = policy_propose(text=template_text("neo"), account="supervisor-1", is_unsigned_accepted=True, now=NOW)
    if policy.is_proposed:
        other = next(one.username for one in accounts_all() if one.may("policy.publish"))
        policy_sign(number=policy.pk, account=other, now=NOW)
    standings_apply(account="supervisor-1", now=NOW)


def a_bus(*, seats: int = 50, departs: datetime = NOW + timedelta(hours=6), now: datetime = NOW) -> None:
    """One bus from a rally point to an access point."""
    from safepassage.apps.movement.services import network_keep

    bus = single_bus(seats=seats, departs=departs, rally_point="rally-1", access_point="access-1", travel_minutes=60)
    network_keep(network=bus, account="planner-1", now=now)


@dataclass(frozen=True, slots=True)
class Booked:
    """A published plan."""

    plan: str
    people: int


def with_bookings(folder: Path, rows: Iterable[Sequence[str]] = EVERYONE, *, seats: int = 50) -> Booked:
    """As `with_standings`, then one bus planned and published."""
    from safepassage.apps.movement.publishing import plan_publish
    from safepassage.apps.movement.selectors import plan_read
    from safepassage.apps.movement.services import plan_make

    with_standings(folder, rows)
    a_bus(seats=seats)
    record = plan_make(account="planner-1", now=NOW)
    plan_publish(plan_id=record.pk, account="planner-1", now=NOW)
    return Booked(record.pk, plan_read(record).people)
