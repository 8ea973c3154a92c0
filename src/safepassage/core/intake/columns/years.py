"""The calendar of a column of birth dates, by its years, and the order of day and month that its header asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from safepassage.core.dates import Calendar, DayOrder, infer_day_order, named_calendar
from safepassage.core.intake.columns.evidence import latin_digits

_LAST_SOLAR = 1410
"""Solar Hijri 1410 begins in 2031: nobody was born later yet."""
_DAY = r"(?:d{1,2}|j{1,2}|t{1,2}|day|jour|tag|дд|روز|ورځ)"
_MONTH = r"(?:m{1,3}|month|mois|monat|мм|ماه|میاشت)"
_GAP = r"\s*[-/.,\s]\s*"
_DAY_FIRST = re.compile(rf"(?<![^\W\d_]){_DAY}{_GAP}{_MONTH}{_GAP}(?:[yajг]|year|سال|کال)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?<![^\W\d_]){_MONTH}{_GAP}{_DAY}{_GAP}(?:[yajг]|year|سال|کال)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[234]\d\d|19\d\d|20\d\d)(?!\d)")


def infer_calendar(cells: Iterable[str]) -> Calendar | None:
    """Solar Hijri where most years are of its range, Gregorian where most are of ours; None without years.

    Lunar Hijri where the cells say so, or where a tenth of the Hijri years lie ahead of the solar calendar.
    """
    cells = list(cells)
    years = [int(match) for cell in cells for match in _YEAR.findall(latin_digits(cell))[:1]]
    if not years:
        return None
    solar = sum(1280 <= year <= 1420 for year in years)
    hijri = [year for year in years if 1280 <= year < 1500]
    marked = sum(named_calendar(cell) is Calendar.LUNAR_HIJRI for cell in cells)
    if 2 * marked > len(years) or (hijri and 10 * sum(year > _LAST_SOLAR for year in hijri) >= len(hijri)):
        return Calendar.LUNAR_HIJRI
    return Calendar.SOLAR_HIJRI if 2 * solar > len(years) else Calendar.GREGORIAN


def said_day_order(headers: Iterable[str]) -> DayOrder | None:
    """The order of day and month that headers ask for ("dd/mm/yyyy", "روز/ماه/سال"); None if they do not."""
    orders = {
        order
        for header in headers
        for order, pattern in ((DayOrder.DAY_FIRST, _DAY_FIRST), (DayOrder.MONTH_FIRST, _MONTH_FIRST))
        if pattern.search(header)
    }
    return orders.pop() if len(orders) == 1 else None


def settle_day_order(headers: Iterable[str], cells: Iterable[str]) -> DayOrder | None:
    """The order of day and month of the birth dates of a table: as the header asks, unless the cells prove another.

    None where nothing tells it, or header and cells contradict each other: both readings of a date are then kept.
    """
    said, shown = said_day_order(headers), infer_day_order(cells)
    return None if said and shown and said is not shown else said or shown
