"""Days, months and years of three calendars as intervals of Gregorian days.

Arithmetic is that of libraries, never our own: `jdatetime` for the Solar Hijri calendar, `hijridate` (Umm al-Qura)
for the Lunar Hijri one. Lunar months began by sighting, so a lunar day is an interval of a few days either way.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import jdatetime
from hijridate import Gregorian, Hijri

from safepassage.core.dates.partial import Calendar, PartialDate, Precision

Interval = tuple[date, date]

GREGORIAN_YEARS = range(1900, 2101)
SOLAR_YEARS = range(1270, 1451)
"""Years of living people's documents: 1270 began in 1891, 1450 begins in 2071. The two ranges don't meet, so a
year tells its calendar."""

LUNAR_YEARS = range(1343, 1500)
"""1343 began in 1924; earlier ones are beyond the library, and nobody lives who was born in them."""
SIGHTING = timedelta(days=2)
"""How far a month that began by sighting may be off the calculated one."""


def calendar_of_year(year: int) -> Calendar | None:
    """The calendar to which an unmarked year belongs; None if no living person's document bears it.

    A year around 1400 is held to be Solar Hijri, the civil calendar: see `parse` for when it may be lunar.
    """
    if year in GREGORIAN_YEARS:
        return Calendar.GREGORIAN
    return Calendar.SOLAR_HIJRI if year in SOLAR_YEARS else None


@lru_cache(maxsize=1 << 14)
def day_interval(year: int, month: int, day: int, calendar: Calendar | None = None) -> Interval | None:
    """One day, in the calendar given or told by its year; None if that calendar has no such day.

    A day of a lunar month is five days: two either way.
    """
    calendar = calendar or calendar_of_year(year)
    try:
        if calendar is Calendar.LUNAR_HIJRI:
            is_thirtieth = day == 30
            found = Hijri(year, month, day - is_thirtieth).to_gregorian()
            middle = date(found.year, found.month, found.day) + timedelta(days=is_thirtieth)
            return middle - SIGHTING, middle + SIGHTING
        if calendar is Calendar.SOLAR_HIJRI:
            found = jdatetime.date(year, month, day).togregorian()
            moment = date(found.year, found.month, found.day)
        elif calendar is Calendar.GREGORIAN:
            moment = date(year, month, day)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return moment, moment


@lru_cache(maxsize=1 << 12)
def month_interval(year: int, month: int, calendar: Calendar | None = None) -> Interval | None:
    """All days of a month."""
    calendar = calendar or calendar_of_year(year)
    first = day_interval(year, month, 1, calendar)
    if first is None:
        return None
    if calendar is Calendar.GREGORIAN:
        return first[0], date(year, month, monthrange(year, month)[1])
    if calendar is Calendar.LUNAR_HIJRI:
        return first[0], first[1] + timedelta(days=Hijri(year, month, 1).month_length() - 1)
    following = jdatetime.date(year + month // 12, month % 12 + 1, 1).togregorian()
    return first[0], date(following.year, following.month, following.day) - timedelta(days=1)


@lru_cache(maxsize=1 << 10)
def year_interval(year: int, calendar: Calendar | None = None) -> Interval | None:
    """All days of a year; a Solar Hijri year begins in March, a lunar one eleven days earlier each time."""
    first, last = month_interval(year, 1, calendar), month_interval(year, 12, calendar)
    return (first[0], last[1]) if first and last else None


def lunar_parts(moment: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in the calculated Lunar Hijri calendar."""
    found = Gregorian(moment.year, moment.month, moment.day).to_hijri()
    return found.year, found.month, found.day


def solar_parts(moment: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in the Solar Hijri calendar."""
    found = jdatetime.date.fromgregorian(date=moment)
    return found.year, found.month, found.day


def year_in(calendar: Calendar, first: date) -> int:
    """The year in a calendar of a reading that begins on a day."""
    if calendar is Calendar.LUNAR_HIJRI:
        return lunar_parts(first + SIGHTING)[0]
    return solar_parts(first)[0] if calendar is Calendar.SOLAR_HIJRI else first.year


def weak_as_year(stated: PartialDate) -> PartialDate:
    """A weak date (1 January, 1 Hamal) as the year that it most likely stands for; others as they are."""
    if not stated.is_weak:
        return stated
    readings = tuple(
        found
        for first, _ in stated.readings
        if (found := year_interval(year_in(stated.calendar, first), stated.calendar))
    )
    return PartialDate(readings, Precision.YEAR, stated.calendar, text=stated.text)
