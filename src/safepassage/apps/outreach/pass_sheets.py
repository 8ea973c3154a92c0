"""Printed passes: one sheet for a party, with the codes told once and where it has to be, in three languages.

What a person has to know stands on the part that they learn by heart and destroy; the part to carry says nothing.
Dari and Pashto that a machine wrote are left out until somebody who reads them has approved each text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.movement.bookings import BookingLine, bookings_lines
from safepassage.apps.outreach.directions import Directions, directions_of
from safepassage.apps.outreach.selectors import texts_that_may_be_sent
from safepassage.apps.outreach.services import texts_load
from safepassage.apps.outreach.texts import say
from safepassage.apps.passes.fonts import font_folders
from safepassage.apps.passes.selectors import party_of_passes
from safepassage.core.exchange import PassSheet, Spoken, print_passes
from safepassage.core.exchange.cells import csv_text
from safepassage.core.ids import PartyId
from safepassage.core.passes import IssuedPass

PASS_TEXTS = ("pass", "pass-carry", "pass-learn", "pass-codes")
LANGUAGES = ("fa-af", "ps", "en")
"""In the order in which they stand on the sheet."""
_HEAD = (
    "label",
    "heads",
    "window",
    "text",
    "code",
    "watched code",
    "gather at",
    "be there by",
    "departs",
    "plate",
    "gate",
)


def passes_print(issued: Iterable[IssuedPass]) -> bytes:
    """One PDF batch of passes just issued; it holds the codes to learn by heart, which are kept nowhere else."""
    texts, operation = _texts(), operation_now()
    sheets = [_sheet(one, line, texts, operation.zone) for one, line in _with_bookings(issued)]
    return print_passes(sheets, title=operation.name, fonts=font_folders())


def passes_table(issued: Iterable[IssuedPass]) -> bytes:
    """Passes just issued as CSV, for layouts of one's own: as secret as the PDF, for it holds the same codes."""
    rows, zone = [], operation_now().zone
    for one, line in _with_bookings(issued):
        heads = one.content.heads
        told = directions_of(line, zone=zone, heads=heads)
        rows.append(
            (
                *(one.short_code, heads, _window(told), one.text, one.recognition_code, one.watched_code),
                *(told.place, told.when, told.departs, told.plate, told.gate),
            )
        )
    return csv_text((_HEAD, *rows)).encode()


def languages_not_printed() -> list[str]:
    """The languages that passes lack as long as nobody has approved every one of their texts."""
    texts = _texts()
    return [language for language in LANGUAGES if not set(PASS_TEXTS) <= texts.get(language, {}).keys()]


def _texts() -> dict[str, dict[str, str]]:
    """The texts of a pass that may be sent: language to code to text."""
    texts_load()
    found: dict[str, dict[str, str]] = {}
    for one in texts_that_may_be_sent(PASS_TEXTS):
        found.setdefault(one.language, {})[one.code] = one.text
    return found


def _with_bookings(issued: Iterable[IssuedPass]) -> list[tuple[IssuedPass, BookingLine]]:
    made = list(issued)
    party = party_of_passes(one.id for one in made)
    lines = {line.party: line for line in bookings_lines(party.values())}
    return [(one, lines[PartyId(party[one.id])]) for one in made]


def _sheet(
    issued: IssuedPass, line: BookingLine, texts: Mapping[str, Mapping[str, str]], zone: ZoneInfo
) -> PassSheet:
    heads = issued.content.heads
    told = {one: directions_of(line, zone=zone, heads=heads, language=one) for one in LANGUAGES}

    def spoken(code: str) -> tuple[Spoken, ...]:
        return tuple(
            Spoken(language, say(texts[language][code], told[language].values()))
            for language in LANGUAGES
            if code in texts.get(language, {})
        )

    return PassSheet(
        text=issued.text,
        label=issued.short_code,
        code=issued.recognition_code,
        watched_code=issued.watched_code,
        place=line.gather_at,
        when=f"{told['en'].day} {told['en'].hour}",
        heads=heads,
        directions=spoken("pass"),
        carry=spoken("pass-carry"),
        learn=spoken("pass-learn"),
        about_codes=spoken("pass-codes"),
    )


def _window(told: Directions) -> str:
    return (
        f"{told.begins}-{told.ends}" if told.begins.startswith(told.day) else f"{told.day} {told.begins}-{told.ends}"
    )
