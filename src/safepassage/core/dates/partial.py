"""The partial date: what is known of a date, as closed intervals of Gregorian days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Calendar(StrEnum):
    """The calendar in which a date was written."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar-hijri"
    """The civil calendar of Afghanistan and Iran; years around 1400."""
    LUNAR_HIJRI = "lunar-hijri"


class Precision(StrEnum):
    """How exactly a date was stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE = "age"
    """Derived from an age and the day on which it was stated."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as stated: one closed interval of Gregorian days for each reading that can't be ruled out.

    `readings` has one interval normally; two where day and month can't be told apart ("03/04/1990") or
    the calendar is in doubt, the likelier first. `is_weak` marks 1 January and 1 Hamal, which registries
    write when only the year is known: it must then count as a year. `text` is verbatim.
    """

    readings: tuple[tuple[date, date], ...]
    precision: Precision
    calendar: Calendar = Calendar.GREGORIAN
    is_weak: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        if not self.readings or any(first > last for first, last in self.readings):
            raise ValueError("a partial date needs at least one interval, each with first <= last")

    @property
    def earliest(self) -> date:
        """The earliest day that any reading allows."""
        return min(first for first, _ in self.readings)

    @property
    def latest(self) -> date:
        """The latest day that any reading allows."""
        return max(last for _, last in self.readings)

    def can_equal(self, other: PartialDate) -> bool:
        """Whether one day satisfies both."""
        return any(a <= d and c <= b for a, b in self.readings for c, d in other.readings)
