"""States birth dates and phones as list writers do: three calendars, five notations, Eastern digits."""

from __future__ import annotations

from datetime import date

import jdatetime
import numpy as np

from safepassage.core.sim.lists.habits import ListHabit
from safepassage.core.sim.lists.luck import chance, pick
from safepassage.core.sim.lists.truth import Person

STATED_ON = date(2021, 8, 20)
_EASTERN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def digits(text: str, habit: ListHabit) -> str:
    """The text with the digits that the list uses."""
    return text.translate(_EASTERN) if habit.digits == "eastern" else text


def state_birth(person: Person, habit: ListHabit, rng: np.random.Generator) -> tuple[str, tuple[str, ...]]:
    """The birth date as this list states it, and tags of what was lost.

    Notations: `iso`, `dmy` (14/05/1980), `mdy` (5/14/1980), `dotted` (14.5.1980), `mon` (14-May-1980), `mil`
    (14MAY80), `solar` (1359/02/24), `solar-year` (1359), `age` (41), `mixed` (any of them, row by row).
    """
    born, tags = person.birth, list[str]()
    notation = (
        habit.dates if habit.dates != "mixed" else pick(rng, ("iso", "dmy", "solar", "age", "solar-year", "mon"))
    )
    if person.knows == "jan-1" and notation not in {"age", "solar-year"}:
        born = date(born.year, 1, 1)
        tags.append("jan-1")
        if notation == "solar":
            year, tags = _solar(person.birth).year, ["hamal-1"]
            return digits(f"{year}/01/01", habit), tuple(tags)
    elif person.knows == "year" and notation != "age":
        year = _solar(born).year if notation.startswith("solar") else born.year
        return digits(str(year), habit), ("year-only",)
    elif chance(rng, 0.02):
        born = date(born.year, born.month, min(28, born.day + 1))
        tags.append("day-off")
    text = digits(_DATE_NOTATIONS[notation](born), habit)
    return text, (*tags, *((notation,) if notation in {"age", "solar", "solar-year"} else ()))


def _age(born: date) -> str:
    months = (STATED_ON.year - born.year) * 12 + STATED_ON.month - born.month - (STATED_ON.day < born.day)
    return str(months // 12) if months >= 24 else f"{max(months, 0)} months"


def _solar(born: date) -> jdatetime.date:
    return jdatetime.date.fromgregorian(date=born)


def _solar_text(born: date) -> str:
    day = _solar(born)
    return f"{day.year}/{day.month:02d}/{day.day:02d}"


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE_NOTATIONS = {
    "iso": date.isoformat,
    "dmy": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
    "mdy": lambda d: f"{d.month}/{d.day}/{d.year}",
    "dotted": lambda d: f"{d.day}.{d.month}.{d.year}",
    "mon": lambda d: f"{d.day:02d}-{_MONTHS[d.month - 1]}-{d.year}",
    "mil": lambda d: f"{d.day:02d}{_MONTHS[d.month - 1].upper()}{d.year % 100:02d}",
    "solar": _solar_text,
    "solar-year": lambda d: str(_solar(d).year),
    "age": _age,
}


def state_phone(phone: str, habit: ListHabit, rng: np.random.Generator) -> str:
    """The phone as this list writes it.

    Notations: `plus` (+93 741 234 567), `zeros` (0093741234567), `national` (0741 234567), `bare` (741234567, the
    zero lost in a spreadsheet), `dashed` (0741-234-567), `mixed`. Numbers outside Afghanistan keep their plus.
    """
    if not phone.startswith("+93"):
        return f"{phone[:2]} ({phone[2:5]}) {phone[5:8]}-{phone[8:]}" if phone else ""
    own = phone[3:]
    notation = habit.phones if habit.phones != "mixed" else pick(rng, ("plus", "zeros", "national", "bare", "dashed"))
    written = {
        "plus": f"+93 {own[:3]} {own[3:6]} {own[6:]}",
        "zeros": f"0093{own}",
        "national": f"0{own[:3]} {own[3:]}",
        "bare": own,
        "dashed": f"0{own[:3]}-{own[3:6]}-{own[6:]}",
    }
    return digits(written[notation], habit)
