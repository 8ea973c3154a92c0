"""Households that a list implies: rows without a group under one phone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from safepassage.core.identity.units import units_of
from tests.core.identity.people import BROTHERS, found_in, one_of, phoned

PHONE = "+93700000077"


def test_rows_of_one_list_under_one_phone_stand_together() -> None:
    group = np.array([-1, -1, -1, -1, 4], np.int32)
    source = np.array([1, 1, 2, 1, 1], np.int32)
    phone = np.array([7, 7, 7, 0, 7], np.int32)
    assert units_of(group, source, phone).tolist() == [5, 5, -1, -1, 4]


def test_a_phone_of_many_rows_implies_no_household() -> None:
    many = np.full(13, -1, np.int32)
    ones = np.ones(13, np.int32)
    assert units_of(many, ones, ones).tolist() == [-1] * 13
    assert set(units_of(many[:12], ones[:12], ones[:12]).tolist()) == {0}


def test_brothers_listed_row_by_row_without_a_group_stay_apart_and_are_found_again():
    there = [replace(phoned(brother, PHONE), group=None) for brother in BROTHERS]
    here = [replace(phoned(brother, PHONE), id=f"{brother.id}-B", source="S-NGO", birth=None) for brother in BROTHERS]
    found = found_in([*there, *here])
    assert not any(one_of(found, a, b) for i, a in enumerate(there) for b in there[i + 1 :])
    assert all(one_of(found, a, b) for a, b in zip(there, here, strict=True))
