"""Reads dates as lists write them: three calendars, two day orders, words, ages, serial numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from safepassage.core.dates.partial import Calendar, PartialDate


class DayOrder(StrEnum):
    """Which of day and month a list writes first, where the numbers don't tell."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def parse_date(
    text: str,
    *,
    stated_on: date | None = None,
    prefer: DayOrder = DayOrder.DAY_FIRST,
    calendar_hint: Calendar | None = None,
) -> PartialDate | None:
    """Reads a birth date (or another date, or an age) as stated; None if it can't be read.

    Args:
        text: The cell, verbatim.
        stated_on: The day on which it was stated: ages count back from it, two-digit years and dates after it
            are settled by it. Without it ages can't be read.
        prefer: The order put first where day and month can't be told apart; both readings are kept.
        calendar_hint: The calendar of the column where a year could be of two calendars.
    """
    raise NotImplementedError


def infer_day_order(texts: Iterable[str]) -> DayOrder | None:
    """The order of day and month that a column's unambiguous dates show; None if they show none or both alike."""
    raise NotImplementedError


def date_from_age(least: float, most: float, *, stated_on: date, text: str = "") -> PartialDate:
    """The birth interval of somebody `least` to `most` completed years old on a day."""
    raise NotImplementedError


def format_date(moment: PartialDate, calendar: Calendar = Calendar.GREGORIAN) -> str:
    """A text that says no more than is known ("1984-03-05", "1984-03", "1984", "1370/05/12", "age 33-34")."""
    raise NotImplementedError
