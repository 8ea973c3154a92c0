"""Writes partial dates: no more than is known, readable by `parse_date` again."""

from __future__ import annotations

from datetime import date

from safepassage.core.dates.calendars import SIGHTING, lunar_parts, solar_parts
from safepassage.core.dates.partial import Calendar, PartialDate, Precision


def format_date(stated: PartialDate, calendar: Calendar | None = None) -> str:
    """A text that says no more than is known, in the date's own calendar or another.

    Gregorian days are "1984-03-05", Solar Hijri ones "1370/05/12", Lunar Hijri ones "1400/09/01 lunar"; months
    "1984-03", years "1984"; a year of the other calendar spans two ("1991/1992"). Two readings are joined by "or"; an
    age becomes "1986-03-06 to 1987-03-05".
    """
    shown = calendar or stated.calendar
    texts = [_interval(first, last, stated, shown) for first, last in stated.readings]
    return " or ".join(dict.fromkeys(texts))


def format_brief(stated: PartialDate) -> str:
    """A Gregorian text short enough for a column of a printed list, with its doubt kept.

    "1984-05-12"; "1991-01-01 ?" where the day may stand for its year only; "1984-05" and "1984" say no more than is
    known; "~1986/1987" was worked out from an age; two readings are joined by "or".
    """
    if stated.precision is Precision.AGE:
        years = dict.fromkeys(str(moment.year) for pair in stated.readings for moment in pair)
        return f"~{'/'.join(years)}"
    text = format_date(stated, Calendar.GREGORIAN)
    return f"{text} ?" if stated.is_weak and stated.precision is Precision.DAY else text


def _interval(first: date, last: date, stated: PartialDate, shown: Calendar) -> str:
    if stated.precision is Precision.AGE:
        return f"{_day(first, shown)} to {_day(last, shown)}"
    if shown is Calendar.LUNAR_HIJRI:
        return _lunar(first, last, stated.precision)
    if stated.precision is Precision.DAY:
        return _day(first, shown) if first == last else f"{_day(first, shown)} to {_day(last, shown)}"
    start, end = _parts(first, shown), _parts(last, shown)
    if stated.precision is Precision.MONTH:
        mark = "/" if shown is Calendar.SOLAR_HIJRI else "-"
        months = [f"{year}{mark}{month:02d}" for year, month, _ in (start, end)]
        return " to ".join(dict.fromkeys(months))
    return "/".join(dict.fromkeys(str(year) for year, _, _ in (start, end)))


def _lunar(first: date, last: date, precision: Precision) -> str:
    """The middle of what the sighting leaves open; a reading of another calendar as Gregorian days."""
    if first == last:
        return _day(first, Calendar.GREGORIAN)
    year, month, day = lunar_parts(first + SIGHTING)
    if precision is Precision.DAY:
        return f"{year}/{month:02d}/{day:02d} lunar"
    return f"{year}/{month:02d} lunar" if precision is Precision.MONTH else f"{year} lunar"


def _parts(moment: date, shown: Calendar) -> tuple[int, int, int]:
    return solar_parts(moment) if shown is Calendar.SOLAR_HIJRI else (moment.year, moment.month, moment.day)


def _day(moment: date, shown: Calendar) -> str:
    year, month, day = _parts(moment, shown)
    return f"{year}/{month:02d}/{day:02d}" if shown is Calendar.SOLAR_HIJRI else f"{year}-{month:02d}-{day:02d}"
