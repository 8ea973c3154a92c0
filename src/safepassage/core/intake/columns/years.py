"""The calendar of a column of birth dates, by its years."""

from __future__ import annotations

import re
from collections.abc import Iterable

from safepassage.core.dates import Calendar, named_calendar
from safepassage.core.intake.columns.evidence import latin_digits

_LAST_SOLAR = 1410
"""Solar Hijri 1410 begins in 2031: nobody was born later yet."""
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
