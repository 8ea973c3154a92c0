"""Writes partial dates: no more than is known, readable by `parse_date` again."""

from __future__ import annotations

from datetime import date

from safepassage.core.dates.calendars import solar_parts
from safepassage.core.dates.partial import Calendar, PartialDate, Precision


def format_date(stated: PartialDate, calendar: Calendar | None = None) -> str:
    """A text that says no more than is known, in the date's own calendar or another.

    Gregorian days are "1984-03-05", Solar Hijri ones "1370/05/12"; months "1984-03", years "1984"; a year of the
    other calendar spans two ("1991/1992"). Two readings are joined by "or"; an age becomes "1986-03-06 to
    1987-03-05".
    """
    shown = calendar or stated.calendar
    texts = [_interval(first, last, stated, shown) for first, last in stated.readings]
    return " or ".join(dict.fromkeys(texts))


def _interval(first: date, last: date, stated: PartialDate, shown: Calendar) -> str:
    if stated.precision is Precision.AGE:
        return f"{_day(first, shown)} to {_day(last, shown)}"
    if stated.precision is Precision.DAY:
        return _day(first, shown)
    start, end = _parts(first, shown), _parts(last, shown)
    if stated.precision is Precision.MONTH:
        mark = "/" if shown is Calendar.SOLAR_HIJRI else "-"
        months = [f"{year}{mark}{month:02d}" for year, month, _ in (start, end)]
        return " to ".join(dict.fromkeys(months))
    return "/".join(dict.fromkeys(str(year) for year, _, _ in (start, end)))


def _parts(moment: date, shown: Calendar) -> tuple[int, int, int]:
    return solar_parts(moment) if shown is Calendar.SOLAR_HIJRI else (moment.year, moment.month, moment.day)


def _day(moment: date, shown: Calendar) -> str:
    year, month, day = _parts(moment, shown)
    return f"{year}/{month:02d}/{day:02d}" if shown is Calendar.SOLAR_HIJRI else f"{year}-{month:02d}-{day:02d}"
