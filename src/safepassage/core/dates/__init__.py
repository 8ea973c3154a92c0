"""Dates as people state them: partial, in three calendars, with their doubt kept."""

from safepassage.core.dates.ages import AgeBand, age_band, age_bands, age_in_years
from safepassage.core.dates.parse import DayOrder, date_from_age, format_date, infer_day_order, parse_date
from safepassage.core.dates.partial import Calendar, PartialDate, Precision

__all__ = [
    "AgeBand",
    "Calendar",
    "DayOrder",
    "PartialDate",
    "Precision",
    "age_band",
    "age_bands",
    "age_in_years",
    "date_from_age",
    "format_date",
    "infer_day_order",
    "parse_date",
]
