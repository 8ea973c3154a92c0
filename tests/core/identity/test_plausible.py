"""What two people can't be to each other by their ages."""

from __future__ import annotations

from datetime import date

import pytest

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.identity.plausible import has_fitting_ages
from safepassage.core.people import Relation

ON = date(2021, 8, 20)


def born(first: int, last: int | None = None) -> PartialDate:
    return PartialDate(((date(first, 1, 1), date(last or first, 12, 31)),), Precision.YEAR)


@pytest.mark.parametrize(
    ("relation", "one", "other", "fits"),
    [
        ("parent", 1980, 2012, True),
        ("parent", 2012, 1980, False),
        ("parent", 2000, 2005, False),
        ("child", 2012, 1980, True),
        ("child", 1980, 2012, False),
        ("grandparent", 1960, 2012, True),
        ("grandparent", 2000, 2012, False),
        ("grandchild", 2012, 1960, True),
        ("grandchild", 2012, 2000, False),
        ("spouse", 1980, 1984, True),
        ("spouse", 1980, 2015, False),
        ("fiance", 2015, 1980, False),
        ("sibling", 1990, 2012, True),
        ("sibling", 1930, 2012, False),
        ("cousin", 1930, 2012, True),
        ("aunt-uncle", 2012, 1980, True),
    ],
)
def test_a_relation_fits_the_ages_or_not(relation: str, one: int, other: int, fits: bool) -> None:
    assert has_fitting_ages(Relation(relation), born(one), born(other), on=ON) is fits


def test_a_year_in_doubt_counts_in_their_favour_and_so_does_what_nobody_knows() -> None:
    assert has_fitting_ages(Relation.PARENT, born(1985, 2000), born(2005), on=ON)
    assert has_fitting_ages(Relation.PARENT, None, born(2005), on=ON)
    assert has_fitting_ages(Relation.SIBLING, born(2005), None, on=ON)
