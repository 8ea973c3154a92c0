"""The search for a free way: it finds one exactly where a list of all ways has one, whatever was asked before."""

from __future__ import annotations

from hypothesis import given, settings

from safepassage.core.movement import Clearance, Scenario
from safepassage.core.movement.draft import new_draft
from safepassage.core.movement.lanes import can_do_all
from safepassage.core.movement.parties import PartyClass
from tests.core.movement.operations import NOW, operations
from tests.core.movement.test_guided import UNHURRIED


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


def test_what_is_closed_to_one_kind_is_closed_to_those_who_can_do_no_more() -> None:
    free = PartyClass(1, (), (), (Clearance("visa"),), (), ("care",))
    assert can_do_all(free, PartyClass(9, (), (), (), ("HAVEN",), ()))
    assert not can_do_all(PartyClass(9, (), (), (), ("HAVEN",), ()), free)
    assert not can_do_all(free, PartyClass(1, (), (), (Clearance("passport"),), (), ()))
