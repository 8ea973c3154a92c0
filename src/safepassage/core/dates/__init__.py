"""Dates as people state them: partial, in three calendars, with their doubt kept."""

from safepassage.core.dates.ages import AgeBand, age_band, age_bands, age_in_years
from safepassage.core.dates.calendars import solar_parts, weak_as_year
from safepassage.core.dates.format import format_brief, format_date
from safepassage.core.dates.parse import DayOrder, infer_day_order, named_calendar, parse_date
from safepassage.core.dates.partial import Calendar, PartialDate, Precision
from safepassage.core.dates.stated_age import date_from_age
from safepassage.core.dates.unread import UnreadReason, why_unread

__all__ = [
    "AgeBand",
    "Calendar",
    "DayOrder",
    "PartialDate",
    "Precision",
    "UnreadReason",
    "age_band",
    "age_bands",
    "age_in_years",
    "date_from_age",
    "format_brief",
    "format_date",
    "infer_day_order",
    "named_calendar",
    "parse_date",
    "solar_parts",
    "weak_as_year",
    "why_unread",
]
