"""A plan in force: who knows another hour is to be told again, by call and by draft, however the hour was moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.movement.bookings import promises_now
from safepassage.apps.movement.models import Booking, Told
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_record_now
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.apps.movement.told import parties_told_otherwise
from safepassage.apps.outreach.enacting import plan_enact_telling
from safepassage.apps.outreach.messages import drafts_waiting
from safepassage.apps.outreach.models import Call
from safepassage.apps.outreach.selectors import call_lines, outcomes_so_far
from safepassage.apps.outreach.services import call_record
from safepassage.core.ledger import EventKind
from tests.apps.outreach.crowded import crowded_gate

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
LATER = timedelta(hours=4)
"""Later than any hour at which the gate could still let them in as it was told."""


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def told(tmp_path, now) -> list[str]:
    """Parties that were reached, of a bus that all are booked on; the last one was not called."""
    crowded_gate(tmp_path, now)
    parties = list(Booking.objects.order_by("party").values_list("party", flat=True))[:-1]
    for party in parties:
        call_record(party=party, outcome=Call.Outcome.REACHED, account="clerk-9", now=now)
    return parties


def bus_moved(by: timedelta, now: datetime, enact=plan_enact_telling):
    network = network_read(network_record_now())
    legs = tuple(replace(leg, departs=leg.departs + by, arrives=leg.arrives + by) for leg in network.legs)
    network_keep(network=replace(network, legs=legs), account="planner-9", now=now)
    return enact(plan_id=plan_make(account="planner-9", now=now).pk, account="planner-9", now=now)


def test_a_plan_that_moves_a_told_hour_drafts_tells_and_opens_the_call_again(told, now):
    was, standing = dict(Booking.objects.values_list("party", "report_at")), plan_record_now().pk
    assert outcomes_so_far() == {"reached": len(told)}
    done = bus_moved(LATER, now)
    assert {one.draft.party for one in drafts_waiting()} == set(told), "who never knew an hour is not written to"
    assert done.drafts == len(drafts_waiting()) > 0
    moved = {row[0]: row[1] for event in events_of_kind(EventKind.WINDOWS_MOVED) for row in event.rows}
    assert moved == dict.fromkeys(told, 240)
    assert {event.body["previous"] for event in events_of_kind(EventKind.WINDOWS_MOVED)} == {standing}
    assert outcomes_so_far() == {}
    lines = {line.party: line for line in call_lines()}
    assert {lines[party].outcome for party in told} == {"to-do"}
    assert {party for party, line in lines.items() if line.is_told_otherwise} == set(told)
    for party in told:
        known = Told.objects.get(pk=party)
        assert (known.report_at, known.at) == (was[party], now), "told_at is of the hour that was told"
    assert set(Booking.objects.values_list("told_at", flat=True)) == {None}
    assert set(promises_now()) == set(told), "the place stays promised though the hour is another"


def test_told_again_is_told(told, now):
    bus_moved(LATER, now)
    call_record(party=told[0], outcome=Call.Outcome.REACHED, account="clerk-9", now=now + LATER / 2)
    assert parties_told_otherwise() == set(told[1:])
    assert Booking.objects.get(pk=told[0]).told_at == now + LATER / 2
    assert outcomes_so_far() == {"reached": 1}


def test_an_hour_that_comes_back_is_known_and_needs_no_call(told, now):
    bus_moved(LATER, now + timedelta(minutes=1))
    bus_moved(-LATER, now + timedelta(minutes=2))
    assert parties_told_otherwise() == frozenset()
    assert set(Booking.objects.filter(party__in=told).values_list("told_at", flat=True)) == {now}
    assert outcomes_so_far() == {"reached": len(told)}


def test_a_party_that_loses_its_place_and_has_another_later_is_still_known_as_told(told, now):
    Booking.objects.filter(party=told[0]).delete()
    assert parties_told_otherwise() == frozenset()
    bus_moved(LATER, now)
    assert told[0] in parties_told_otherwise()
    assert told[0] in {one.draft.party for one in drafts_waiting()}


def test_a_store_from_before_keeps_what_was_told_at_its_next_plan(told, now):
    Told.objects.all().delete()
    bus_moved(LATER, now, enact=plan_publish)
    assert parties_told_otherwise() == set(told)
