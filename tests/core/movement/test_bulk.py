"""Tiers placed at once, and what puts them right: rank, room for an earlier tier, one party moved for another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import CareCapacity, Cases, Clearance, Demand, Network, Scenario, Start, single_bus
from safepassage.core.movement.bulk import place_in_bulk, put_order_right, settle
from safepassage.core.movement.draft import Draft, new_draft
from safepassage.core.movement.evict import make_room
from safepassage.core.movement.shift import shift_for_others
from safepassage.core.people import Need
from tests.core.movement.operations import NOW, at, operations
from tests.core.movement.test_guided import UNHURRIED

WHEELCHAIR, NEEDS = CareCapacity(Need.WHEELCHAIR, 1), (Cases(Need.WHEELCHAIR, 1),)
START = (Start(PointId("rally-1"), 0),)


def bus(seats: int) -> Network:
    return single_bus(seats=seats, departs=at(9.5), rally_point="Stadium", access_point="North Gate")


def party(name: str, heads: int, tier: int, rank: int, *, cleared: bool = False) -> Demand:
    clearances = (Clearance("passport"),) if cleared else ()
    return Demand(PartyId(name), heads, tier, rank, START, clearances=clearances)


def placed(draft: Draft) -> set[str]:
    return {str(one) for one in draft.placed}


def fill_first(draft: Draft, *names: str) -> None:
    assert place_in_bulk(draft, [one for one in draft.order if one.party in names], draft.chooser.first_free) == []


def test_the_better_rank_takes_over_the_place_of_a_later_one_of_its_size() -> None:
    first, later = party("FIRST", 4, 1, 1), party("LATER", 4, 1, 2, cleared=True)
    draft = new_draft(bus(4), (first, later), NOW)
    fill_first(draft, "LATER")
    assert put_order_right(draft, draft.plannable) == 1
    assert placed(draft) == {"FIRST"}


def test_a_smaller_party_of_the_same_tier_takes_nobodys_place() -> None:
    draft = new_draft(bus(4), (party("SMALL", 2, 1, 1), party("LARGE", 4, 1, 2)), NOW)
    fill_first(draft, "LARGE")
    assert put_order_right(draft, draft.plannable) == 0
    assert placed(draft) == {"LARGE"}


def test_two_later_parties_make_room_for_an_earlier_tier_together() -> None:
    some = (party("EARLY", 5, 1, 1), party("ONE", 3, 2, 1), party("TWO", 3, 2, 2))
    draft = new_draft(bus(6), some, NOW)
    fill_first(draft, "ONE", "TWO")
    assert put_order_right(draft, draft.plannable) == 0, "neither place alone would do"
    assert make_room(draft, draft.plannable) == 1
    assert placed(draft) == {"EARLY"}


def test_no_earlier_tier_makes_room_for_a_later_one() -> None:
    draft = new_draft(bus(6), (party("EARLY", 5, 1, 1), party("LATE", 3, 2, 1)), NOW)
    fill_first(draft, "EARLY")
    assert make_room(draft, draft.plannable) == 0
    assert placed(draft) == {"EARLY"}


@settings(UNHURRIED, max_examples=200)
@given(operations(max_parties=9))
def test_when_all_is_settled_nobody_left_out_finds_a_free_way(scenario: Scenario) -> None:
    draft = new_draft(scenario.network, scenario.demands, NOW)
    for tier in draft.tiers:
        mine = [one for one in draft.plannable if one.tier == tier]
        left_out = place_in_bulk(draft, mine, draft.chooser.first_free)
        assert {one.party for one in left_out} == {one.party for one in mine if one.party not in draft.placed}
        settle(draft, mine)
    for demand in draft.plannable:
        if demand.party not in draft.placed:
            assert not any(draft.fits(way) for way in draft.chooser.open_ways(draft.classes[demand.party]))


def test_seats_that_an_exchange_leaves_free_go_to_whoever_they_are_enough_for() -> None:
    some = [party("EARLY", 2, 1, 1), party("LATER", 5, 2, 1), party("SMALL", 3, 2, 2), party("LARGE", 4, 2, 3)]
    draft = new_draft(bus(5), some, NOW)
    fill_first(draft, "LATER")
    settle(draft, draft.plannable)
    assert placed(draft) == {"EARLY", "SMALL"}


def test_a_party_with_a_case_goes_by_the_way_of_those_like_it_as_long_as_there_is_care() -> None:
    network = bus(10)
    network = replace(network, legs=tuple(replace(leg, care=(WHEELCHAIR,)) for leg in network.legs))
    some = [replace(party(name, 2, 1, rank), cases=NEEDS) for rank, name in ((1, "WHEEL-1"), (2, "WHEEL-2"))]
    draft = new_draft(network, (*some, party("WALKS", 4, 1, 3)), NOW)
    left_out = place_in_bulk(draft, draft.plannable, draft.chooser.first_free)
    assert placed(draft) == {"WHEEL-1", "WALKS"}
    assert [one.party for one in left_out] == ["WHEEL-2"]


def test_one_who_can_go_elsewhere_moves_for_one_who_cannot() -> None:
    early = bus(4).legs[0]
    late = replace(early, id=LegId("late"), departs=at(11.5), arrives=at(12.5), requires=("passport",))
    network = replace(bus(4), legs=(early, late))
    cleared, bare = party("CLEARED", 4, 1, 1, cleared=True), party("BARE", 4, 1, 2)
    draft = new_draft(network, (cleared, bare), NOW)
    fill_first(draft, "CLEARED")
    moved = shift_for_others(draft, draft.plannable, draft.plannable)
    assert [one.party for one in moved] == ["CLEARED"]
    assert placed(draft) == {"CLEARED", "BARE"}
    assert draft.placed[PartyId("CLEARED")].way.legs == ("late",)
