"""Booked is whoever holds a seat and needs it: the same number on every page, whoever has refused."""

from __future__ import annotations

import json

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.figures.departures import departure_of
from safepassage.apps.console.figures.plan import picture_plan
from safepassage.apps.console.figures.river import draw_river
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.loads import legs_load, seats_lapsed
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.movement.services import plan_make
from safepassage.apps.outreach.models import Call
from safepassage.apps.outreach.services import call_record
from safepassage.core.ledger import Stage
from tests.make import EVERYONE, NOW, an_officer, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def booked_everywhere() -> set[int]:
    """What the board, the leg's page, the plan's page and the list of departures tell."""
    (load,) = legs_load()
    stations = {one.stage: one.now for one in draw_river(state_now()).stations}
    picture = picture_plan(plan_record_now().pk, is_mirrored=False)
    return {
        load.booked,
        stations[Stage.BOOKED],
        departure_of(load.leg).load.booked,
        sum(heads for _, heads in load.by_tier),
        sum(one.booked for one in picture.loads),
        picture.plan.people - picture.lapsed,
    }


def test_a_party_that_refused_is_booked_nowhere_and_its_seats_are_told_beside(tmp_path) -> None:
    with_bookings(tmp_path)
    assert booked_everywhere() == {len(EVERYONE)}
    refused = Booking.objects.filter(heads=3).order_by("party")[0]
    call_record(party=refused.party, outcome=Call.Outcome.REFUSED, account="clerk-1", now=NOW)
    assert booked_everywhere() == {len(EVERYONE) - 3}
    (load,) = legs_load()
    assert (load.lapsed, load.held, seats_lapsed()) == (3, len(EVERYONE), {refused.party: 3})
    record = plan_make(account="planner-1", now=NOW)
    plan_publish(plan_id=record.pk, account="planner-1", now=NOW)
    assert booked_everywhere() == {len(EVERYONE) - 3}, "the plan made next gives the seats away"
    assert seats_lapsed() == {}


def test_the_leg_says_how_many_seats_nobody_sits_on(tmp_path, client) -> None:
    with_bookings(tmp_path)
    refused = Booking.objects.filter(heads=3).order_by("party")[0]
    call_record(party=refused.party, outcome=Call.Outcome.REFUSED, account="clerk-1", now=NOW)
    client.force_login(an_officer("planner-9", Role.PLANNER))
    (load,) = legs_load()
    assert "3 more hold a seat and need it no more" in client.get(f"/plan/legs/{load.leg}/").text
    page = client.get("/plan/").text
    assert "3 of them need it no more" in page
    assert "+3" in page


def test_a_booking_that_can_not_be_read_frees_no_seat(tmp_path) -> None:
    with_bookings(tmp_path)
    refused = Booking.objects.filter(heads=3).order_by("party")[0]
    call_record(party=refused.party, outcome=Call.Outcome.REFUSED, account="clerk-1", now=NOW)
    Booking.objects.filter(pk=refused.pk).update(persons=json.loads('{"half": 1}'))
    (load,) = legs_load()
    assert (load.booked, load.lapsed) == (len(EVERYONE), 0)
