"""One listing, or a list group, against those kept ready: the batch's partners, whatever came in which order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity import IdentitySettings, resolve
from safepassage.core.identity.arrivals import Standing
from safepassage.core.identity.features import columns_of
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI, listing
from tests.core.identity.people import BROTHERS, MARJAN, SADAF, crowd, id_of

THERE = (KARIM_TESTANI, LAILA_TESTANI, SADAF, MARJAN, *BROTHERS, *crowd(24))
FROZEN = resolve([*THERE, KARIM_AGAIN]).parameters


def standing(*listings, cap=40):
    return Standing(columns_of(listings, FROZEN.habits), FROZEN, replace(IdentitySettings(), block_cap=cap))


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


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(GROUPS),
    st.lists(st.integers(1, len(GROUPS) - 1), min_size=1, max_size=4),
    st.sampled_from((2, 3, 5, 40)),
)
def test_in_whichever_portions_they_came_partners_are_the_same(order, cuts, cap):
    whole = standing(*THERE, cap=cap)
    first, *later = [
        [x for group in order[start:end] for x in group]
        for start, end in pairwise((0, *sorted(set(cuts)), len(order)))
    ]
    ready = standing(*first, cap=cap)
    for portion in later:
        ready.add(portion)
    for asked in ([KARIM_AGAIN], [replace(x, id=id_of(f"{x.id}-2"), group="G-AGAIN") for x in BROTHERS]):
        assert sorted(told(ready.partners(asked))) == sorted(told(whole.partners(asked)))


def test_a_name_that_nobody_had_written_as_one_word_is_found_though_it_comes_later():
    apart = listing("APART", "Zarin Dokht", source="S-EMBASSY")
    joined = replace(apart, id=id_of("JOINED"), name="Zarindokht", source="S-NGO", group=None)
    for there, asked in ((apart, joined), (joined, apart)):
        later = standing(*crowd(3))
        later.add([there])
        for ready in (standing(there, *crowd(3)), later):
            assert [x.other for x in ready.partners([asked])][:1] == [there.id]


def test_weights_without_habits_are_no_version():
    with pytest.raises(ValueError, match="habits"):
        Standing(columns_of(THERE), replace(FROZEN, habits=None))
