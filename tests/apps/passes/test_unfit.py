"""Who can't travel keeps no seat and no pass; whoever was erased keeps a nameless row until a new version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.gate.selectors import verifier_now
from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.bookings import bookings_lines, legs_booked
from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.manifests import manifest_persons, manifest_read
from safepassage.apps.movement.models import ManifestRecord
from safepassage.apps.movement.services import plan_make
from safepassage.apps.outreach.services import call_record
from safepassage.apps.outreach.sheets import manifest_sheet
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.passes.orders import orders_due, orders_figures, passes_unfit
from safepassage.apps.passes.selectors import pass_by_id, passes_living
from safepassage.apps.passes.services import passes_issue_due, passes_settle, plan_enact
from safepassage.apps.policy.services import standings_apply
from safepassage.apps.registry.erasing import person_erase
from safepassage.core.ledger import EventKind
from safepassage.core.passes import verify_pass
from tests.make import EVERYONE, NOW, a_bus, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
LATER = NOW + timedelta(minutes=30)


def planned_again(now=LATER) -> None:
    plan_enact(plan_id=plan_make(account="planner-1", now=now).pk, account="planner-1", now=now)


def a_family():
    """The booking of the first family of several."""
    return next(line for line in bookings_lines() if len(line.persons) > 1)


def append(kind: EventKind, *persons: str, now=LATER, **body: object) -> None:
    event_append(kind=kind, body={"rows": tuple((one,) for one in persons), **body}, account="desk", now=now)


def code_of(made, now) -> str:
    point = pass_by_id(made.id).access_point
    return verify_pass(made.text, verifier=verifier_now([point], now=now), now=now, point=point).code.value


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (EventKind.PERSONS_DIED, {}),
        (EventKind.PERSONS_DETAINED, {}),
        (EventKind.PERSONS_MISSING, {}),
        (EventKind.PERSONS_DECLINED, {}),
        (EventKind.PERSONS_CLOSED, {"reason": "not-coming"}),
    ],
    ids=str,
)
def test_the_next_plan_frees_the_seat_of_who_cannot_travel_and_the_manifest_gets_a_new_version(tmp_path, kind, body):
    with_bookings(tmp_path)
    (leg,) = legs_booked()
    manifest_close(leg=leg, account="planner-1", now=NOW)
    made = {one.id: one for one in passes_issue_due(account="planner-1", now=NOW)}
    family = a_family()
    gone = family.persons[-1]
    append(kind, gone, **body)
    planned_again()
    assert gone not in a_family().persons
    assert sum(len(line.persons) for line in bookings_lines()) == len(EVERYONE) - 1
    assert list(ManifestRecord.objects.filter(leg=leg).order_by("version").values_list("heads", flat=True)) == [
        len(EVERYONE),
        len(EVERYONE) - 1,
    ]
    assert gone not in manifest_persons(leg, 2)[family.party]
    withdrawn = PassRecord.objects.exclude(revoked_at=None).get()
    assert (withdrawn.party, withdrawn.revoked_why) == (family.party, "plan-changed")
    assert code_of(made[withdrawn.id], withdrawn.window_start + timedelta(minutes=5)) == "revoked"


def test_who_had_boarded_keeps_the_place_they_took(tmp_path):
    with_bookings(tmp_path)
    family = a_family()
    rows = tuple((person, family.party) for person in family.persons)
    event_append(
        kind=EventKind.PERSONS_BOARDED, body={"leg": family.legs[0], "rows": rows}, account="desk", now=LATER
    )
    append(EventKind.PERSONS_DIED, family.persons[0], now=LATER + timedelta(minutes=1))
    planned_again(LATER + timedelta(minutes=2))
    assert set(a_family().persons) == set(family.persons)


def test_a_pass_is_refused_from_the_moment_on_at_which_nobody_on_it_can_travel(tmp_path):
    with_bookings(tmp_path)
    made = {one.id: one for one in passes_issue_due(account="planner-1", now=NOW)}
    family = a_family()
    held = passes_living().get(party=family.party)
    opens = held.window_start + timedelta(minutes=5)
    append(EventKind.PERSONS_DIED, family.persons[0])
    assert code_of(made[held.id], opens) == "valid"
    append(EventKind.PERSONS_DETAINED, *family.persons[1:])
    assert code_of(made[held.id], opens) == "revoked"
    assert passes_settle(account="desk", now=LATER) == (held.id,)
    assert pass_by_id(held.id).revoked_why == "not-travelling"
    assert passes_settle(account="desk", now=LATER) == ()


def test_a_family_that_declines_on_the_phone_holds_no_pass_any_more(tmp_path):
    with_bookings(tmp_path)
    passes_issue_due(account="planner-1", now=NOW)
    family = a_family()
    call_record(party=family.party, outcome="refused", account="desk", now=LATER)
    assert not passes_living().filter(party=family.party).exists()


def test_a_new_plan_withdraws_at_once_what_no_longer_fits(tmp_path):
    with_bookings(tmp_path)
    passes_issue_due(account="planner-1", now=NOW)
    a_bus(seats=3, departs=NOW + timedelta(hours=9), now=LATER)
    planned_again()
    assert not passes_living().exists()


def test_one_person_on_two_passes_after_a_merge_holds_the_used_one(tmp_path):
    with_bookings(tmp_path)
    passes_issue_due(account="planner-1", now=NOW)
    first, second = (line for line in bookings_lines() if len(line.persons) > 1)
    used = passes_living().get(party=second.party)
    body = {"point": used.access_point, "pass": used.id, "rows": ((second.persons[1], second.party),)}
    event_append(kind=EventKind.PERSONS_ADMITTED, body=body, account="desk", now=LATER)
    event_append(
        kind=EventKind.PERSONS_REDIRECTED,
        body={"rows": ((first.persons[0], second.persons[0]),)},
        account="desk",
        now=LATER,
    )
    assert passes_unfit() == {passes_living().get(party=first.party).id: "merged"}


def test_whoever_was_erased_keeps_a_row_without_a_name_until_the_next_plan_and_is_ordered_no_pass_again(tmp_path):
    with_bookings(tmp_path)
    (leg,) = legs_booked()
    manifest_close(leg=leg, account="planner-1", now=NOW)
    passes_issue_due(account="planner-1", now=NOW)
    gone = a_family().persons[-1]
    person_erase(person=gone, reason="withdrawn", account="dpo-1", now=LATER)
    sheet, people = manifest_sheet(manifest_read(leg, 1))
    assert len(sheet.rows) == manifest_read(leg, 1).heads == len(EVERYONE)
    assert [row.number for row in sheet.rows] == list(range(1, len(EVERYONE) + 1))
    (row,) = (row for row in sheet.rows if row.person == gone)
    assert (row.name, row.birth, row.document) == (f"erased {gone}", "", "")
    assert gone in people
    for parties in (None, [a_family().party]):
        passes_issue_due(account="planner-1", now=LATER, parties=parties)
        assert orders_due(now=LATER) == []
        assert orders_figures(now=LATER) == (0, 0)
    standings_apply(account="supervisor-1", now=LATER)
    planned_again()
    assert sum(len(line.persons) for line in bookings_lines()) == manifest_read(leg, 2).heads == len(EVERYONE) - 1
