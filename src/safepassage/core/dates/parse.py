"""Reads dates as lists write them: three calendars, two day orders, words, ages, serial numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from safepassage.core.dates.calendars import (
    GREGORIAN_YEARS,
    LUNAR_YEARS,
    Interval,
    calendar_of_year,
    day_interval,
    month_interval,
    year_interval,
)
from safepassage.core.dates.partial import Calendar, PartialDate, Precision
from safepassage.core.dates.stated_age import read_age
from safepassage.core.dates.words import (
    CALENDAR_MARKS,
    GREGORIAN_MONTHS,
    HIJRI_MARKS,
    LUNAR_MONTHS,
    NOISE,
    SOLAR_MONTHS,
    plain,
    with_lunar_months,
)


class DayOrder(StrEnum):
    """Which of day and month a list writes first, where the numbers don't tell."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?: ?z| ?[+-]\d{2}:?\d{2})?$")
_SERIAL = re.compile(r"([1-6]\d{4})(?:\.\d+)?")
_SERIAL_ORIGIN = date(1899, 12, 30)
"""Day 0 of spreadsheet serials after February 1900 (the 1900 date system of ECMA-376, 18.17.4.1)."""
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_NUMBERS = re.compile(r"(\d{1,4})\s?[/.\-\\،,٫ ]\s?(\d{1,4})(?:\s?[/.\-\\،,٫ ]\s?(\d{1,4}))?")
_FLOAT_YEAR = re.compile(r"(\d{4})\.0")
_PIVOT = 30
"""Two-digit years below this may be of the 2000s where no day of statement settles it."""

Parts = tuple[int, int, int]
"""Year, month, day; a 0 is not told."""


def parse_date(
    text: str,
    *,
    stated_on: date | None = None,
    prefer: DayOrder = DayOrder.DAY_FIRST,
    calendar_hint: Calendar | None = None,
) -> PartialDate | None:
    """Reads a birth date (or another date, or an age) as stated; None if it can't be read.

    Years tell their calendar: those around 1400 are Solar Hijri, unless the text or its column names the lunar
    calendar, or the solar year lies after the statement. Where either may be meant ("1400 AH", a column that holds
    lunar years too), both readings are kept, the likelier first.

    Args:
        text: The cell, verbatim.
        stated_on: The day on which it was stated: ages count back from it, two-digit years are settled by it, and a
            reading after it is dropped. Leave it out for dates that may lie ahead.
            Without it ages can't be read.
        prefer: The order put first where day and month can't be told apart; both readings are kept.
        calendar_hint: The calendar of the column, for two-digit years.
    """
    told = plain(text)
    told = _TIME.sub("", _FLOAT_YEAR.sub(r"\1", told)).strip(" ,;.:()[]'\"")
    told = with_lunar_months(told)
    if not told:
        return None
    if found := _SERIAL.fullmatch(told):
        moment = _SERIAL_ORIGIN + timedelta(days=int(found[1]))
        return _stated([(moment.year, moment.month, moment.day)], text, stated_on, {})
    hint = named_calendar(told) or calendar_hint
    parts = _parts_of(told, prefer=prefer, stated_on=stated_on, hint=hint)
    calendars = {year: _calendars_of(year, told, calendar_hint, stated_on) for year, _, _ in parts}
    if parts and (stated := _stated(parts, text, stated_on, calendars)):
        return stated
    return read_age(told, stated_on=stated_on, text=text) if stated_on else None


def infer_day_order(texts: Iterable[str]) -> DayOrder | None:
    """The order of day and month that a column's unambiguous dates show; None if they show none, or both."""
    day_first = month_first = 0
    for text in texts:
        found = _NUMBERS.fullmatch(_TIME.sub("", plain(text)))
        if not found or not found[3] or len(found[1]) > 2 or len(found[2]) > 2:
            continue
        first, second = int(found[1]), int(found[2])
        day_first += 12 < first <= 31 and 1 <= second <= 12
        month_first += 12 < second <= 31 and 1 <= first <= 12
    if day_first == month_first or min(day_first, month_first) * 5 > max(day_first, month_first):
        return None
    return DayOrder.DAY_FIRST if day_first > month_first else DayOrder.MONTH_FIRST


def named_calendar(text: str) -> Calendar | None:
    """The calendar that a text names, by a mark ("شمسی", "هـ ق", "AH") or by its month; None if it names none."""
    for word in _PIECES.findall(with_lunar_months(plain(text))):
        if word in LUNAR_MONTHS:
            return Calendar.LUNAR_HIJRI
        if word in CALENDAR_MARKS:
            return CALENDAR_MARKS[word]
    return None


def _calendars_of(year: int, told: str, hint: Calendar | None, stated_on: date | None) -> tuple[Calendar, ...]:
    """The calendars in which a full year may be meant, the likelier first."""
    if year in GREGORIAN_YEARS:
        return (Calendar.GREGORIAN,)
    named = named_calendar(told)
    if named is Calendar.LUNAR_HIJRI:
        return (Calendar.LUNAR_HIJRI,)
    if named is not None or year not in LUNAR_YEARS:
        return (Calendar.SOLAR_HIJRI,)
    marks = HIJRI_MARKS.intersection(_PIECES.findall(told))
    if hint is Calendar.LUNAR_HIJRI or "ah" in marks:
        return (Calendar.LUNAR_HIJRI, Calendar.SOLAR_HIJRI)
    begins = year_interval(year, Calendar.SOLAR_HIJRI)
    is_ahead = stated_on is not None and (begins is None or begins[0] > stated_on)
    return (Calendar.SOLAR_HIJRI, Calendar.LUNAR_HIJRI) if marks or is_ahead else (Calendar.SOLAR_HIJRI,)


def _parts_of(told: str, *, prefer: DayOrder, stated_on: date | None, hint: Calendar | None) -> list[Parts]:
    """All readings of a text as parts, likeliest first; empty if it is no date."""
    pieces = _PIECES.findall(told)
    words = [piece for piece in pieces if not piece[0].isdecimal()]
    months = [word for word in words if word in GREGORIAN_MONTHS or word in SOLAR_MONTHS or word in LUNAR_MONTHS]
    if any(word not in NOISE and word not in CALENDAR_MARKS and word not in months for word in words):
        return []
    numbers = [piece for piece in pieces if piece[0].isdecimal()]
    if len(months) == 1:
        return _with_month_word(months[0], numbers, stated_on=stated_on, hint=hint)
    if months:
        return []
    if len(numbers) == 1:
        return _one_number(numbers[0], prefer)
    if words:
        told = " ".join(re.findall(r"[\d/.\-\\]*\d[\d/.\-\\]*", told)).strip("/.-\\ ")
    found = _NUMBERS.fullmatch(told)
    if not found:
        return []
    return _by_numbers([part for part in found.groups() if part], prefer=prefer, stated_on=stated_on, hint=hint)


def _with_month_word(word: str, numbers: list[str], *, stated_on: date | None, hint: Calendar | None) -> list[Parts]:
    calendar, month = next(
        (calendar, months[word])
        for calendar, months in (
            (Calendar.SOLAR_HIJRI, SOLAR_MONTHS),
            (Calendar.LUNAR_HIJRI, LUNAR_MONTHS),
            (Calendar.GREGORIAN, GREGORIAN_MONTHS),
        )
        if word in months
    )
    if len(numbers) == 1 and len(numbers[0]) == 4:
        readings = [(int(numbers[0]), month, 0)]
    elif len(numbers) == 2:
        day, year = sorted(numbers, key=len) if len(numbers[0]) != len(numbers[1]) else numbers
        if int(day) > 31 >= int(year):
            day, year = year, day
        readings = [(full, month, int(day)) for full in _full_years(year, stated_on, hint or calendar)]
    else:
        return []
    if calendar is Calendar.LUNAR_HIJRI:
        return [parts for parts in readings if parts[0] in LUNAR_YEARS]
    return [parts for parts in readings if calendar_of_year(parts[0]) is calendar]


def _one_number(number: str, prefer: DayOrder) -> list[Parts]:
    if len(number) == 4:
        return [(int(number), 0, 0)]
    if len(number) == 8:
        head, tail = int(number[:4]), int(number[4:])
        if calendar_of_year(head):
            return [(head, tail // 100, tail % 100)]
        if calendar_of_year(tail):
            return _both_orders(tail, head // 100, head % 100, prefer)
    return []


def _by_numbers(
    numbers: list[str], *, prefer: DayOrder, stated_on: date | None, hint: Calendar | None
) -> list[Parts]:
    if len(numbers) == 2:
        first, second = map(int, numbers)
        if len(numbers[0]) == 4:
            return [(first, second, 0)]
        return [(second, first, 0)] if len(numbers[1]) == 4 else []
    one, two, three = numbers
    if len(one) == 4:
        year, month, day = int(one), int(two), int(three)
        return [(year, day, month)] if month > 12 >= day else [(year, month, day)]
    if len(two) > 2:
        return []
    if int(one) > 31:
        return [(year, int(two), int(three)) for year in _full_years(one, stated_on, hint)]
    years = [int(three)] if len(three) == 4 else _full_years(three, stated_on, hint) if len(three) == 2 else []
    return [parts for year in years for parts in _both_orders(year, int(one), int(two), prefer)]


def _both_orders(year: int, first: int, second: int, prefer: DayOrder) -> list[Parts]:
    by_day, by_month = (year, second, first), (year, first, second)
    return [by_day, by_month] if prefer is DayOrder.DAY_FIRST else [by_month, by_day]


def _full_years(year: str, stated_on: date | None, hint: Calendar | None) -> list[int]:
    """The years that a two-digit year can mean, likeliest first."""
    if len(year) == 4:
        return [int(year)]
    short = int(year)
    if hint is Calendar.SOLAR_HIJRI:
        return [1400 + short, 1300 + short] if short < _PIVOT else [1300 + short]
    if stated_on:
        return [2000 + short if 2000 + short <= stated_on.year else 1900 + short]
    return [2000 + short, 1900 + short] if short < _PIVOT else [1900 + short]


def _stated(
    parts: list[Parts], text: str, stated_on: date | None, calendars: Mapping[int, tuple[Calendar, ...]]
) -> PartialDate | None:
    """The partial date of the readings that exist in their calendars."""
    found: list[tuple[Interval, Parts, Calendar]] = []
    for year, month, day in parts:
        for calendar in calendars.get(year, (Calendar.GREGORIAN,)):
            interval = _interval(year, month, day, calendar)
            is_past = interval is not None and (not stated_on or interval[0] <= stated_on)
            if interval and is_past and interval not in [known for known, _, _ in found]:
                found.append((interval, (year, month, day), calendar))
    if not found:
        return None
    _, (_, month, day), calendar = found[0]
    found.sort(key=lambda one: one[2] is not calendar)
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return PartialDate(
        readings=tuple(interval for interval, _, _ in found),
        precision=precision,
        calendar=calendar,
        is_weak=(month, day) == (1, 1) and all(one[2] is calendar for one in found),
        text=text,
    )


def _interval(year: int, month: int, day: int, calendar: Calendar) -> Interval | None:
    interval = day_interval(year, month, day, calendar) if day else None
    interval = interval or (month_interval(year, month, calendar) if month and not day else None)
    return interval or (year_interval(year, calendar) if not month and not day else None)
