"""Ages as lists state them, turned into birth intervals."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from safepassage.core.dates.partial import PartialDate, Precision
from safepassage.core.dates.words import AGE_WORDS, NEWBORN, UNITS

_OLDEST = 120
_PIECES = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|[-–+<>]")
_TO = frozenset({"-", "–", "to", "تا", "and", "و"})


def date_from_age(
    least: float, most: float | None = None, *, stated_on: date, unit: str = "years", text: str = ""
) -> PartialDate:
    """The birth interval of somebody `least` to `most` completed units old on a day.

    Args:
        least: The least age.
        most: The greatest age, `least` if left out. Half years are read in months.
        stated_on: The day on which the age was stated.
        unit: "years", "months", "weeks" or "days".
        text: Verbatim.
    """
    most = least if most is None else most
    if unit in {"years", "months"}:
        factor = 12 if unit == "years" else 1
        step = 12 if unit == "years" and float(most).is_integer() else 1
        first = _months_before(stated_on, int(most * factor) + step) + timedelta(days=1)
        last = _months_before(stated_on, int(least * factor))
    else:
        days = 7 if unit == "weeks" else 1
        first = stated_on - timedelta(days=int((most + 1) * days) - 1)
        last = stated_on - timedelta(days=int(least * days))
    return PartialDate(((first, last),), Precision.AGE, text=text)


def read_age(plain_text: str, *, stated_on: date, text: str) -> PartialDate | None:
    """Reads "34", "age 34", "34 yrs", "5 months", "1 year 3 months", "35-45", "60+", "newborn".

    Returns:
        The birth interval; None if the text is no age.
    """
    pieces = [piece for piece in _PIECES.findall(_tidied(plain_text)) if piece not in AGE_WORDS]
    if pieces and all(piece in NEWBORN for piece in pieces):
        return date_from_age(0, 2, stated_on=stated_on, unit="months", text=text)
    numbers = [float(piece) for piece in pieces if piece[0].isdecimal()]
    words = [piece for piece in pieces if not piece[0].isdecimal()]
    units = [UNITS[word] for word in words if word in UNITS]
    others = [word for word in words if word not in UNITS]
    if not numbers or any(number > _OLDEST * (12 if "months" in units else 1) for number in numbers):
        return None
    if len(numbers) == 1 and len(units) <= 1 and set(others) <= {"+", "<", ">", "-"}:
        return _one_age(numbers[0], units[0] if units else "years", others, stated_on=stated_on, text=text)
    if len(numbers) == 2 and units == ["years", "months"] and set(others) <= _TO:
        return date_from_age(numbers[0] * 12 + numbers[1], stated_on=stated_on, unit="months", text=text)
    if len(numbers) == 2 and len(units) <= 1 and len(others) == 1 and others[0] in _TO and numbers[0] <= numbers[1]:
        return date_from_age(*numbers, stated_on=stated_on, unit=units[0] if units else "years", text=text)
    return None


def _one_age(number: float, unit: str, signs: list[str], *, stated_on: date, text: str) -> PartialDate | None:
    if not signs:
        return date_from_age(number, stated_on=stated_on, unit=unit, text=text)
    if signs in (["+"], [">"]):
        return date_from_age(number, max(number, 100), stated_on=stated_on, unit=unit, text=text)
    if signs == ["<"] and number > 0:
        return date_from_age(0, number - 1, stated_on=stated_on, unit=unit, text=text)
    return None


def _tidied(told: str) -> str:
    return re.sub(r"(?<=[a-z])-|-(?=[a-z])", " ", told.replace("y/o", "yo"))


def _months_before(moment: date, months: int) -> date:
    place = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(moment.day, monthrange(year, month + 1)[1]))
