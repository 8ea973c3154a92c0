"""One bus without a file, its manifest, plan texts and differences, and the front door."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safepassage.core import movement
from safepassage.core.errors import NotFoundError, UnreadableError
from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    BlockCode,
    Cases,
    Demand,
    Method,
    Start,
    care_places,
    check_plan,
    compare_plans,
    explain_party,
    manifest_of,
    plan_movement,
    read_plan,
    single_bus,
    write_plan,
)
from safepassage.core.people import Need
from tests.core.movement.operations import NOW, at
from tests.core.movement.test_check import calm, planned

ONE_BUS = single_bus(seats=50, departs=at(9.5), rally_point="Stadium", access_point="North Gate")
BUS_1 = ONE_BUS.legs[0].id


def test_a_bus_is_named_by_the_hour_that_people_at_it_read() -> None:
    kabul = single_bus(seats=5, departs=at(20), rally_point="Stadium", access_point="Gate", utc_offset_minutes=270)
    (bus,) = kabul.legs
    assert bus.id == "bus-0825-0030", "20:00 UTC is half past midnight of the next day in Kabul"
    assert "25 Aug 00:30 UTC+04:30" in kabul.name
    assert ONE_BUS.legs[0].id == "bus-0824-0930"


def test_every_sentence_of_a_plan_tells_the_hour_of_the_operations_own_clock() -> None:
    demands = families([5, 4])
    network = single_bus(seats=5, departs=at(9.5), rally_point="Stadium", access_point="Gate", utc_offset_minutes=270)
    plan = plan_movement(network, demands, now=NOW)
    placed, left_out = (explain_party(network, demands, plan, PartyId(one)) for one in ("P00", "P01"))
    assert "24 Aug 15:00 UTC+04:30" in " ".join(placed.reasons), "an hour after 14:00"
    assert "13:30 UTC+04:30" in placed.next_chance
    assert "24 Aug 14:00 UTC+04:30" in " ".join(left_out.reasons)


def families(sizes: list[int]) -> tuple[Demand, ...]:
    start = (Start(PointId("rally-1"), 60),)
    return tuple(Demand(PartyId(f"P{i:02d}"), heads, 1, i, start) for i, heads in enumerate(sizes))


def test_one_bus_of_fifty_seats_is_filled_in_order_and_never_over() -> None:
    demands = families([6] * 8 + [3, 2])
    plan = plan_movement(ONE_BUS, demands, now=NOW)
    assert check_plan(ONE_BUS, demands, plan).is_clean
    assert plan.people == 50
    assert [line.party for line in plan.unplaced] == ["P08"]


def needing(party: str, rank: int, heads: int = 3, need: Need = Need.WHEELCHAIR) -> Demand:
    (one,) = families([heads])
    return replace(one, party=PartyId(party), rank=rank, cases=(Cases(need, 1),))


def test_a_bus_takes_as_many_people_in_wheelchairs_on_stretchers_and_in_care_as_are_stated() -> None:
    care = care_places(wheelchairs=1, patients=1)
    assert [(one.need, one.cases) for one in care] == [(Need.WHEELCHAIR, 1), (Need.MEDICAL, 1)]
    network = single_bus(seats=50, departs=at(9.5), rally_point="Stadium", access_point="North Gate", care=care)
    demands = (
        needing("P1", 1),
        needing("P2", 2),
        needing("P3", 3, need=Need.MEDICAL),
        needing("P4", 4, need=Need.STRETCHER),
    )
    plan = plan_movement(network, demands, now=NOW)
    assert check_plan(network, demands, plan).is_clean
    assert [one.party for one in plan.assignments] == ["P1", "P3"]
    second, lying = plan.unplaced
    assert "has 0 of 1 wheelchair places free" in second.reasons[0]
    assert "there is no stretcher place on bus-0824-0930" in lying.reasons[0]
    assert "Stand by" in explain_party(network, demands, plan, second.party).next_chance


def test_a_place_that_the_bus_does_not_have_is_the_reason_before_seats_that_others_took() -> None:
    demands = (*families([48]), needing("P9", 9))
    plan = plan_movement(ONE_BUS, demands, now=NOW)
    (left_out,) = plan.unplaced
    assert left_out.code is BlockCode.CARE
    assert left_out.reasons[0].startswith("there is no wheelchair place on bus-0824-0930")
    assert "2 of 50 seats free" in left_out.reasons[1]
    why = explain_party(ONE_BUS, demands, plan, left_out.party)
    assert why.next_chance.startswith("None in this plan"), "nobody stands by for a place that is not there"


def test_a_wheelchair_place_that_is_taken_is_the_reason_before_seats_that_are_taken_too() -> None:
    network = single_bus(
        seats=6, departs=at(9.5), rally_point="Stadium", access_point="North Gate", care=care_places(wheelchairs=1)
    )
    demands = (needing("P1", 1), needing("P2", 2, heads=4), *families([3]))
    plan = plan_movement(network, demands, now=NOW)
    (left_out,) = (one for one in plan.unplaced if one.party == "P2")
    assert left_out.code is BlockCode.CARE
    assert "has 0 of 1 wheelchair places free" in left_out.reasons[0]
    assert "0 of 6 seats free" in left_out.reasons[1]


def test_a_party_larger_than_the_bus_does_not_stand_by_for_it() -> None:
    demands = families([51])
    plan = plan_movement(ONE_BUS, demands, now=NOW)
    assert explain_party(ONE_BUS, demands, plan, PartyId("P00")).next_chance.startswith("None in this plan")


def test_a_manifest_is_numbered_and_its_correction_is_a_new_version() -> None:
    demands = families([4, 5, 6])
    plan = plan_movement(ONE_BUS, demands, now=NOW)
    first = manifest_of(ONE_BUS, plan, BUS_1)
    assert [(line.number, line.party, line.heads) for line in first.lines] == [
        (1, "P00", 4),
        (2, "P01", 5),
        (3, "P02", 6),
    ]
    assert (first.version, first.heads, first.seats) == (1, 15, 50)
    assert manifest_of(ONE_BUS, plan, BUS_1, previous=first) is first
    fewer = plan_movement(ONE_BUS, demands[1:], now=NOW)
    second = manifest_of(ONE_BUS, fewer, BUS_1, previous=first)
    assert (second.version, second.heads) == (2, 11)
    assert second.digest != first.digest
    with pytest.raises(NotFoundError):
        manifest_of(ONE_BUS, plan, LegId("NONE"))


def test_a_plan_survives_its_text_and_a_changed_text_is_refused() -> None:
    plan = planned(calm())
    assert read_plan(write_plan(plan)) == plan
    with pytest.raises(UnreadableError):
        read_plan(write_plan(plan).replace('"heads":3', '"heads":4'))
    with pytest.raises(UnreadableError):
        read_plan("[]")


def test_equal_input_gives_an_equal_plan_whatever_the_order_of_demands() -> None:
    scenario = calm()
    assert plan_movement(scenario.network, scenario.demands[::-1], now=NOW) == planned(scenario)


def test_a_difference_says_who_gains_loses_and_changes() -> None:
    demands = families([4, 5, 6])
    before = plan_movement(ONE_BUS, demands[:2], now=NOW)
    later = replace(ONE_BUS, legs=(replace(ONE_BUS.legs[0], departs=at(9.75)),))
    after = plan_movement(later, demands[1:], now=NOW)
    diff = compare_plans(before, after)
    assert [(c.party, c.kind.value) for c in diff.changes] == [("P00", "loses"), ("P01", "changes"), ("P02", "gains")]
    assert (diff.people_gaining, diff.people_losing, diff.people_changing, diff.people_unchanged) == (6, 4, 5, 0)


def test_greedy_is_clean_and_exact_gets_no_fewer_people_of_tier_one() -> None:
    demands = families([30, 29, 21, 20])
    greedy = plan_movement(ONE_BUS, demands, now=NOW, method=Method.GREEDY)
    exact = plan_movement(ONE_BUS, demands, now=NOW, method=Method.EXACT)
    assert check_plan(ONE_BUS, demands, greedy).is_clean
    assert exact.people == 50 >= greedy.people
    assert exact.is_optimal


def test_the_solver_prints_nothing_where_our_json_goes(capfd: pytest.CaptureFixture[str]) -> None:
    demands = families([30, 29, 21, 20])
    assert plan_movement(ONE_BUS, demands, now=NOW, method=Method.EXACT).people == 50
    assert capfd.readouterr().out == ""


def test_the_front_door_is_what_it_says() -> None:
    assert len({*movement.__all__}) == len(movement.__all__)
    assert all(hasattr(movement, name) for name in movement.__all__)
