"""Ages: from words to birth intervals, from birth intervals to ages and bands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.dates import (
    AgeBand,
    Precision,
    UnreadReason,
    age_band,
    age_bands,
    age_in_years,
    date_from_age,
    parse_date,
    weak_as_year,
    why_unread,
)

STATED = date(2021, 8, 20)


@pytest.mark.parametrize(
    "text", ["34", "age 34", "Age: 34", "34 yrs", "34 years old", "34-year-old", "34 y/o", "۳۴", "۳۴ ساله", "34.0"]
)
def test_an_age_is_a_year_of_birthdays(text):
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert found.readings == ((date(1986, 8, 21), date(1987, 8, 20)),)
    assert found.precision is Precision.AGE


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5 months", date(2021, 2, 21), date(2021, 3, 20)),
        ("۵ ماهه", date(2021, 2, 21), date(2021, 3, 20)),
        ("3 weeks", date(2021, 7, 24), date(2021, 7, 30)),
        ("10 days", date(2021, 8, 10), date(2021, 8, 10)),
        ("1 year 3 months", date(2020, 4, 21), date(2020, 5, 20)),
        ("35-45", date(1975, 8, 21), date(1986, 8, 20)),
        ("35 to 45 years", date(1975, 8, 21), date(1986, 8, 20)),
        ("newborn", date(2021, 5, 21), date(2021, 8, 20)),
        ("<5", date(2016, 8, 21), date(2021, 8, 20)),
    ],
)
def test_months_weeks_ranges_and_newborns_are_read(text, first, last):
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert found.readings == ((first, last),)


def test_an_age_needs_the_day_on_which_it_was_stated():
    assert parse_date("34") is None
    assert why_unread("34") is UnreadReason.AGE_WITHOUT_DAY


@pytest.mark.parametrize("text", ["140", "45-35", "34 goats", "-5-"])
def test_what_is_no_age_is_left_unread(text):
    assert parse_date(text, stated_on=STATED) is None


@given(st.integers(0, 100), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_an_age_stated_on_a_day_is_that_age_on_that_day(years, stated_on):
    assert age_in_years(date_from_age(years, stated_on=stated_on), stated_on) == (years, years)


@given(st.integers(0, 40), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_an_age_in_months_gives_its_completed_years(months, stated_on):
    found = age_in_years(date_from_age(months, stated_on=stated_on, unit="months"), stated_on)
    assert found == (months // 12, months // 12)


def test_a_birth_year_leaves_the_age_between_two():
    birth = parse_date("2003")
    assert birth is not None
    assert age_in_years(birth, STATED) == (17, 18)
    assert age_bands(birth, STATED) == (AgeBand.ADOLESCENT, AgeBand.ADULT)
    assert age_band(birth, STATED) is AgeBand.UNKNOWN


def test_a_known_birth_date_gives_one_band():
    birth = parse_date("2003-08-21")
    assert birth is not None
    assert age_band(birth, STATED) is AgeBand.ADOLESCENT
    assert age_band(birth, date(2021, 8, 21)) is AgeBand.ADULT


def test_nothing_known_is_a_band_of_its_own():
    birth = parse_date("2031-01-01")
    assert birth is not None
    assert age_in_years(birth, STATED) is None
    assert age_bands(birth, STATED) == age_bands(None, STATED) == (AgeBand.UNKNOWN,)


def test_a_weak_date_counts_as_its_year():
    weak = parse_date("2003-01-01")
    assert weak is not None
    assert weak_as_year(weak).readings == ((date(2003, 1, 1), date(2003, 12, 31)),)
    solar = parse_date("1370/01/01")
    assert solar is not None
    assert weak_as_year(solar).readings == ((date(1991, 3, 21), date(1992, 3, 20)),)
    firm = parse_date("2003-01-02")
    assert firm is not None
    assert weak_as_year(firm) is firm
