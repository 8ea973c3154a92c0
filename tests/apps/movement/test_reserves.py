"""Seats that the policy keeps: told with the plan, released by somebody, used by the plan that is made next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.movement.models import ReserveRelease
from safepassage.apps.movement.reserves import reserve_release, seats_held
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read
from safepassage.apps.movement.services import plan_make
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.policy.services import standings_apply
from safepassage.cli.init import template_text
from safepassage.core.errors import ConflictError, NotFoundError
from safepassage.core.ids import LegId
from safepassage.core.ledger import EventKind
from tests.make import EVERYONE, NOW, a_bus, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def a_policy_that_keeps(share: str) -> None:
    """The template with another share kept for medical cases; nobody in these lists is one."""
    text = template_text("neo").replace('version: "1"', 'version: "2"').replace("share: 5%", f"share: {share}")
    policy_propose(text=text, account="supervisor-1", is_unsigned_accepted=True, now=NOW)
    standings_apply(account="supervisor-1", now=NOW)


@pytest.fixture
def leg(tmp_path) -> LegId:
    """A bus for everyone, of which half is kept for medical cases."""
    with_standings(tmp_path)
    a_policy_that_keeps("50%")
    a_bus(seats=len(EVERYONE))
    return network_read(network_record_now()).legs[0].id


def make(minutes: int = 0):
    return plan_make(account="planner-1", now=NOW + timedelta(minutes=minutes))


def release(reserve: str = "medical", *legs: LegId, minutes: int = 0):
    return reserve_release(reserve=reserve, legs=legs, account="planner-1", now=NOW + timedelta(minutes=minutes))


def test_a_plan_says_how_many_seats_it_keeps_for_whom_and_until_when(leg) -> None:
    (held,) = seats_held(make(), now=NOW)
    assert (held.reserve, held.seats, held.taken, held.legs) == ("medical", len(EVERYONE) // 2, 0, (leg,))
    assert held.title["en"] == "Stretcher and medical cases"
    assert held.until == NOW + timedelta(hours=4), "two hours before the bus leaves"
    assert held.is_held
    assert not seats_held(make(), now=held.until)[0].is_held


def test_released_seats_are_used_by_the_plan_that_is_made_next(leg) -> None:
    before = make()
    assert plan_read(before).people <= len(EVERYONE) - len(EVERYONE) // 2
    assert release(minutes=1) == (leg,)
    (held,) = seats_held(before, now=NOW)
    assert held.is_released
    assert not held.is_held
    after = make(minutes=2)
    assert plan_read(after).people == len(EVERYONE)
    assert after.report["faults"] == []
    assert seats_held(after, now=NOW) == ()


def test_a_release_stands_in_the_ledger_and_says_who_made_it(leg) -> None:
    release()
    (event,) = [one for one in events_after() if one.kind is EventKind.RESERVE_RELEASED]
    assert (event.body["reserve"], event.body["policy"], event.body["rows"]) == ("medical", "neo", ((leg,),))
    assert ReserveRelease.objects.get().released_by == "planner-1"


@pytest.mark.parametrize(
    ("reserve", "legs", "error"),
    [("elderly", (), NotFoundError), ("medical", (LegId("bus-none"),), NotFoundError)],
)
def test_what_is_not_held_is_not_released(reserve, legs, error, leg) -> None:
    with pytest.raises(error):
        release(reserve, *legs)
    assert not ReserveRelease.objects.exists()


def test_seats_are_released_once_and_not_after_their_hour(leg) -> None:
    with pytest.raises(ConflictError):
        release(minutes=4 * 60)
    release()
    with pytest.raises(ConflictError):
        release(minutes=1)
