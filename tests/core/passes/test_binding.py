"""Binding a document to a pass."""

from __future__ import annotations

from datetime import date

import pytest

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.passes import BindingFact, VerdictCode, bind_document, binding_tag, mrz_birth
from tests.cast import born
from tests.core.passes.orders import FATHER, OTHER_GATE, issued, point_day_key

CONTENT = issued().content
KEYS = (point_day_key(OTHER_GATE), point_day_key())


def test_each_document_of_a_member_binds_that_member():
    assert bind_document(CONTENT, FATHER, keys=KEYS).members == (0,)
    assert bind_document(CONTENT, BindingFact("P0000002", "840203"), keys=KEYS).members == (1,)
    second = bind_document(CONTENT, BindingFact("1000 11111", "84<<<<"), keys=KEYS)
    assert (second.members, second.is_bound, second.code) == ((1,), True, VerdictCode.VALID)


@pytest.mark.parametrize("fact", [BindingFact("P0000009", "800514"), BindingFact("P0000001", "800515")])
def test_a_document_with_another_number_or_birth_date_binds_nobody(fact):
    binding = bind_document(CONTENT, fact, keys=KEYS)
    assert (binding.is_bound, binding.code) == (False, VerdictCode.NOT_BOUND)


def test_without_the_key_of_the_pass_s_own_point_nothing_binds():
    assert not bind_document(CONTENT, FATHER, keys=KEYS[:1]).is_bound


def test_one_document_has_unlike_tags_at_two_points():
    assert binding_tag(FATHER, key=KEYS[0]) != binding_tag(FATHER, key=KEYS[1])


def spread(first: date, last: date, precision: Precision, *, is_weak: bool = False) -> PartialDate:
    return PartialDate(((first, last),), precision, is_weak=is_weak)


@pytest.mark.parametrize(
    ("birth", "printed"),
    [
        (None, "<<<<<<"),
        (born(1980, 5, 14), "800514"),
        (born(2004, 2, 3), "040203"),
        (spread(date(1980, 1, 1), date(1980, 12, 31), Precision.YEAR), "80<<<<"),
        (spread(date(1980, 5, 1), date(1980, 5, 31), Precision.MONTH), "8005<<"),
        (spread(date(1980, 1, 1), date(1980, 12, 31), Precision.DAY, is_weak=True), "800101"),
        (spread(date(1979, 3, 21), date(1980, 3, 20), Precision.YEAR), "<<<<<<"),
    ],
)
def test_a_birth_date_is_written_as_a_machine_readable_zone_prints_it(birth, printed):
    assert mrz_birth(birth) == printed
