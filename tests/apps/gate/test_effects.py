"""What devices' events mean beside the ledger, and what a bundle says of documents and of held routes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.gate.models import Tally, WalkIn
from safepassage.apps.gate.offline import HELD_AT_MOST
from safepassage.apps.ledger.selectors import state_now
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind, Stage
from tests.apps.gate.scene import GATE, family_with_pass, item, joined

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
ROWS = ((derived_id("P", "one"), "f", "adult"), (derived_id("P", "two"), "m", "child"))


def test_a_walk_in_counts_at_once_and_its_slip_waits_for_registration(operation, now) -> None:
    phone = joined(operation, now)
    event = phone.write(EventKind.WALK_INS, now, point=GATE, slip="w-r9tx-001", category="citizen", rows=ROWS)
    phone.post("encounters", {"items": [item(event), item(event)]})
    slip = WalkIn.objects.get()
    assert (slip.slip, slip.event, slip.heads) == ("w-r9tx-001", event.id, {"adult-f": 1, "child-m": 1})
    assert {state_now().people[row[0]].stage for row in ROWS} == {Stage.AT_ACCESS_POINT}
    phone.post(
        "encounters", {"items": [item(phone.write(EventKind.ANNULLED, now, event=event.id, reason="mistake"))]}
    )
    assert not WalkIn.objects.exists()


def test_the_same_slip_written_twice_keeps_both(operation, now) -> None:
    phone = joined(operation, now)
    events = [
        phone.write(
            EventKind.WALK_INS, now, point=GATE, slip="band-12", rows=((derived_id("P", name), "f", "adult"),)
        )
        for name in ("one", "two")
    ]
    phone.post("encounters", {"items": [item(event) for event in events]})
    assert WalkIn.objects.count() == 2


def test_a_tally_reaches_the_board_under_the_quarter_in_which_it_was_made(operation, now) -> None:
    phone = joined(operation, now)
    made = now - timedelta(hours=1)
    for level, more in (("dense", {"count": 500}), ("dangerous", {})):
        event = phone.write(EventKind.PRESSURE_TALLIED, made, point=GATE, level=level, **more)
        phone.post("encounters", {"items": [item(event)]})
    tally = Tally.objects.get()
    quarter = made.replace(minute=made.minute - made.minute % 15, second=0)
    assert (tally.level, tally.heads, tally.quarter) == ("dangerous", None, quarter)


def test_a_tally_that_was_undone_is_off_the_board_and_the_one_before_holds_again(operation, now) -> None:
    phone = joined(operation, now)

    def send(kind: EventKind, **body):
        event = phone.write(kind, now, **body)
        phone.post("encounters", {"items": [item(event)]})
        return event

    first = send(EventKind.PRESSURE_TALLIED, point=GATE, level="dense", count=500)
    second = send(EventKind.PRESSURE_TALLIED, point=GATE, level="dangerous")
    assert Tally.objects.get().level == "dangerous"
    send(EventKind.ANNULLED, event=second.id, reason="mistake")
    assert (Tally.objects.get().level, Tally.objects.get().heads) == ("dense", 500)
    send(EventKind.ANNULLED, event=first.id, reason="mistake")
    assert not Tally.objects.exists()


def test_the_bundle_has_the_tags_that_stand_under_the_seal(operation, now) -> None:
    family_with_pass(operation, now)
    bundle = joined(operation, now).get("bundle").json()
    (one,) = bundle["passes"]
    assert len(one["tags"]) == len(one["persons"])
    assert all(isinstance(tag, str) for member in one["tags"] for tag in member)


def test_a_held_route_is_told_until_it_is_let_through_or_its_time_is_over(operation, now) -> None:
    family_with_pass(operation, now)
    phone = joined(operation, now)

    def report(state: str, at) -> list:
        event = phone.write(EventKind.CONVOY_REPORTED, at, leg="blue-bus", state=state, point=GATE)
        phone.post("encounters", {"items": [item(event)]})
        return phone.get("bundle").json()["delays"]

    assert phone.get("bundle").json()["delays"] == []
    assert phone.get("bundle").json()["routes"] == ["blue-bus"]
    (delay,) = report("stopped", now)
    assert (delay["route"], delay["until"]) == ("blue-bus", int((now + HELD_AT_MOST).timestamp()))
    assert report("let-through", now + timedelta(minutes=1)) == []
