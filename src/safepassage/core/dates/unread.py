"""Why a text was not read as a date: for the list of rejects, with no text of the cell in it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from safepassage.core.dates.parse import named_calendar, parse_date
from safepassage.core.dates.partial import Calendar


class UnreadReason(StrEnum):
    """Why a date could not be read (closed list)."""

    EMPTY = "empty"
    LUNAR_HIJRI = "lunar-hijri"
    """Marked as lunar, and no date that this calendar has for living people."""
    IN_THE_FUTURE = "in-the-future"
    AGE_WITHOUT_DAY = "age-without-day"
    """An age, and nobody said on which day it was stated."""
    NOT_A_DATE = "not-a-date"
    """No date at all, or a day that its calendar doesn't have."""


def why_unread(text: str, *, stated_on: date | None = None) -> UnreadReason:
    """The reason for which `parse_date` gave None; meaningless for texts that it reads."""
    if not text.strip():
        return UnreadReason.EMPTY
    if named_calendar(text) is Calendar.LUNAR_HIJRI:
        return UnreadReason.LUNAR_HIJRI
    if stated_on and parse_date(text):
        return UnreadReason.IN_THE_FUTURE
    if not stated_on and parse_date(text, stated_on=date(2000, 1, 1)):
        return UnreadReason.AGE_WITHOUT_DAY
    return UnreadReason.NOT_A_DATE
