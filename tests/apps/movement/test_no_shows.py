"""Rates learnt from the ledger, and a plan booked beyond the seats as far as the policy lets it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.ledger.services import event_append
from safepassage.apps.movement.no_shows import legs_overbooked, no_show_rates
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read
from safepassage.apps.movement.services import plan_make
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.policy.services import standings_apply
from safepassage.cli.init import template_text
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.movement import Expected, Notice
from tests.make import EVERYONE, NOW, a_bus, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
SHORT = Expected("bus", "rally-1", Notice.SHORT)


def ids(number: int) -> tuple[str, str]:
    return derived_id("PE", f"past-{number}"), derived_id("PT", f"past-{number}")


def event(kind: EventKind, numbers, leg: str, *, hours: float, **more) -> None:
    rows = tuple((*ids(number), leg) if kind is EventKind.PERSONS_BOOKED else ids(number) for number in numbers)
    body = {"rows": rows} | more if kind is EventKind.PERSONS_BOOKED else {"rows": rows, "leg": leg} | more
    event_append(kind=kind, body=body, account="planner-1", now=NOW + timedelta(hours=hours))


def a_bus_that_left(parties: int, stayed_away: int) -> str:
    """A bus with parties of one; the last of them were not noted as setting out."""
    a_bus(seats=50, departs=NOW - timedelta(hours=10), now=NOW - timedelta(hours=20))
    leg = network_read(network_record_now()).legs[0].id
    event(EventKind.PERSONS_BOOKED, range(parties), leg, hours=-13, plan="past")
    event(EventKind.PERSONS_SET_OUT, range(stayed_away, parties), leg, hours=-10)
    return leg


def test_who_was_booked_and_not_noted_on_a_leg_that_left_stayed_away() -> None:
    a_bus_that_left(25, 5)
    rates = no_show_rates(now=NOW)
    assert [(one, rate.parties, rate.missed) for one, rate in rates.kinds()] == [(SHORT, 25, 5)]
    assert no_show_rates(now=NOW - timedelta(hours=11)).parties == 0, "it has not left by then"


def test_of_a_leg_on_which_nobody_was_noted_nothing_is_known() -> None:
    a_bus_that_left(25, 25)
    assert no_show_rates(now=NOW).parties == 0


def test_who_was_taken_off_before_or_went_by_another_leg_did_not_stay_away() -> None:
    a_bus(seats=50, departs=NOW - timedelta(hours=10), now=NOW - timedelta(hours=20))
    leg = network_read(network_record_now()).legs[0].id
    event(EventKind.PERSONS_BOOKED, range(25), leg, hours=-13, plan="past")
    body = {"reason": "plan-changed", "rows": ((*ids(0), leg),)}
    event_append(kind=EventKind.PERSONS_UNBOOKED, body=body, account="planner-1", now=NOW - timedelta(hours=12))
    event(EventKind.PERSONS_SET_OUT, range(5, 25), leg, hours=-10)
    event(EventKind.PERSONS_BOARDED, [1], "bus-other", hours=-9)
    ((_, rate),) = no_show_rates(now=NOW).kinds()
    assert (rate.parties, rate.missed) == (23, 3)


def test_the_notice_is_told_from_the_call_that_reached_them() -> None:
    a_bus(seats=50, departs=NOW - timedelta(hours=10), now=NOW - timedelta(hours=60))
    leg = network_read(network_record_now()).legs[0].id
    event(EventKind.PERSONS_BOOKED, range(10), leg, hours=-50, plan="past")
    body = {"outcome": "reached", "rows": tuple(ids(number) for number in range(5))}
    event_append(kind=EventKind.CALL_OUTCOMES, body=body, account="planner-1", now=NOW - timedelta(hours=20))
    event(EventKind.PERSONS_SET_OUT, range(10), leg, hours=-10)
    found = {one.notice: rate.parties for one, rate in no_show_rates(now=NOW).kinds()}
    assert found == {Notice.DAY: 5, Notice.LONG: 5}


def a_policy_that_overbooks(rule: str) -> None:
    text = template_text("neo").replace('version: "1"', 'version: "2"').replace("share: 5%", "share: 1%")
    policy_propose(text=f"{text}\n{rule}\n", account="supervisor-1", is_unsigned_accepted=True, now=NOW)
    standings_apply(account="supervisor-1", now=NOW)


@pytest.mark.parametrize(
    ("rule", "is_over"),
    [
        ("overbooking: {bumped-at-most: 20%, stand-by: first-on-next}", True),
        ("overbooking: {bumped-at-most: 20%}", False),
        ("", False),
    ],
)
def test_a_bus_that_ends_the_way_is_overbooked_only_by_a_rule_that_says_who_stands_by(
    tmp_path, rule: str, *, is_over: bool
) -> None:
    a_bus_that_left(40, 30)
    with_standings(tmp_path)
    a_policy_that_overbooks(rule)
    a_bus(seats=len(EVERYONE) - 1)
    record = plan_make(account="planner-1", now=NOW)
    plan = plan_read(record)
    over = [one for one in legs_overbooked(record) if one.beyond]
    assert bool(over) is is_over
    assert record.report["faults"] == []
    if is_over:
        assert plan.people > len(EVERYONE) - 1
        assert 0 < over[0].bump_chance <= 0.2
        plan_publish(plan_id=record.pk, account="planner-1", now=NOW)
        again = plan_make(account="planner-1", now=NOW + timedelta(minutes=1))
        assert again.report["faults"] == []
    else:
        assert plan.people <= len(EVERYONE) - 1
        (line,) = legs_overbooked(record)
        left = {one.party for one in plan.unplaced if one.tier is not None}
        assert set(line.stand_by) <= left
        assert line.stand_by
