"""One bad row of the record stops nothing: it is set aside with a reason, and the others add up as if it were not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import cbor2
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from safepassage.apps.ledger import checking, selectors, services
from safepassage.apps.ledger.models import EventRecord
from safepassage.core.ids import base32
from safepassage.core.ledger import Event, EventKind, fold, state_digest
from safepassage.core.ledger.rows import RowFault
from tests.apps.ledger.test_record import OPERATION, append, enrol, received
from tests.core.ledger.scribe import KARIM, LAILA, OMID, YUSUF, Scribe, minute

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
K = EventKind
sqlite_only = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="only SQLite lets a column hold what is none of its kind"
)


@pytest.fixture(autouse=True)
def site(settings, tmp_path) -> str:
    settings.HOME = tmp_path
    return services.site_found(operation=OPERATION)


def edit(position: int, **columns: object) -> None:
    """Edits a row behind the program's back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_eventrecord DISABLE TRIGGER ledger_events_stay")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS ledger_events_stay")
        named = ", ".join(f"{name} = %s" for name in columns)
        cursor.execute(
            f"UPDATE ledger_eventrecord SET {named} WHERE position = %s",
            [*columns.values(), position],
        )


def forget_state() -> None:
    """A new process: nothing is folded yet."""
    selectors._Kept.now, selectors._Kept.aside = (selectors._EMPTY, selectors.LedgerState()), ()
    selectors._Kept.past.clear()


def rows() -> list[EventRecord]:
    return list(EventRecord.objects.order_by("position"))


def state_of(events: list[Event]) -> str:
    return state_digest(fold(events))


def rewritten(position: int, change: Callable[[list], object]) -> None:
    """Writes other content into a row so that its own digest, id and link fit: only the signature does not."""
    record = EventRecord.objects.get(pk=position)
    before = EventRecord.objects.filter(position__lt=position).order_by("-position").first()
    parts = cbor2.loads(bytes(record.content))
    change(parts)
    content = cbor2.dumps(parts, canonical=True)
    digest = hashlib.sha256(content)
    chained = hashlib.sha256(bytes.fromhex(before.site_digest if before else "") + digest.digest())
    name = f"E-{base32(digest.digest(), 16)}"
    edit(position, content=content, digest=digest.hexdigest(), event=name, site_digest=chained.hexdigest())


def nonsense(position: int) -> None:
    edit(position, content=b"no event at all")


def cut_short(position: int) -> None:
    edit(position, content=bytes(EventRecord.objects.get(pk=position).content)[:-3])


def another_body(position: int) -> None:
    content = bytes(EventRecord.objects.get(pk=position).content)
    edit(position, content=content.replace(b"P-", b"Q-"))


def kind_of_tomorrow(position: int) -> None:
    rewritten(position, lambda parts: parts.__setitem__(1, "persons-teleported"))


def schema_of_tomorrow(position: int) -> None:
    rewritten(position, lambda parts: parts.__setitem__(0, 2))


def impossible_value(position: int) -> None:
    rewritten(position, lambda parts: parts[9].__setitem__("rows", [[7]]))


def impossible_time(position: int) -> None:
    rewritten(position, lambda parts: parts.__setitem__(6, [2**52, 0, parts[6][2]]))


def forged(position: int) -> None:
    rewritten(position, lambda parts: parts[9].__setitem__("rows", [[YUSUF]]))


def foreign_signature(position: int) -> None:
    edit(position, signature=bytes(64), digest="0" * 64)


DAMAGES = {
    nonsense: RowFault.EVENT_UNREADABLE,
    cut_short: RowFault.EVENT_UNREADABLE,
    another_body: RowFault.CONTENT_CHANGED,
    kind_of_tomorrow: RowFault.EVENT_UNKNOWN,
    schema_of_tomorrow: RowFault.EVENT_UNKNOWN,
    impossible_value: RowFault.BODY_REFUSED,
    impossible_time: RowFault.EVENT_UNREADABLE,
    forged: RowFault.BAD_SIGNATURE,
    foreign_signature: RowFault.CONTENT_CHANGED,
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_row_is_set_aside_with_its_reason_and_the_others_count(damage):
    append(KARIM, now=minute(1))
    bad = append(LAILA, now=minute(2))
    append(OMID, now=minute(3))
    good = [event for event in selectors.events_after() if event.id != bad.id]
    place = rows()[1].position
    damage(place)
    forget_state()
    state = selectors.state_now()
    assert sorted(state.people) == sorted([KARIM, OMID])
    assert state_digest(state) == state_of(good)
    (row,) = selectors.rows_set_aside()
    assert (row.position, row.fault) == (place, DAMAGES[damage])
    assert row.device == bad.device
    told = [problem for problem in checking.record_check() if problem.code == DAMAGES[damage]]
    assert len(told) == 1
    assert bad.device in told[0].where
    assert told[0].advice


@sqlite_only
@pytest.mark.parametrize(
    "column", [{"content": None}, {"content": "text"}, {"server_time": "2026-13-45 99:00:00"}, {"signature": 7}]
)
def test_a_row_that_the_database_itself_cannot_give_is_set_aside(column):
    append(KARIM, now=minute(1))
    append(LAILA, now=minute(2))
    append(OMID, now=minute(3))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = 1")
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'ledger_eventrecord'"
        )
        cursor.execute("PRAGMA writable_schema = RESET")
    edit(rows()[1].position, **column)
    forget_state()
    assert sorted(selectors.state_now().people) == sorted([KARIM, OMID])
    assert [row.fault for row in selectors.rows_set_aside()] == [RowFault.ROW_UNREADABLE]


def test_a_forged_row_at_the_end_of_the_record_is_found_too():
    append(KARIM, now=minute(1))
    append(LAILA, now=minute(2))
    forged(rows()[1].position)
    forget_state()
    assert sorted(selectors.state_now().people) == [KARIM]
    assert [row.fault for row in selectors.rows_set_aside()] == [RowFault.BAD_SIGNATURE]


def test_an_edited_column_beside_a_signed_event_costs_nobody_their_event():
    append(KARIM, now=minute(1))
    append(LAILA, now=minute(2))
    append(OMID, now=minute(3))
    edit(rows()[1].position, site_digest="f" * 64, device="phone-9")
    forget_state()
    assert sorted(selectors.state_now().people) == sorted([KARIM, LAILA, OMID])
    assert not selectors.rows_set_aside()
    assert {problem.code for problem in checking.record_check()} == {"site-chain-broken"}


def test_what_comes_after_a_damaged_row_is_taken_in_as_ever():
    phone = Scribe("phone-1")
    enrol(phone)
    append(KARIM, now=minute(1))
    append(LAILA, now=minute(2))
    nonsense(rows()[-1].position)
    forget_state()
    one = phone.at(10).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate")
    (receipt,) = received(one, now=minute(12))
    assert receipt.outcome == "stored"
    append(OMID, now=minute(13))
    assert sorted(selectors.state_now().people) == sorted([KARIM, OMID])
    assert len(selectors.rows_set_aside()) == 1
    assert one in selectors.events_of_kind(K.PERSONS_ADMITTED)


def test_a_damaged_enrolment_does_not_take_the_devices_events_away():
    phone = Scribe("phone-1")
    enrol(phone)
    received(phone.at(1).seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate"), now=minute(3))
    nonsense(rows()[0].position)
    forget_state()
    assert KARIM in selectors.state_now().people
    assert [row.fault for row in selectors.rows_set_aside()] == [RowFault.EVENT_UNREADABLE]


@dataclass
class Rollback:
    """Undoes one example, the key folder apart."""

    point: str

    @staticmethod
    def here() -> Rollback:
        return Rollback(transaction.savepoint())

    def undo(self) -> None:
        transaction.savepoint_rollback(self.point)
        forget_state()


@profile(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_good_events_and_any_number_of_damaged_ones_give_the_good_state(site, data):
    """The enrolment of the phone apart, without which nobody can vouch for what it signed."""
    start = Rollback.here()
    try:
        phone = Scribe("phone-1")
        enrol(phone)
        for number in range(data.draw(st.integers(1, 6), "good and bad")):
            who = data.draw(st.sampled_from([KARIM, LAILA, OMID, YUSUF]))
            if data.draw(st.booleans()):
                append(who, now=minute(number))
            else:
                one = phone.at(number + 1).seen(K.PERSONS_ADMITTED, who, point="abbey-gate")
                received(one, now=minute(number + 2))
        stored = rows()
        every = list(selectors.events_after())
        bad = data.draw(st.lists(st.sampled_from(range(1, len(stored))), unique=True), "rows damaged")
        for place in bad:
            damage = data.draw(st.sampled_from([nonsense, cut_short, kind_of_tomorrow, schema_of_tomorrow]))
            damage(stored[place].position)
        forget_state()
        good = [event for place, event in enumerate(every) if place not in bad]
        assert state_digest(selectors.state_now()) == state_of(good)
        assert {row.position for row in selectors.rows_set_aside()} == {stored[place].position for place in bad}
        assert state_digest(fold(selectors.state_now().events.values())) == state_of(good)
    finally:
        start.undo()


@profile(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(garbage=st.binary(max_size=80) | st.none(), cut=st.integers(0, 400), place=st.integers(0, 2))
def test_whatever_bytes_stand_in_a_row_the_others_count(site, garbage, cut, place):
    start = Rollback.here()
    try:
        for number, who in enumerate((KARIM, LAILA, OMID)):
            append(who, now=minute(number))
        position = rows()[place].position
        content = bytearray(rows()[place].content)
        content[cut % len(content)] ^= 1 + cut % 255
        edit(position, content=bytes(content) if garbage is None else garbage)
        forget_state()
        expected = [who for number, who in enumerate((KARIM, LAILA, OMID)) if number != place]
        assert sorted(selectors.state_now().people) == sorted(expected)
        assert [row.position for row in selectors.rows_set_aside()] == [position]
    finally:
        start.undo()
