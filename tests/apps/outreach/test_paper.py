"""A shift on paper: printed in one pack, typed by two people, counted once under the printed numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.effects import events_heed
from safepassage.apps.gate.models import PackPrinted, Tally, WalkIn
from safepassage.apps.ledger.selectors import events_of_kind, state_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.loads import legs_load
from safepassage.apps.movement.manifests import manifest_persons
from safepassage.apps.outreach.models import KeyedEntry
from safepassage.apps.outreach.packs import pack_print
from safepassage.apps.outreach.paper import fields_typed, sheet_key_in, sheets_counted, sheets_waiting
from safepassage.apps.outreach.sheets import slips_make
from safepassage.apps.passes.models import PassRecord
from safepassage.core.errors import ForbiddenError, NotFoundError, ProblemsError
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.ledger.clock import to_milliseconds
from tests.apps.gate.scene import GATE, PERSONS, family_with_pass
from tests.make import NOW, an_officer, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
HOUR = timedelta(hours=1)
WORDS = "four invented words here"


@pytest.fixture(autouse=True)
def two(operation):
    an_officer("desk", password=WORDS)
    an_officer("desk-2", password=f"{WORDS} too")


@pytest.fixture(autouse=True)
def pack(two, now) -> int:
    """Pack 1: ten slips and ten quarter hours of the north gate."""
    return pack_print(point=GATE, legs=(), slips=10, tallies=10, account="desk", now=now - HOUR)[0]


def key_in(kind: str, number: str, now, *, by: str = "desk", hours: int = 1, **typed: str):
    fields = {"at": (now - hours * HOUR).isoformat(), **typed}
    return sheet_key_in(kind=kind, number=number, typed=fields, account=by, now=now)


def both(kind: str, number: str, now, **typed: str):
    key_in(kind, number, now, **typed)
    return key_in(kind, number, now, by="desk-2", **typed)


def stages() -> set[Stage]:
    return {person.stage for person in state_now().people.values()}


def test_a_quarter_hour_counts_once_two_people_typed_it_alike(now) -> None:
    typed = {"point": GATE, "level": "dense", "heads": "250"}
    first = key_in("tally", "t-1-001", now, **typed)
    assert (first.is_counted, Tally.objects.count()) == (False, 0)
    assert key_in("tally", "t-1-001", now, by="desk-2", **typed).is_counted
    assert Tally.objects.get().heads == 250
    assert both("tally", "T-1-001", now, **typed).is_counted
    assert len(events_of_kind(EventKind.PRESSURE_TALLIED)) == 1


def test_what_differs_is_shown_to_both_and_counts_nothing_until_it_is_equal(now) -> None:
    typed = {"point": GATE, "level": "dense", "heads": "250"}
    key_in("tally", "t-1-001", now, **typed)
    (waiting,) = sheets_waiting("desk-2")
    assert (waiting.typed_by, waiting.differing) == (("desk",), ())
    assert fields_typed(kind="tally", number="t-1-001", account="desk-2") == {}
    found = key_in("tally", "t-1-001", now, by="desk-2", **typed | {"heads": "350"})
    assert found.differing == (("heads", "250", "350"),)
    assert sheets_waiting("desk")[0].differing == (("heads", "350", "250"),)
    assert not Tally.objects.exists()
    assert key_in("tally", "t-1-001", now, **typed | {"heads": "350"}).is_counted
    assert Tally.objects.get().heads == 350
    assert [one.number for one in sheets_counted()] == ["t-1-001"]


def test_a_sheet_whose_event_was_annulled_is_typed_anew_by_both(now) -> None:
    typed = {"point": GATE, "level": "dense", "heads": "250"}
    both("tally", "t-1-001", now, **typed)
    (event,) = events_of_kind(EventKind.PRESSURE_TALLIED)
    body = {"event": event.id, "reason": "mistake"}
    events_heed(stored=[event_append(kind=EventKind.ANNULLED, body=body, account="desk", now=now).id])
    assert not key_in("tally", "t-1-001", now, **typed | {"heads": "300"}).is_counted
    assert key_in("tally", "t-1-001", now, by="desk-2", **typed | {"heads": "300"}).is_counted
    assert Tally.objects.get().heads == 300


def test_a_sheet_that_counts_says_so_with_who_typed_it_and_what_differs_and_writes_nothing(now) -> None:
    typed = {"point": GATE, "level": "dense", "heads": "50"}
    an_officer("desk-3", password=f"{WORDS} three")
    key_in("tally", "t-1-001", now - HOUR, by="desk-3", hours=0, **typed | {"heads": "5"})
    both("tally", "t-1-001", now, **typed)
    found = key_in("tally", "t-1-001", now, **typed | {"heads": "9999"})
    assert (found.is_before, found.typed_by, found.differing) == (
        True,
        ("desk", "desk-2"),
        (("heads", "50", "9999"),),
    )
    same = key_in("tally", "t-1-001", now, by="desk-3", **typed)
    assert (same.is_before, same.differing) == (True, ())
    assert len(events_of_kind(EventKind.PRESSURE_TALLIED)) == 1
    assert Tally.objects.get().heads == 50


def test_a_slip_whose_events_were_annulled_counts_again_with_what_both_typed_then(now) -> None:
    typed = {"point": GATE, "evidence": "visa", "outcome": "admitted"}
    both("walk-in", "w-1-001", now, **typed | {"m-adult": "2"})
    wrong = [one.id for kind in (EventKind.PERSONS_ADMITTED, EventKind.WALK_INS) for one in events_of_kind(kind)]
    for event in wrong:
        body = {"event": event, "reason": "mistake"}
        events_heed(stored=[event_append(kind=EventKind.ANNULLED, body=body, account="desk", now=now).id])
    assert not key_in("walk-in", "w-1-001", now, **typed | {"m-adult": "5"}).is_counted
    found = key_in("walk-in", "w-1-001", now, by="desk-2", **typed | {"m-adult": "5"})
    assert (found.is_counted, found.is_before) == (True, False)
    (event,) = events_of_kind(EventKind.WALK_INS)
    assert len(event.rows) == 5


def test_a_slip_that_counts_by_another_way_is_refused_and_not_said_to_count(now) -> None:
    typed = {"point": GATE, "evidence": "visa", "outcome": "admitted", "m-adult": "2"}
    both("walk-in", "w-1-001", now, **typed)
    KeyedEntry.objects.all().delete()
    key_in("walk-in", "w-1-001", now, **typed)
    with pytest.raises(ProblemsError, match="counts already"):
        key_in("walk-in", "w-1-001", now, by="desk-2", **typed)
    assert not sheets_counted()


def test_one_person_is_not_two(now) -> None:
    typed = {"point": GATE, "level": "calm", "heads": ""}
    assert not both("tally", "t-1-001", now, **typed | {}).differing
    an_officer("third", by="desk", password=None)
    key_in("tally", "t-1-002", now, **typed)
    key_in("tally", "t-1-002", now, **typed)
    assert len(events_of_kind(EventKind.PRESSURE_TALLIED)) == 1
    an_officer("clerk-1", Role.INTAKE_CLERK)
    with pytest.raises(ForbiddenError):
        key_in("tally", "t-1-002", now, by="clerk-1", **typed)


def test_a_slip_of_a_pack_is_a_walk_in_under_its_number(now) -> None:
    typed = {"point": GATE, "evidence": "visa", "outcome": "admitted", "f-adult": "1", "m-child": "2"}
    assert both("walk-in", "w-1-007", now, **typed).is_counted
    assert WalkIn.objects.get().slip == "w-1-007"
    assert stages() == {Stage.ADMITTED}


def test_a_whole_party_is_admitted_by_its_code_at_the_hour_on_the_list(operation, now) -> None:
    made = family_with_pass(operation, now)
    assert both("pass", made.short_code, now, point=GATE, outcome="admitted", heads="3").is_counted
    (event,) = events_of_kind(EventKind.PERSONS_ADMITTED)
    assert event.code("pass") == made.id
    assert [row[0] for row in event.rows] == list(PERSONS)
    assert event.occurred == to_milliseconds((now - HOUR).replace(second=0, microsecond=0))


def test_part_of_a_party_is_refused_by_number_and_referred_it_moves_nobody(operation, now) -> None:
    made = family_with_pass(operation, now)
    key_in("pass", made.short_code, now, point=GATE, outcome="admitted", heads="2")
    with pytest.raises(ProblemsError):
        key_in("pass", made.short_code, now, by="desk-2", point=GATE, outcome="admitted", heads="2")
    assert both("pass", made.short_code, now, point=GATE, outcome="referred", heads="2").is_counted
    assert not events_of_kind(EventKind.PERSONS_ADMITTED)
    assert len(events_of_kind(EventKind.ENCOUNTER)) == 1
    with pytest.raises(NotFoundError):
        both("pass", "0000-0000-00000", now, point=GATE, outcome="admitted", heads="3")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("tally", "t-1-011"),
        ("tally", "t-1-000"),
        ("tally", "t-2-001"),
        ("tally", "t-0-001"),
        ("walk-in", "w-1-011"),
        ("walk-in", "w-2-001"),
        ("walk-in", "made-up-7"),
    ],
)
def test_a_number_that_was_never_printed_counts_nothing(kind, number, now) -> None:
    typed = {"point": GATE, "level": "calm", "evidence": "visa", "outcome": "admitted", "m-adult": "1"}
    with pytest.raises((ProblemsError, ForbiddenError), match="printed"):
        key_in(kind, number, now, **typed)
    assert not KeyedEntry.objects.exists()


def test_a_sheet_counts_at_the_point_of_its_pack_alone(now) -> None:
    with pytest.raises(ProblemsError, match=GATE):
        key_in("tally", "t-1-001", now, point="south-gate", level="calm", heads="")
    slip = {"point": "south-gate", "evidence": "visa", "outcome": "admitted", "m-adult": "1"}
    with pytest.raises(ProblemsError, match=GATE):
        key_in("walk-in", "w-1-001", now, **slip)
    assert not key_in("walk-in", "w-0001", now, **slip).is_counted, "a blank slip belongs to no pack"


def test_of_a_pack_that_the_ledger_alone_knows_any_number_that_it_can_hold_counts(now) -> None:
    PackPrinted.objects.all().delete()
    assert both("tally", "t-1-096", now, point=GATE, level="calm", heads="").is_counted
    with pytest.raises(ProblemsError, match="printed"):
        key_in("tally", "t-1-097", now, point=GATE, level="calm", heads="")


def test_a_pass_of_another_point_or_withdrawn_before_admits_nobody_withdrawn_after_it_does(operation, now) -> None:
    made = family_with_pass(operation, now)
    typed = {"outcome": "admitted", "heads": "3"}
    with pytest.raises(ProblemsError, match=GATE):
        both("pass", made.short_code, now, point="south-gate", **typed)
    PassRecord.objects.update(revoked_at=now - 2 * HOUR)
    KeyedEntry.objects.all().delete()
    with pytest.raises(ProblemsError, match="withdrawn"):
        both("pass", made.short_code, now, point=GATE, **typed)
    assert not events_of_kind(EventKind.PERSONS_ADMITTED)
    PassRecord.objects.update(revoked_at=now)
    KeyedEntry.objects.all().delete()
    assert both("pass", made.short_code, now, point=GATE, **typed).is_counted


def test_a_sheet_of_tomorrow_counts_nothing(now) -> None:
    with pytest.raises(ProblemsError):
        both("tally", "t-1-001", now, hours=-2, point=GATE, level="calm", heads="")
    assert not Tally.objects.exists()


@pytest.fixture
def bus(tmp_path) -> str:
    with_bookings(tmp_path)
    (leg,) = {load.leg for load in legs_load() if load.booked}
    manifest_close(leg=leg, account="desk", now=NOW)
    return leg


def test_a_boarding_list_puts_whole_parties_aboard_and_names_lines_in_part(bus) -> None:
    aboard = manifest_persons(bus, 1)
    many = len(aboard)
    assert many >= 2
    lines = " ".join(str(line) for line in range(2, many + 1))
    heads = str(sum(map(len, aboard.values())) - 1)
    later = NOW + 2 * HOUR
    found = both("manifest", f"{bus}:v1", later, heads=heads, owner="bus-1", aboard=lines, part="1")
    assert (found.is_counted, found.note) == (True, "1")
    boarded = [
        event
        for kind in (EventKind.PERSONS_SET_OUT, EventKind.PERSONS_BOARDED)
        for event in events_of_kind(kind)
        if event.code("leg") == bus
    ]
    assert len(boarded) == 1
    assert len({row[1] for row in boarded[0].rows}) == many - 1
    (counted,) = events_of_kind(EventKind.HEADS_COUNTED)
    assert (counted.number("count"), counted.code("method"), counted.code("owner")) == (
        int(heads),
        "at-departure",
        "bus-1",
    )


@pytest.mark.parametrize("change", [{"aboard": "99"}, {"heads": "0"}])
def test_lines_that_are_not_on_the_list_and_too_few_heads_are_refused(bus, change) -> None:
    typed = {"heads": "50", "owner": "bus-1", "aboard": "all", "part": ""} | change
    with pytest.raises(ProblemsError):
        both("manifest", f"{bus}:v1", NOW + 2 * HOUR, **typed)
    assert not events_of_kind(EventKind.HEADS_COUNTED)


def test_a_pack_is_one_pdf_with_a_number_of_its_own_and_an_export(operation, now) -> None:
    family_with_pass(operation, now)
    number, content = pack_print(point=GATE, legs=(), slips=7, tallies=8, account="desk", now=now)
    assert (number, content[:5]) == (2, b"%PDF-")
    assert pack_print(point=GATE, legs=(), slips=1, tallies=0, account="desk", now=now)[0] == 3
    _, first, *_ = events_of_kind(EventKind.EXPORT_MADE)
    assert (first.code("what"), first.number("people")) == ("paper-pack", 3)
    for language in ("fa-af", "ps"):
        _, told = pack_print(point=GATE, legs=(), slips=1, tallies=1, account="desk", now=now, language=language)
        assert told.startswith(b"%PDF-")
        assert slips_make(first=1, how_many=1, language=language).startswith(b"%PDF-")
    with pytest.raises(ForbiddenError, match="language"):
        pack_print(point=GATE, legs=(), slips=1, tallies=1, account="desk", now=now, language="fr")
    with pytest.raises(ForbiddenError, match="language"):
        slips_make(first=1, how_many=1, language="fr")
    with pytest.raises(ForbiddenError):
        pack_print(point=GATE, legs=(), slips=501, tallies=0, account="desk", now=now)
    with pytest.raises(NotFoundError):
        pack_print(point="", legs=("no-such-bus",), slips=0, tallies=0, account="desk", now=now)


def test_a_pack_of_a_bus_holds_its_newest_boarding_list(bus) -> None:
    _, content = pack_print(point="", legs=(bus,), slips=0, tallies=0, account="desk", now=NOW)
    assert content.startswith(b"%PDF-")
