"""What parts two listings though a third, barer one is like both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.features import columns_of
from safepassage.core.identity.sound import is_of_others
from safepassage.core.people import Listing
from tests.cast import listing


def parted(one: Listing, other: Listing) -> bool:
    return bool(is_of_others(Comparer(columns_of([one, other])).compare(np.array([[0, 1]])))[0])


ALI = replace(listing("1", "Mohammad Ali Noori", father="Ali Akbar", group="G-1"), phones=("+93700000111",))
OTHER = replace(listing("2", "Mohammad Ali Noori", father="Ewaz", group="G-2"), phones=("+93700000999",))


@pytest.mark.parametrize(
    ("other", "is_parted"),
    [
        (OTHER, True),
        (replace(OTHER, phones=()), True),
        (replace(OTHER, phones=ALI.phones), False),
        (replace(OTHER, father="Ali Akbar"), False),
        (replace(OTHER, source=listing("3", "X", source="S-OTHER").source), False),
        (replace(OTHER, name="Mohammad Ali Barakzai", source=listing("3", "X", source="S-OTHER").source), True),
    ],
    ids=["two fathers", "no phone", "one phone", "one father", "another list", "another list and surname"],
)
def test_two_fathers_in_one_list_are_two_people_whatever_barer_rows_say(other: Listing, is_parted: bool) -> None:
    assert parted(ALI, other) == is_parted


@pytest.mark.parametrize(
    ("one", "other", "is_parted"),
    [("Sayed Abbas", "Sayed Reza", True), ("Mohammad Ali", "Mohammad Nasim", True), ("Ali", "Ali Akbar", False)],
)
def test_fathers_who_share_only_what_many_share_are_two(one: str, other: str, is_parted: bool) -> None:
    assert parted(replace(ALI, father=one), replace(OTHER, father=other)) == is_parted
