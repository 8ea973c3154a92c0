"""Lunar Hijri dates: read where marked or where no other fits; both calendars kept where either may be meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.dates import Calendar, Precision, format_date, parse_date, weak_as_year
from safepassage.core.dates.calendars import lunar_parts

STATED = date(2021, 8, 20)
FIRST_OF_RAMADAN_1400 = date(1980, 7, 13)
"""By the Umm al-Qura calendar."""


@pytest.mark.parametrize(
    "text",
    [
        "1400/9/1 هـ ق",
        "۱۴۰۰/۰۹/۰۱ قمری",
        "1 رمضان 1400",
        "۱ رمضان المبارک ۱۴۰۰",
        "1 Ramadan 1400",
        "1 Ramazan 1400 AH",
        "1400/09/01 lunar",
        "1400-09-01 qamari",
        "۱ روژه ۱۴۰۰",
    ],
)
def test_a_lunar_day_is_a_few_days_around_the_calculated_one(text: str) -> None:
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    first, last = found.readings[0]
    assert first <= FIRST_OF_RAMADAN_1400 <= last
    assert (last - first).days == 4
    assert (found.calendar, found.precision, len(found.readings)) == (Calendar.LUNAR_HIJRI, Precision.DAY, 1)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("محرم 1410", 1),
        ("صفر ۱۴۱۰", 2),
        ("ربيع الأول 1410", 3),
        ("Rabi al-Thani 1410", 4),
        ("Jumada al-Ula 1410", 5),
        ("جمادی الثانی 1410", 6),
        ("رجب المرجب 1410", 7),
        ("Sha'ban 1410", 8),
        ("شوال المکرم 1410", 10),
        ("ذوالقعده 1410", 11),
        ("ذي القعدة 1410", 11),
        ("Dhul-Hijjah 1410", 12),
        ("ذی\u200cالحجه 1410", 12),
    ],
)
def test_the_months_are_known_by_their_names(text: str, month: int) -> None:
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert found.precision is Precision.MONTH
    assert lunar_parts(found.earliest + timedelta(days=2))[:2] == (1410, month)


def test_an_unmarked_year_that_would_lie_ahead_in_the_solar_calendar_is_lunar() -> None:
    found = parse_date("1435", stated_on=STATED)
    assert found is not None
    assert found.calendar is Calendar.LUNAR_HIJRI
    assert found.earliest.year == 2013
    ahead = parse_date("1410/01/31")
    assert ahead is not None
    assert ahead.calendar is Calendar.SOLAR_HIJRI


def test_an_unmarked_year_of_both_calendars_is_solar() -> None:
    found = parse_date("1370/05/12", stated_on=STATED)
    assert found is not None
    assert (found.calendar, found.readings) == (Calendar.SOLAR_HIJRI, ((date(1991, 8, 3), date(1991, 8, 3)),))


@pytest.mark.parametrize(("text", "likelier"), [("1390 AH", 1970), ("1390 هجری", 2011), ("1390 H", 2011)])
def test_where_either_calendar_may_be_meant_both_are_kept_the_likelier_first(text: str, likelier: int) -> None:
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert [first.year for first, _ in found.readings] in ([1970, 2011], [2011, 1970])
    assert found.readings[0][0].year == likelier


def test_a_column_of_lunar_years_keeps_both_readings_unless_a_cell_names_its_calendar() -> None:
    lunar = Calendar.LUNAR_HIJRI
    both = parse_date("1390/01/02", stated_on=STATED, calendar_hint=lunar)
    solar = parse_date("1390/01/02 هـ ش", stated_on=STATED, calendar_hint=lunar)
    assert both is not None
    assert solar is not None
    assert (both.calendar, len(both.readings), solar.calendar) == (lunar, 2, Calendar.SOLAR_HIJRI)


def test_the_first_of_muharram_may_stand_for_its_year() -> None:
    found = parse_date("1400/01/01 قمری", stated_on=STATED)
    assert found is not None
    assert found.is_weak
    year = weak_as_year(found)
    assert year.precision is Precision.YEAR
    assert (year.latest - year.earliest).days >= 354


@given(st.dates(date(1926, 1, 1), STATED))
def test_what_is_written_is_read_again(day: date) -> None:
    year, month, of_month = lunar_parts(day)
    found = parse_date(f"{year}/{month}/{of_month} ق", stated_on=STATED + timedelta(days=5))
    assert found is not None
    assert found.earliest <= day <= found.latest
    again = parse_date(format_date(found), stated_on=STATED + timedelta(days=5))
    assert again is not None
    assert again.readings == found.readings
