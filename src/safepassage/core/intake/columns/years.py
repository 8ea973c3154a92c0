"""The calendar of a column of birth dates, by its years."""

from __future__ import annotations

import re
from collections.abc import Iterable

from safepassage.core.dates import Calendar
from safepassage.core.intake.columns.evidence import latin_digits

_YEAR = re.compile(r"(?<!\d)(1[234]\d\d|19\d\d|20\d\d)(?!\d)")


def infer_calendar(cells: Iterable[str]) -> Calendar | None:
    """Solar Hijri where most years are of its range, Gregorian where most are of ours; None without years."""
    years = [int(match) for cell in cells for match in _YEAR.findall(latin_digits(cell))[:1]]
    if not years:
        return None
    solar = sum(1280 <= year <= 1420 for year in years)
    return Calendar.SOLAR_HIJRI if 2 * solar > len(years) else Calendar.GREGORIAN
