"""One listing, or a list group, against those kept ready: the batch's partners, whatever came in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity import resolve
from safepassage.core.identity.arrivals import Standing
from safepassage.core.identity.features import columns_of
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI
from tests.core.identity.people import BROTHERS, MARJAN, SADAF, crowd, id_of

THERE = (KARIM_TESTANI, LAILA_TESTANI, SADAF, MARJAN, *BROTHERS, *crowd(24))
FROZEN = resolve([*THERE, KARIM_AGAIN]).parameters


def standing(*listings):
    return Standing(columns_of(listings, FROZEN.habits), FROZEN)


def told(found):
    return [(one.arrival, one.other, round(one.probability, 4), round(one.household, 4)) for one in found]


def test_who_arrives_is_told_whom_they_may_be_as_the_batch_would():
    first = standing(*THERE).partners([KARIM_AGAIN])[0]
    assert (first.arrival, first.other) == (KARIM_AGAIN.id, KARIM_TESTANI.id)
    batch = resolve([*THERE, KARIM_AGAIN], parameters=FROZEN)
    (link,) = [x for x in batch.links if {x.left, x.right} == {KARIM_AGAIN.id, KARIM_TESTANI.id}]
    assert first.probability == pytest.approx(link.probability, abs=0.01)


def test_a_family_that_arrives_together_speaks_for_each_of_its_members():
    again = [replace(x, id=id_of(f"{x.id}-2"), group="G-AGAIN", source="S-NGO", birth=None) for x in BROTHERS]
    ready = standing(*THERE)
    together = {x.arrival: x for x in reversed(ready.partners(again))}
    alone = [ready.partners([x])[0] for x in again]
    for one, before, lone in zip(again, BROTHERS, alone, strict=True):
        assert together[one.id].other == before.id
        assert together[one.id].probability > lone.probability


def test_nobody_is_told_of_where_nobody_is_alike():
    (stranger,) = [replace(crowd(60)[50], phones=())]
    assert [x for x in standing(KARIM_TESTANI, LAILA_TESTANI).partners([stranger]) if x.probability > 0.01] == []
    assert standing(*THERE).partners([]) == []


GROUPS = tuple(
    tuple(x for x in THERE if (x.group or x.id) == key) for key in dict.fromkeys(x.group or x.id for x in THERE)
)


@settings(max_examples=15, deadline=None)
@given(st.permutations(GROUPS), st.integers(1, len(GROUPS) - 1))
def test_whichever_groups_came_first_partners_are_the_same(order, first):
    ready = standing(*(x for group in order[:first] for x in group))
    for group in order[first:]:
        ready.add(group)
    assert sorted(told(ready.partners([KARIM_AGAIN]))) == sorted(told(standing(*THERE).partners([KARIM_AGAIN])))


def test_weights_without_habits_are_no_version():
    with pytest.raises(ValueError, match="habits"):
        Standing(columns_of(THERE), replace(FROZEN, habits=None))
