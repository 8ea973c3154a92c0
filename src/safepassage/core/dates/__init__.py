"""Dates as people state them: partial, in three calendars, with their doubt kept."""

from safepassage.core.dates.partial import Calendar, PartialDate, Precision

__all__ = ["Calendar", "PartialDate", "Precision"]
