"""Dates as lists write them: read with their doubt, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.dates import (
    Calendar,
    DayOrder,
    Precision,
    UnreadReason,
    format_brief,
    format_date,
    infer_day_order,
    parse_date,
    why_unread,
)

STATED = date(2021, 8, 20)
DAYS = st.dates(date(1925, 1, 1), STATED)


def read(text, **options):
    found = parse_date(text, stated_on=STATED, **options)
    return format_date(found) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "1991-08-03",
        "1991/8/3",
        "1991-08-03 00:00:00",
        "1991-08-03T10:20:30Z",
        "19910803",
        "03-Aug-1991",
        "3 August 1991",
        "3rd Aug 1991",
        "August 3, 1991",
        "Saturday, 3 August 1991",
        "03AUG91",
        "03-Aug-91",
        "33453",
        "33453.0",
        "۳ اگست ۱۹۹۱",
        "۳ اوت ۱۹۹۱",
        "٣/٨/١٩٩١ م",
    ],
)
def test_one_gregorian_day_reads_alike_in_every_notation(text):
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert found.readings[0] == (date(1991, 8, 3), date(1991, 8, 3))
    assert (found.precision, found.calendar, found.text) == (Precision.DAY, Calendar.GREGORIAN, text)


@pytest.mark.parametrize(
    "text",
    [
        "1370/05/12",
        "1370-5-12",
        "۱۳۷۰/۰۵/۱۲",
        "١٣٧٠/٥/١٢",
        "12 Asad 1370",
        "۱۲ اسد ۱۳۷۰",
        "۱۲ زمری ۱۳۷۰",
        "۱۲ مرداد ۱۳۷۰ ه ش",
        "13700512",
    ],
)
def test_one_solar_day_reads_alike_in_every_notation(text):
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert found.readings == ((date(1991, 8, 3), date(1991, 8, 3)),)
    assert found.calendar is Calendar.SOLAR_HIJRI


@pytest.mark.parametrize(
    ("gregorian", "solar"),
    [
        ("1979-03-21", "1358/01/01"),
        ("2021-03-20", "1399/12/30"),
        ("2021-08-15", "1400/05/24"),
        ("1990-03-20", "1368/12/29"),
    ],
)
def test_known_days_of_both_calendars_agree(gregorian, solar):
    a, b = parse_date(gregorian), parse_date(solar)
    assert a is not None
    assert b is not None
    assert a.readings == b.readings
    assert format_date(a, Calendar.SOLAR_HIJRI) == solar
    assert format_date(b, Calendar.GREGORIAN) == gregorian


def test_day_and_month_in_doubt_keep_both_readings_the_preferred_first():
    assert read("03/04/1990") == "1990-04-03 or 1990-03-04"
    assert read("03/04/1990", prefer=DayOrder.MONTH_FIRST) == "1990-03-04 or 1990-04-03"
    assert read("04/04/1990") == "1990-04-04"
    assert read("25/04/1990", prefer=DayOrder.MONTH_FIRST) == "1990-04-25"
    assert read("05/06/1370") == "1370/06/05 or 1370/05/06"


def test_a_reading_that_lies_ahead_of_the_statement_is_dropped():
    assert read("08/12/2021") == "2021-08-12"
    assert parse_date("2022-01-01", stated_on=STATED) is None
    assert why_unread("2022-01-01", stated_on=STATED) is UnreadReason.IN_THE_FUTURE
    assert parse_date("2029-01-01") is not None


def test_a_year_of_the_solar_calendar_is_one_interval_over_two_gregorian_years():
    found = parse_date("۱۳۷۰")
    assert found is not None
    assert found.readings == ((date(1991, 3, 21), date(1992, 3, 20)),)
    assert found.precision is Precision.YEAR
    assert format_date(found, Calendar.GREGORIAN) == "1991/1992"


@pytest.mark.parametrize(
    "text", ["1990-01-01", "01/01/1990", "01-Jan-1990", "1370/01/01", "1 Hamal 1370", "۱ حمل ۱۳۷۰", "32874"]
)
def test_the_first_day_of_a_year_is_weak(text):
    found = parse_date(text)
    assert found is not None
    assert found.is_weak


@pytest.mark.parametrize("text", ["1990-01-02", "1370/02/01", "1990", "1990-01", "34"])
def test_no_other_date_is_weak(text):
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert not found.is_weak


def test_two_digit_years_are_settled_by_the_day_of_statement():
    assert read("12/06/05", prefer=DayOrder.MONTH_FIRST) == "2005-12-06 or 2005-06-12"
    assert read("31-Dec-84") == "1984-12-31"
    assert read("31-Dec-22") == "1922-12-31"
    both = parse_date("31-Dec-22")
    assert both is not None
    assert len(both.readings) == 2
    assert read("05/12/70", calendar_hint=Calendar.SOLAR_HIJRI) == "1370/12/05 or 1370/05/12"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", UnreadReason.EMPTY),
        ("N/A", UnreadReason.NOT_A_DATE),
        ("0000-00-00", UnreadReason.NOT_A_DATE),
        ("30/02/1988", UnreadReason.NOT_A_DATE),
        ("1400/12/30", UnreadReason.NOT_A_DATE),
        ("Kabul 1984", UnreadReason.NOT_A_DATE),
        ("0701234567", UnreadReason.NOT_A_DATE),
        ("1240/9/1 هـ ق", UnreadReason.LUNAR_HIJRI),
        ("رمضان 1240", UnreadReason.LUNAR_HIJRI),
        ("1990-05-05 and 1991-05-05", UnreadReason.NOT_A_DATE),
    ],
)
def test_what_is_no_date_is_left_unread_with_a_reason(text, reason):
    assert parse_date(text, stated_on=STATED) is None
    assert why_unread(text, stated_on=STATED) is reason


def test_a_column_shows_its_own_order_of_day_and_month():
    assert infer_day_order(["03/04/1990", "25/04/1990", "13/1/2001"]) is DayOrder.DAY_FIRST
    assert infer_day_order(["03/04/1990", "04/25/1990 00:00"]) is DayOrder.MONTH_FIRST
    assert infer_day_order(["03/04/1990", "1990-25-04", "34", ""]) is None
    assert infer_day_order(["25/04/1990", "04/25/1990"]) is None


@given(DAYS, st.sampled_from(Calendar).filter(lambda calendar: calendar is not Calendar.LUNAR_HIJRI))
def test_every_day_survives_writing_and_reading_in_both_calendars(day, calendar):
    stated = parse_date(day.isoformat(), stated_on=STATED)
    assert stated is not None
    again = parse_date(format_date(stated, calendar), stated_on=STATED)
    assert again is not None
    assert again.readings == ((day, day),)
    assert again.calendar is calendar


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%b-%Y", "%d%b%y", "%d.%m.%Y", "%B %d, %Y", "%Y%m%d"]))
def test_the_day_meant_is_always_among_the_readings(day, notation):
    found = parse_date(day.strftime(notation), stated_on=STATED)
    assert found is not None
    if day >= date(1930, 1, 1):
        assert (day, day) in found.readings


@given(st.text(max_size=30))
def test_any_text_reads_or_is_left_unread_without_an_error(text):
    found = parse_date(text, stated_on=STATED)
    assert found is None or found.earliest <= STATED


@given(st.integers(1, 12), st.integers(1930, 2020))
def test_a_month_survives_writing_and_reading(month, year):
    stated = parse_date(f"{year}-{month:02d}", stated_on=STATED)
    assert stated is not None
    assert parse_date(format_date(stated), stated_on=STATED) == stated


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("12 MAY 1984", "1984-05-12"),
        ("01 JAN 1991", "1991-01-01 ?"),
        ("1363/02/22", "1984-05-12"),
        ("1370/01/01", "1991-03-21 ?"),
        ("1366", "1987/1988"),
        ("2015", "2015"),
        ("age 34", "~1986/1987"),
    ],
)
def test_a_brief_birth_keeps_its_doubt_and_is_gregorian(text, brief):
    found = parse_date(text, stated_on=STATED)
    assert found is not None
    assert format_brief(found) == brief
