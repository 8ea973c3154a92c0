"""Reads birth dates and ages of a row; what can't be read is a doubt, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from safepassage.core.dates import Calendar, DayOrder, PartialDate, date_from_age, parse_date
from safepassage.core.intake.codes import DoubtCode
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.evidence import latin_digits
from safepassage.core.intake.facts import PersonFacts, Said
from safepassage.core.intake.lexicon.fold import fold_phrase
from safepassage.core.intake.lexicon.values import NOTHING

_BARE_AGE = re.compile(r"^\s*(\d{1,3})(?:\.0)?\s*$")
_DOTTED = re.compile(r"^\s*\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})\s*$")
_AGES = re.compile(r"^\D*?(\d{1,3})(?:\s*(?:-|–|to|تا)\s*(\d{1,3}))?\s*(.*)$")
_MONTHS = re.compile(r"^(m|mo|mos|months?|ماه|ماهه|میاشتې|میاشت)\b", re.IGNORECASE)
_WEEKS = re.compile(r"^(w|weeks?|days?|هفته|روز|روزه|ورځ)", re.IGNORECASE)
_OLDEST = 115


@dataclass(frozen=True, slots=True)
class DateHabits:
    """How a table writes dates, and the day on which the list was received."""

    received: date
    day_order: DayOrder | None = None
    calendar: Calendar | None = None
    is_order_said: bool = False
    """Whether the header asks for this order of day and month: the other reading is then none."""


@dataclass(frozen=True, slots=True)
class Birth:
    """The birth as stated, and the doubts met on the way: (header, code)."""

    value: PartialDate | None
    doubts: tuple[tuple[str, DoubtCode], ...] = ()


def read_birth(facts: PersonFacts, habits: DateHabits) -> Birth:
    """The birth of a person: from the date, else from its parts, else from the age as of the day of the row."""
    stated_on = _stated_on(facts, habits)
    doubts: list[tuple[str, DoubtCode]] = []
    for said in (*facts.all(Field.BIRTH), *_joined_parts(facts)):
        if fold_phrase(said.text) in NOTHING:
            continue
        value = _read_date(
            said.text, stated_on if _BARE_AGE.match(latin_digits(said.text)) else habits.received, habits
        )
        if value is None:
            doubts.append((said.header, DoubtCode.DATE_UNREADABLE))
        elif value.earliest > habits.received:
            doubts.append((said.header, DoubtCode.DATE_AFTER_RECEIPT))
        else:
            return Birth(value, tuple(doubts))
    for said in facts.all(Field.AGE):
        if fold_phrase(said.text) in NOTHING:
            continue
        value = read_age(said.text, stated_on) or _read_date(said.text, stated_on, habits)
        if value is not None and value.earliest <= habits.received:
            return Birth(value, tuple(doubts))
        doubts.append((said.header, DoubtCode.AGE_UNREADABLE))
    return Birth(None, tuple(doubts))


def read_age(text: str, stated_on: date) -> PartialDate | None:
    """The birth interval of an age in words or figures: "34", "35-45", "5 months", "3 ساله"."""
    match = _AGES.match(latin_digits(text).strip())
    if not match:
        return None
    least, rest = int(match[1]), match[3]
    most = int(match[2]) if match[2] else least
    if _WEEKS.match(rest):
        return date_from_age(0, 0, stated_on=stated_on, text=text)
    if _MONTHS.match(rest):
        return date_from_age(least / 12, most / 12, stated_on=stated_on, text=text) if most <= 36 else None
    if most > _OLDEST or most < least or any(sign.isdigit() for sign in rest):
        return None
    return date_from_age(least, most, stated_on=stated_on, text=text)


def _read_date(text: str, stated_on: date, habits: DateHabits) -> PartialDate | None:
    bare = _BARE_AGE.match(latin_digits(text))
    if bare:
        return read_age(text, stated_on)
    prefer = habits.day_order or DayOrder.DAY_FIRST
    # nobody writes the month first with dots: where the list shows the day first, such a date is one day
    is_dotted = habits.day_order is DayOrder.DAY_FIRST and bool(_DOTTED.match(latin_digits(text)))
    is_said = habits.is_order_said or is_dotted
    return parse_in_order(text, prefer, is_said=is_said, stated_on=stated_on, calendar_hint=habits.calendar)


def parse_in_order(
    text: str,
    prefer: DayOrder,
    *,
    is_said: bool,
    stated_on: date | None = None,
    calendar_hint: Calendar | None = None,
) -> PartialDate | None:
    """A date as `parse_date` reads it; where a header asks for the order of day and month, that reading alone."""
    turned = DayOrder.MONTH_FIRST if prefer is DayOrder.DAY_FIRST else DayOrder.DAY_FIRST
    try:
        value = parse_date(text.strip(), stated_on=stated_on, prefer=prefer, calendar_hint=calendar_hint)
        if value is None or not is_said or len(value.readings) == 1:
            return value
        other = parse_date(text.strip(), stated_on=stated_on, prefer=turned, calendar_hint=calendar_hint)
    except (ValueError, OverflowError):
        return None
    if other is None or other.readings[0] == value.readings[0]:
        return value
    return replace(value, readings=tuple(one for one in value.readings if one != other.readings[0]))


def _stated_on(facts: PersonFacts, habits: DateHabits) -> date:
    """The day on which the row was stated if a column tells it, never after the receipt."""
    for said in facts.all(Field.STATED_ON):
        text = re.sub(r"(?<=\d)[T ]\d\d:.*$", "", said.text.strip())
        try:
            read = parse_date(text, stated_on=habits.received)
        except (ValueError, OverflowError):
            continue
        if read and read.earliest == read.latest and read.latest <= habits.received:
            return read.latest
    return habits.received


def _joined_parts(facts: PersonFacts) -> list[Said]:
    """Day, month and year from columns of their own, as one text."""
    year = facts.first(Field.BIRTH_YEAR)
    if not year:
        return []
    parts = [year, facts.first(Field.BIRTH_MONTH), facts.first(Field.BIRTH_DAY)]
    header = next(one.header for one in facts.said if one.field is Field.BIRTH_YEAR)
    known = parts[: 1 + bool(parts[1]) + bool(parts[1] and parts[2])]
    return [Said(Field.BIRTH, header, "-".join(known) if all(map(str.isdecimal, known)) else " ".join(known[::-1]))]
