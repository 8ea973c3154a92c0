"""People leave the house by two of us, counted, sealed, and within the terms of each source."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.two_people import Proven
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.intake.sources import source_register
from safepassage.apps.ledger.selectors import accesses_of, state_now
from safepassage.apps.outreach.people_export import PeopleExport, people_export
from safepassage.apps.registry.selectors import persons_now
from safepassage.apps.registry.services import resolve_run
from safepassage.core.errors import ForbiddenError
from safepassage.core.exchange.sealing import open_archive
from safepassage.core.ledger import EventKind
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
PASSPHRASE = "four invented words here"
SECOND = Proven("supervisor-2")
OPEN = "Name,Sex,DOB\nKarim Testani,M,1980-05-14\nLaila Testani,F,1984-02-03\n"
CLOSED = "Name,Sex,DOB\nYusuf Beispiel,M,1971-11-30\n"


@pytest.fixture
def lists(operation: str, now: datetime, tmp_path: Path) -> None:
    for name, text, sharing in (("open", OPEN, "authorities"), ("closed", CLOSED, "operation")):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        source = source_register(name=name, owner=name, basis="vital interests", sharing=sharing, now=now)
        batch_receive(path=path, source=source, account="desk", now=now)
    resolve_run(account="desk", now=now)
    an_officer("supervisor-2", Role.SUPERVISOR)


def export(
    now: datetime, *, stated: int, second: Proven = SECOND, reach: str = "authorities", account: str = "desk"
) -> PeopleExport:
    return people_export(
        persons=frozenset(persons_now()),
        stated=stated,
        recipient="haven-desk-1",
        reach="authorities",
        purpose="evacuation",
        passphrase=PASSPHRASE,
        account=account,
        second=second,
        now=now,
    )


def test_only_people_whose_source_allows_it_are_in_the_file(lists: None, now: datetime) -> None:
    made = export(now, stated=2)
    sheet = openpyxl.load_workbook(BytesIO(open_archive(made.sealed, PASSPHRASE))).active
    names = {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert names == {"Karim Testani", "Laila Testani"}
    assert (made.people, made.left_out) == (2, 1)


def test_a_number_that_is_not_the_stated_one_writes_nothing(lists: None, now: datetime) -> None:
    with pytest.raises(ForbiddenError, match="You stated 3 people; the file would hold 2"):
        export(now, stated=3)
    assert EventKind.EXPORT_MADE not in {event.kind for event in state_now().events.values()}


def test_nobody_exports_people_alone(lists: None, now: datetime) -> None:
    an_officer("desk")
    an_officer("planner-1", Role.PLANNER)
    an_officer("desk-3", Role.SUPERVISOR, by="desk")
    an_officer("desk-4", Role.SUPERVISOR, by="desk")
    for second, code in (
        ("", "no-second"),
        ("nobody-here", "no-second"),
        ("planner-1", "no-second"),
        ("desk", "one-person"),
        ("desk-4", "not-two-people"),
    ):
        with pytest.raises(ForbiddenError) as refusal:
            export(now, stated=2, second=Proven(second))
        assert refusal.value.code == code, second
    with pytest.raises(ForbiddenError, match="may not export"):
        export(now, stated=2, account="planner-1")
    assert EventKind.EXPORT_MADE not in {event.kind for event in state_now().events.values()}


def test_a_purpose_that_no_source_states_exports_nobody(lists: None, now: datetime) -> None:
    with pytest.raises(ForbiddenError, match="would hold 0"):
        people_export(
            persons=frozenset(persons_now()), stated=2, recipient="press-1", reach="authorities", purpose="publicity",
            passphrase=PASSPHRASE, account="desk", second=SECOND, now=now,
        )  # fmt: skip


def test_an_export_is_an_event_and_is_in_the_access_log_of_each_person(lists: None, now: datetime) -> None:
    made = export(now, stated=2)
    events = [event for event in state_now().events.values() if event.kind is EventKind.EXPORT_MADE]
    assert [event.body["export"] for event in events] == [made.export]
    assert events[0].body["people"] == 2
    testani = next(one for one in persons_now().values() if one.name == "Karim Testani")
    assert accesses_of(testani.id)[0][1] == "export people"


def test_the_file_opens_with_its_passphrase_alone(lists: None, now: datetime) -> None:
    sealed = export(now, stated=2).sealed
    assert b"Testani" not in sealed
    with pytest.raises(Exception, match="can't be opened"):
        open_archive(sealed, "another passphrase")
