"""The search for a free way: it finds one exactly where a list of all ways has one, whatever was asked before."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement import (
    BlockCode,
    CareCapacity,
    Cases,
    Clearance,
    Demand,
    Scenario,
    Start,
    single_bus,
)
from safepassage.core.movement.draft import new_draft
from safepassage.core.movement.lanes import can_do_all
from safepassage.core.movement.parties import PartyClass
from safepassage.core.people import Need
from tests.core.movement.operations import NOW, at, operations
from tests.core.movement.test_guided import UNHURRIED

WHEELCHAIR, NEEDS = CareCapacity(Need.WHEELCHAIR, 1), (Cases(Need.WHEELCHAIR, 1),)
START = (Start(PointId("rally-1"), 0),)


@settings(UNHURRIED, max_examples=200)
@given(operations(max_parties=9))
def test_a_way_is_found_where_there_is_one_and_only_there(scenario: Scenario) -> None:
    draft = new_draft(scenario.network, scenario.demands, NOW)
    for _ in range(2):
        for demand in draft.order:
            party = draft.classes[demand.party]
            found = draft.chooser.search.first_free(party)
            listed = [way for way in draft.chooser.open_ways(party) if draft.fits(way)]
            assert (found is not None) == bool(listed)
            if found is not None and demand.party not in draft.placed:
                assert draft.fits(found)
                draft.place(demand.party, found)
        if draft.placed:
            draft.remove(next(iter(draft.placed)))


def test_where_care_alone_is_given_back_parties_with_a_case_find_it() -> None:
    network = single_bus(seats=9, departs=at(9.5), rally_point="Stadium", access_point="North Gate")
    network = replace(network, legs=tuple(replace(leg, care=(WHEELCHAIR,)) for leg in network.legs))
    first, second = (Demand(PartyId(name), 2, 1, 1, START, cases=NEEDS) for name in ("FIRST", "SECOND"))
    large = Demand(PartyId("LARGE"), 8, 1, 2, START)
    draft = new_draft(network, (first, replace(second, clearances=(Clearance("visa"),)), large), NOW)
    search = draft.chooser.search
    one, other, walks = (draft.classes[PartyId(name)] for name in ("FIRST", "SECOND", "LARGE"))
    found = search.first_free(one)
    assert found is not None
    draft.place(PartyId("FIRST"), found)
    assert search.first_free(other) is None
    assert search.first_free(walks) is None
    resources = draft.capacities.resources
    draft.capacities.give_back(tuple(use for use in found.use if resources[use[0]].code is BlockCode.CARE), ())
    assert search.first_free(other) is None, "what was found dead is remembered"
    search.reset_cases()
    assert search.first_free(other) is not None
    assert search.first_free(walks) is None


def test_what_is_closed_to_one_kind_is_closed_to_those_who_can_do_no_more() -> None:
    free = PartyClass(1, (), (), (Clearance("visa"),), (), ("care",))
    assert can_do_all(free, PartyClass(9, (), (), (), ("HAVEN",), ()))
    assert not can_do_all(PartyClass(9, (), (), (), ("HAVEN",), ()), free)
    assert not can_do_all(free, PartyClass(1, (), (), (Clearance("passport"),), (), ()))
