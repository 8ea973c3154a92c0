"""Ages of people whose birth date may be in doubt."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from safepassage.core.dates.partial import PartialDate


class AgeBand(StrEnum):
    """Age bands that a person at a gate can tell apart and a planner needs."""

    INFANT = "infant"
    """Under 2: travels on a lap, and is a head all the same."""
    CHILD = "child"
    """2 to 11."""
    ADOLESCENT = "adolescent"
    """12 to 17."""
    ADULT = "adult"
    """18 to 59."""
    OLDER = "older"
    """60 and over."""
    UNKNOWN = "unknown"

    @classmethod
    def of_years(cls, years: float) -> AgeBand:
        """The band of an age in completed years."""
        for limit, band in ((2, cls.INFANT), (12, cls.CHILD), (18, cls.ADOLESCENT), (60, cls.ADULT)):
            if years < limit:
                return band
        return cls.OLDER


def age_in_years(birth: PartialDate, on: date) -> tuple[int, int] | None:
    """The youngest and the oldest that the person can be on a day, in completed years.

    Readings that lie wholly after `on` are left out (nobody is born tomorrow).

    Returns:
        `(least, most)`, or None if every reading lies after `on`.
    """
    born = [(first, min(last, on)) for first, last in birth.readings if first <= on]
    if not born:
        return None
    return min(_completed(last, on) for _, last in born), max(_completed(first, on) for first, _ in born)


def age_bands(birth: PartialDate | None, on: date) -> tuple[AgeBand, ...]:
    """Every band that the person can be in on a day, youngest first; `(UNKNOWN,)` if nothing is known.

    Whoever must protect a child in doubt takes the first.
    """
    ages = age_in_years(birth, on) if birth else None
    if ages is None:
        return (AgeBand.UNKNOWN,)
    order = tuple(AgeBand)
    least, most = (order.index(AgeBand.of_years(age)) for age in ages)
    return order[least : most + 1]


def age_band(birth: PartialDate | None, on: date) -> AgeBand:
    """The one band that the person can be in on a day, else `AgeBand.UNKNOWN` (see `age_bands`)."""
    bands = age_bands(birth, on)
    return bands[0] if len(bands) == 1 else AgeBand.UNKNOWN


def _completed(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
