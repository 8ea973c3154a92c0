"""Slips of paper keyed in by two people count once, under their printed number, and only where both typed alike."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.keyed import slips_key_in
from safepassage.apps.gate.models import WalkIn
from safepassage.apps.ledger.selectors import events_of_kind, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.cli import app, two_people
from safepassage.core.errors import ForbiddenError, ProblemsError
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.ledger.clock import to_milliseconds
from tests.core.intake.test_keyed import SLIP, typed
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
WORDS = "four invented words here"


@pytest.fixture(autouse=True)
def two(operation):
    an_officer("desk", password=WORDS)
    an_officer("desk-2", password=f"{WORDS} too")


@pytest.fixture
def slip(now) -> dict[str, str]:
    return SLIP | {"at": (now - timedelta(hours=3)).isoformat(timespec="seconds")}


def keyed(first: str, second: str, now, *, by: str = "desk-2"):
    return slips_key_in(first_text=first, second_text=second, first="desk", second=by, now=now)


def test_a_slip_typed_alike_counts_once_under_its_number_and_at_its_hour(slip, now):
    assert keyed(typed(slip), typed(slip), now).counted == ("w-0001",)
    again = keyed(typed(slip), typed(slip), now)
    assert (again.counted, again.before) == ((), ("w-0001",))
    row = WalkIn.objects.get()
    assert (row.slip, row.heads) == ("w-0001", {"adult-f": 1, "child-m": 2})
    (event,) = events_of_kind(EventKind.WALK_INS)
    assert event.occurred == to_milliseconds((now - timedelta(hours=3)).replace(microsecond=0))
    assert [person.stage for person in state_now().people.values()] == [Stage.ADMITTED] * 3


@pytest.mark.parametrize("number", ["w-7-001", "made-up"])
def test_a_slip_that_no_pack_printed_counts_nothing(slip, now, number):
    with pytest.raises(ProblemsError, match="printed"):
        keyed(typed(slip | {"slip": number}), typed(slip | {"slip": number}), now)
    assert not WalkIn.objects.exists()


def test_what_differs_counts_nothing_until_it_is_settled(slip, now):
    found = keyed(typed(slip), typed(slip | {"m-child": "3"}), now)
    assert (found.counted, [one.fields for one in found.differing]) == ((), [(("m-child", "2", "3"),)])
    assert not WalkIn.objects.exists()
    assert not state_now().people
    assert keyed(typed(slip), typed(slip), now).counted == ("w-0001",)


def test_children_alone_are_not_admitted_by_a_slip(slip, now):
    alone = slip | {"f-adult": ""}
    keyed(typed(alone), typed(alone), now)
    assert {person.stage for person in state_now().people.values()} == {Stage.AT_ACCESS_POINT}


def test_one_person_is_not_two_and_the_clerk_may_not(slip, now):
    an_officer("clerk-1", Role.INTAKE_CLERK)
    for by in ("desk", "clerk-1", "nobody"):
        with pytest.raises(ForbiddenError):
            keyed(typed(slip), typed(slip), now, by=by)
    assert not WalkIn.objects.exists()


def test_a_slip_of_tomorrow_is_refused_with_all_of_its_file(slip, now):
    late = slip | {"slip": "w-0002", "at": (now + timedelta(days=1)).isoformat(timespec="seconds")}
    with pytest.raises(ProblemsError):
        keyed(typed(slip, late), typed(slip, late), now)
    assert not WalkIn.objects.exists()


def test_the_command_takes_two_files_and_two_passwords(slip, tmp_path, monkeypatch):
    monkeypatch.setattr("safepassage.cli.keyed.open_store", lambda _home: None)
    for name, text in (("a.csv", typed(slip)), ("b.csv", typed(slip | {"f-adult": "2"}))):
        (tmp_path / name).write_text(text)
    words = ["gate", "key-in", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--second", "desk-2", "--json"]
    assert CliRunner().invoke(app, words).exit_code != 0  # nobody is proven
    for name, secret in (("OWN_FILE", WORDS), ("SECOND_FILE", f"{WORDS} too")):
        (tmp_path / name).write_text(secret)
        monkeypatch.setenv(getattr(two_people, name), str(tmp_path / name))
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout) == {"counted": [], "before": [], "differing": [["w-0001", "f-adult", "1", "2"]]}
    assert "Look at these slips together" in CliRunner().invoke(app, words[:-1]).stdout
    assert not WalkIn.objects.exists()


def test_a_slip_that_was_annulled_counts_when_it_is_keyed_in_again(slip, now):
    keyed(typed(slip), typed(slip), now)
    for kind in (EventKind.PERSONS_ADMITTED, EventKind.WALK_INS):
        for event in events_of_kind(kind):
            event_append(kind=EventKind.ANNULLED, body={"event": event.id, "reason": "keyed-in-wrongly"}, now=now)
    assert not state_now().people
    assert keyed(typed(slip), typed(slip), now).counted == ("w-0001",)
    assert [person.stage for person in state_now().people.values()] == [Stage.ADMITTED] * 3
