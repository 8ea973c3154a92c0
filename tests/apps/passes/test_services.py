"""Passes: one living pass a party, codes told once and kept nowhere, withdrawn when something better comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from safepassage.apps.gate.selectors import verifier_now
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.bookings import bookings_lines
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.services import plan_make
from safepassage.apps.passes.keyring import key_folder, keyring_open, keys_make
from safepassage.apps.passes.models import IssuingKey, PassRecord
from safepassage.apps.passes.orders import PRINT_LOST_AFTER, orders_due, orders_figures
from safepassage.apps.passes.selectors import pass_by_id, passes_living, passes_of, passes_unprinted, revocations_now
from safepassage.apps.passes.services import (
    passes_issue,
    passes_issue_due,
    passes_issue_kept,
    passes_print_given,
    passes_revoke,
)
from safepassage.core.errors import ConflictError, NotFoundError, ProblemsError
from safepassage.core.ledger import EventKind
from safepassage.core.passes import verify_pass
from tests.make import EVERYONE, NOW, a_bus, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def issue(now=NOW, parties=None):
    return passes_issue(orders=orders_due(now=now, parties=parties), account="planner-1", now=now)


def events(kind: EventKind):
    return [event for event in events_after() if event.kind is kind]


def verdict_on(issued, now):
    point = pass_by_id(issued.id).access_point
    return verify_pass(issued.text, verifier=verifier_now([point], now=now), now=now, point=point)


def test_every_booked_party_gets_one_pass_for_all_its_people(tmp_path):
    with_bookings(tmp_path)
    issued = issue()
    assert sorted(one.content.heads for one in issued) == [1, 3, 3]
    assert {record.party for record in passes_living()} == {line.party for line in bookings_lines()}
    (event,) = events(EventKind.PASSES_ISSUED)
    assert len(event.body["rows"]) == 3
    assert IssuingKey.objects.count() == 1


def test_whoever_has_a_pass_is_not_due_another(tmp_path):
    with_bookings(tmp_path)
    issue()
    count = len(list(events_after()))
    assert orders_due(now=NOW) == []
    assert issue() == ()
    assert len(list(events_after())) == count


def test_nobody_is_due_a_pass_whose_window_is_over(tmp_path):
    with_bookings(tmp_path)
    assert orders_due(now=NOW + timedelta(days=3)) == []


def test_a_pass_that_was_just_issued_is_valid_at_its_point_in_its_window(tmp_path):
    with_bookings(tmp_path)
    (one, *_) = issue()
    assert verdict_on(one, one.content.window_start + timedelta(minutes=5)).level.value == "valid"


def test_a_pass_issued_again_revokes_the_old_one(tmp_path):
    with_bookings(tmp_path)
    old = next(one for one in issue() if one.content.heads == 1)
    party = pass_by_id(old.id).party
    (new,) = issue(parties=[party])
    assert new.id != old.id
    assert passes_of([party])[party].pk == new.id
    assert pass_by_id(old.id).revoked_why == "re-issued"
    moment = old.content.window_start + timedelta(minutes=5)
    assert verdict_on(old, moment).code.value == "revoked"
    assert verdict_on(new, moment).level.value == "valid"
    assert [event.body["rows"] for event in events(EventKind.PASSES_REVOKED)] == [((old.id,),)]


def test_a_pass_withdrawn_is_on_the_list_of_revocations_and_its_party_is_due_again(tmp_path):
    with_bookings(tmp_path)
    issued = issue()
    party = pass_by_id(issued[0].id).party
    assert passes_revoke(parties=[party], why="lost", account="planner-1", now=NOW) == (issued[0].id,)
    assert passes_revoke(parties=[party], why="lost", account="planner-1", now=NOW) == ()
    assert [one.pass_id for one in revocations_now(NOW).passes] == [issued[0].id]
    assert [one.order.party for one in orders_due(now=NOW)] == [party]


def test_a_reason_that_is_no_code_is_refused_and_nothing_is_withdrawn(tmp_path):
    with_bookings(tmp_path)
    issued = issue()
    party = pass_by_id(issued[0].id).party
    with pytest.raises(ProblemsError):
        passes_revoke(parties=[party], why="Karim lost it on the way", account="planner-1", now=NOW)
    assert passes_living().count() == 3


def test_a_moved_booking_is_due_a_new_pass(tmp_path):
    with_bookings(tmp_path)
    issue()
    later = NOW + timedelta(hours=1)
    a_bus(departs=NOW + timedelta(hours=9))
    plan_publish(plan_id=plan_make(account="planner-1", now=later).pk, account="planner-1", now=later)
    assert len(orders_due(now=later)) == 3
    assert len(issue(later)) == 3
    assert (passes_living().count(), PassRecord.objects.count()) == (3, 6)


def test_the_codes_that_are_learnt_by_heart_are_nowhere_in_the_store(tmp_path):
    with_bookings(tmp_path)
    issued = issue()
    codes = [code for one in issued for code in (one.recognition_code, one.watched_code)]
    assert len(set(codes)) == 6
    stored = []
    for model in apps.get_models():
        for row in model.objects.values_list():
            stored += [bytes(value) if isinstance(value, memoryview | bytes) else str(value) for value in row]
    text = "\n".join(one for one in stored if isinstance(one, str)).lower()
    content = b"\n".join(one for one in stored if isinstance(one, bytes)).lower()
    for code in codes:
        for written in (code.lower(), code.lower().replace("-", ""), code.lower().replace("-", " ")):
            assert written not in text
            assert written.encode() not in content
    assert issued[0].text.lower() in text, "the search would find them"


def test_a_pass_names_nobody_and_the_ledger_holds_ids_alone(tmp_path):
    with_bookings(tmp_path)
    issued = issue()
    for name in (row[1] for row in EVERYONE):
        assert all(name not in one.text for one in issued)
        assert all(name not in repr(event.body) for event in events_after())


def test_keys_are_never_overwritten_and_a_missing_one_says_what_to_do():
    with pytest.raises(ConflictError):
        keys_make()
    path = key_folder() / "pass.secret"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"half")
    with pytest.raises(NotFoundError, match="backup"):
        keyring_open()


def test_there_is_no_pass_that_was_never_issued():
    with pytest.raises(NotFoundError):
        pass_by_id("X-NONE")


def test_two_who_ask_at_once_for_everyone_due_do_not_withdraw_each_others_prints(tmp_path):
    with_bookings(tmp_path)
    first = passes_issue_due(account="planner-1", now=NOW)
    assert first
    assert passes_issue_due(account="planner-2", now=NOW) == ()
    assert set(passes_living().values_list("id", flat=True)) == {one.id for one in first}


def kept(_made) -> None:
    """The print is on disk."""


def test_nothing_is_issued_whose_print_can_t_be_kept(tmp_path):
    with_bookings(tmp_path)

    def full(_made):
        raise OSError("no space left")

    before = len(list(events_after()))
    with pytest.raises(OSError, match="no space"):
        passes_issue_kept(keep=full, account="planner-1", now=NOW)
    assert not passes_living().exists()
    assert len(list(events_after())) == before


def test_passes_whose_print_nobody_was_given_are_due_again_once_it_is_gone(tmp_path):
    with_bookings(tmp_path)
    first = passes_issue_kept(keep=kept, account="planner-1", now=NOW)
    waits, gone = NOW + timedelta(minutes=90), NOW + PRINT_LOST_AFTER
    assert orders_due(now=waits) == [], "the print still waits for whoever asked"
    assert orders_figures(now=gone)[0] == len(first)
    again = passes_issue_kept(keep=kept, account="planner-2", now=gone)
    assert {one.id for one in again} == set(passes_living().values_list("id", flat=True))
    assert passes_print_given(passes=[one.id for one in again], now=gone) == len(first)
    assert orders_due(now=gone + PRINT_LOST_AFTER) == []


def test_a_pass_that_somebody_was_admitted_with_is_on_paper_whatever_is_noted(tmp_path):
    with_bookings(tmp_path)
    used, *others = passes_issue_kept(keep=kept, account="planner-1", now=NOW)
    record = pass_by_id(used.id)
    body = {"point": record.access_point, "pass": used.id, "rows": ((record.persons[0], record.party),)}
    event_append(kind=EventKind.PERSONS_ADMITTED, body=body, now=NOW)
    assert len(orders_due(now=NOW + PRINT_LOST_AFTER)) == len(others)


def test_a_printing_that_was_cut_off_says_whose_passes_it_held(tmp_path):
    with_bookings(tmp_path)
    issued = passes_issue_kept(keep=kept, account="planner-1", now=NOW)
    lost = list(passes_unprinted(since=NOW, until=NOW))
    assert [one.party for one in lost] == sorted(line.party for line in bookings_lines())
    assert not passes_unprinted(since=NOW, until=NOW, by="planner-2").exists()
    later = NOW + timedelta(minutes=1)
    passes_issue_kept(keep=kept, anew=[lost[0].party], account="planner-1", now=later)
    assert list(passes_unprinted(since=NOW, until=NOW)) == lost[1:]
    passes_print_given(passes=[one.id for one in issued], now=NOW)
    assert not passes_unprinted(since=NOW, until=NOW).exists()


def test_whoever_loses_their_place_loses_their_pass_when_passes_are_issued_next(tmp_path):
    with_bookings(tmp_path)
    issued = passes_issue_due(account="planner-1", now=NOW)
    later = NOW + timedelta(hours=1)
    a_bus(seats=3, departs=NOW + timedelta(hours=9), now=later)
    plan_publish(plan_id=plan_make(account="planner-1", now=later).pk, account="planner-1", now=later)
    booked = {line.party for line in bookings_lines()}
    assert booked
    assert len(booked) < len(issued)
    passes_issue_due(account="planner-1", now=later)
    assert {record.party for record in passes_living()} == booked
