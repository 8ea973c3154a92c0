"""Where a party has to be, by when, and how it goes on: one reading of a booking for pass, call, sheet and page.

Nothing here names a person. Times are those of the operation's own clock; days are told with their weekday, and in
Dari and Pashto by the Solar Hijri calendar too, as people there count them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from safepassage.apps.movement.bookings import BookingLine
from safepassage.core.dates import solar_parts

VALUES = frozenset({"place", "day", "hour", "departs", "plate", "gate", "begins", "ends", "heads"})
"""What a text for people outside may fill in."""
_ISOLATED = "\u2068{}\u2069"
"""A name in Latin letters keeps its direction within a line of Dari."""
_SOLAR_MONTHS = {
    "fa": ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"],
    "ps": ["وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب"],
}


@dataclass(frozen=True, slots=True)
class Directions:
    """What a party is told of its place, each as it is to be said; empty where it isn't known.

    `day` and `hour` are when they have to be at `place`; `departs` is when the first leg leaves, `plate` its vehicle;
    `begins` and `ends` are between when they are let in at `gate`, with the day where it is another one.
    """

    place: str
    day: str
    hour: str
    departs: str
    plate: str
    gate: str
    begins: str
    ends: str
    heads: int
    zone: str

    @property
    def when(self) -> str:
        """Day and hour to be there, with the clock that is meant: for staff, who may sit elsewhere."""
        return f"{self.day} {self.hour} ({self.zone})"

    def values(self) -> Mapping[str, str]:
        """What a text fills in, by the names in `VALUES`."""
        named = {name: _ISOLATED.format(told) if (told := getattr(self, name)) else "" for name in _NAMES}
        plain = {name: getattr(self, name) for name in ("day", "hour", "departs", "begins", "ends")}
        return {**named, **plain, "heads": str(self.heads)}


_NAMES = ("place", "plate", "gate")


def directions_of(line: BookingLine, *, zone: ZoneInfo, heads: int | None = None, language: str = "en") -> Directions:
    """What a booking says to its party, in a language; `zone` is the operation's, `heads` if not all travel."""
    gather, opens, closes = (
        moment.astimezone(zone) for moment in (line.report_at, line.admits_from, line.admits_until)
    )
    leaves = line.departs.astimezone(zone) if line.departs else None
    return Directions(
        place=line.gather_at,
        day=day_said(gather, language),
        hour=f"{gather:%H:%M}",
        departs=_hour(leaves, gather, language) if leaves else "",
        plate=line.vehicle,
        gate=line.access_name,
        begins=_hour(opens, gather, language),
        ends=_hour(closes, opens, language),
        heads=len(line.persons) if heads is None else heads,
        zone=f"{gather:%Z}",
    )


def day_said(moment: datetime, language: str = "en") -> str:
    """A day as people read it: "Tue 24 Aug"; in Dari and Pashto also by their own calendar."""
    if language[:2] not in _SOLAR_MONTHS:
        return f"{moment:%a %d %b}"
    with translation.override(language):
        weekday, month = date_format(moment, "l"), date_format(moment, "F")
    _year, number, day = solar_parts(moment.date())
    return f"{weekday} {day} {_SOLAR_MONTHS[language[:2]][number - 1]} ({moment.day} {month})"


def _hour(moment: datetime, beside: datetime, language: str) -> str:
    """An hour, with its day where that is not the one told before."""
    hour = f"{moment:%H:%M}"
    return hour if moment.date() == beside.date() else f"{day_said(moment, language)} {hour}"
