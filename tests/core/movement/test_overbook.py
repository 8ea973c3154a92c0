"""Heads beyond seats: learnt, bounded, and never on the last leg without a rule for who is left standing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    BandHeads,
    Commitment,
    Demand,
    Expected,
    Leg,
    Mode,
    Network,
    NoShowRate,
    Notice,
    Plan,
    Point,
    PointKind,
    Start,
    check_plan,
    learn_no_shows,
    leg_risks,
    notice_of,
    plan_movement,
    plan_overbooked,
)
from safepassage.core.movement.overbook import bump_chance, coming_heads, empty_likely
from safepassage.core.people import AgeBand
from safepassage.core.policy import Overbooking, StandByRule
from tests.core.movement.operations import NOW, at

BUS = Expected("bus", "RALLY", Notice.SHORT)
NETWORK = Network(
    (
        Point(PointId("RALLY"), PointKind.RALLY_POINT),
        Point(PointId("GATE"), PointKind.ACCESS_POINT),
        Point(PointId("BASE"), PointKind.STAGING_BASE, beds=500),
    ),
    (
        Leg(LegId("BUS"), Mode.BUS, PointId("RALLY"), PointId("GATE"), at(7), at(8), 120),
        Leg(LegId("FLIGHT"), Mode.FLIGHT, PointId("GATE"), PointId("BASE"), at(12), at(15), 300),
    ),
)
SEEN = [(BUS, number % 5 == 0) for number in range(400)]
RULE = Overbooking(0.02)


def families(count: int, heads: int = 4) -> tuple[Demand, ...]:
    start = (Start(PointId("RALLY"), 0),)
    return tuple(Demand(PartyId(f"P{i:03d}"), heads, 1, i, start) for i in range(count))


def overbooked(network: Network, rule: Overbooking, seen=tuple(SEEN), demands=None) -> tuple[Plan, Network]:
    asked = demands or families(60)
    return plan_overbooked(
        network, asked, rates=learn_no_shows(seen), rule=rule, make=lambda one: plan_movement(one, asked, now=NOW)
    )


def test_a_rate_is_that_of_what_was_seen_and_doubt_shrinks_with_it() -> None:
    few, many = (learn_no_shows(SEEN[:count]).of(BUS) for count in (40, 400))
    assert many.mean == pytest.approx(0.2, abs=0.01)
    assert few.low < many.low < 0.2 < many.high < few.high
    assert (many.parties, many.missed) == (400, 80)


def test_a_kind_hardly_seen_leans_on_the_wider_ones() -> None:
    rates = learn_no_shows([*SEEN, (Expected("bus", "OTHER", Notice.LONG), True)])
    leaning = rates.of(Expected("bus", "OTHER", Notice.LONG))
    assert 0.2 < leaning.mean < 0.3, "one party that stayed away is not a rate of one"
    assert rates.of(Expected("boat", "QUAY", Notice.DAY)).mean == pytest.approx(rates.overall.mean)
    assert [one for one, _ in rates.kinds()] == [Expected("bus", "OTHER", Notice.LONG), BUS]


def test_the_notice_is_one_of_three() -> None:
    assert [notice_of(timedelta(hours=h)) for h in (1, 6, 24, 25)] == [
        Notice.SHORT,
        Notice.DAY,
        Notice.DAY,
        Notice.LONG,
    ]


@settings(deadline=None, max_examples=40)
@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=7), seats=st.integers(0, 20), missed=st.integers(0, 30))
def test_the_chance_is_that_of_every_case_counted_by_hand(sizes: list[int], seats: int, missed: int) -> None:
    rate = NoShowRate(1e7 * (missed + 1), 1e7 * (40 - missed), 40, missed)  # hardly in doubt: one rate for all
    away = rate.mean
    chance, by_heads = 0.0, np.zeros(sum(sizes) + 1)
    for comes in itertools.product((False, True), repeat=len(sizes)):
        weight = float(np.prod([1 - away if one else away for one in comes]))
        heads = sum(size for size, one in zip(sizes, comes, strict=True) if one)
        by_heads[heads] += weight
        chance += weight * (heads > seats)
    coming = coming_heads([(size, rate) for size in sizes])
    assert coming == pytest.approx(by_heads, abs=1e-3)
    assert bump_chance(coming, seats) == pytest.approx(chance, abs=2e-3)
    empty = empty_likely(coming, seats)
    assert empty == 0 or by_heads[: seats - empty + 1].sum() > 0.899


def test_doubt_about_the_rate_makes_a_full_house_likelier() -> None:
    sure, unsure = NoShowRate(200, 800, 0, 0), NoShowRate(2, 8, 0, 0)
    chances = [bump_chance(coming_heads([(4, rate)] * 12), 44) for rate in (sure, unsure)]
    assert chances[0] < chances[1]


def test_a_bus_is_overbooked_as_far_as_the_policy_lets_it() -> None:
    plain = plan_movement(NETWORK, families(60), now=NOW)
    plan, booked = overbooked(NETWORK, RULE)
    assert plain.people == 120 < plan.people
    bus, flight = leg_risks(NETWORK, families(60), plan, learn_no_shows(SEEN))
    assert bus.beyond == plan.people - 120
    assert 0 < bus.bump_chance <= 0.02
    assert (flight.is_last, flight.beyond) == (True, 0)
    assert check_plan(booked, families(60), plan).faults == ()
    one_more = coming_heads([(4, learn_no_shows(SEEN).of(BUS))] * (len(plan.assignments) + 1))
    assert bump_chance(one_more, 120) > 0.02, "it stops no earlier than it must"


def test_the_last_leg_is_overbooked_only_where_the_policy_says_what_becomes_of_who_is_left() -> None:
    scarce = replace(NETWORK, legs=(replace(NETWORK.legs[0], seats=300), replace(NETWORK.legs[1], seats=120)))
    without, _ = overbooked(scarce, RULE)
    with_rule, _ = overbooked(scarce, replace(RULE, stand_by=StandByRule.FIRST_ON_NEXT))
    assert without.people == 120 < with_rule.people
    risks = leg_risks(scarce, families(60), with_rule, learn_no_shows(SEEN))
    assert all(risk.bump_chance <= 0.02 for risk in risks)


def test_nothing_is_concluded_from_nineteen_parties() -> None:
    assert overbooked(NETWORK, Overbooking(0.2), seen=tuple(SEEN[:19]))[0].people == 120
    assert overbooked(NETWORK, Overbooking(0.2), seen=tuple(SEEN[:20]))[0].people > 120


def test_an_infant_on_a_lap_is_a_head() -> None:
    """A party's heads hold its infants: three with an infant fill as many seats as four."""
    infants = tuple(
        replace(one, bands=(BandHeads(AgeBand.INFANT, 1), BandHeads(AgeBand.ADULT, 3))) for one in families(60)
    )
    plan, _ = overbooked(NETWORK, RULE, demands=infants)
    assert plan.people == overbooked(NETWORK, RULE)[0].people
    assert leg_risks(NETWORK, infants, plan, learn_no_shows(SEEN))[0].booked == plan.people


def test_of_a_thousand_days_hardly_one_leaves_somebody_standing_more_than_said() -> None:
    plan, _ = overbooked(NETWORK, RULE)
    rng = np.random.default_rng(7)
    heads = np.array([one.heads for one in plan.assignments if "BUS" in one.legs])
    days = (rng.random((4000, len(heads))) >= 0.2) @ heads
    assert (days > 120).mean() < 0.03


def test_who_was_told_a_place_beyond_the_seats_keeps_it_when_the_rule_is_gone() -> None:
    first, _ = overbooked(NETWORK, RULE)
    placed = {one.party for one in first.assignments}
    asked = tuple(
        replace(one, commitment=Commitment.TOLD, told_at=NOW) if one.party in placed else one for one in families(60)
    )
    again, booked = plan_overbooked(
        NETWORK,
        asked,
        rates=learn_no_shows(()),
        rule=None,
        make=lambda one: plan_movement(one, asked, now=NOW, previous=first),
        previous=first,
    )
    assert {one.party for one in again.assignments} == placed
    assert check_plan(booked, asked, again, previous=first).faults == ()
