"""Reads a machine-readable zone; see `mrz` for values and layouts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.documents.mrz import (
    CONTINUED,
    LAYOUTS,
    LETTERS_ONLY,
    Layout,
    Mrz,
    MrzCheck,
    MrzFormat,
    check_digit,
    letters_of,
)
from safepassage.core.documents.mrz_repair import propose_repairs
from safepassage.core.errors import UnreadableError
from safepassage.core.people import Sex

_CHARACTERS = re.compile(r"[A-Z0-9<]+")
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE, "X": Sex.OTHER}


def parse_mrz(lines: Sequence[str], *, now: datetime) -> Mrz:
    """Reads a zone of any of the five formats.

    Nothing is corrected: what does not fit is in `checks`, what might have been meant in `repairs`.

    Args:
        lines: The lines as read; blanks and « are forgiven, since readers put them for fillers.
        now: Aware UTC; settles the century of the birth date (never ahead of it) and of the expiry.

    Raises:
        UnreadableError: `not-an-mrz` if no format has these lines.
    """
    told = tuple(cleaned for line in lines if (cleaned := _cleaned(line)))
    form = _format_of(told)
    layout = LAYOUTS[form]
    fields = {name: span.of(told) for name, span in layout.fields.items()}
    number, optional, checks = _checked(told, form, layout, fields)
    surname, _, given = fields["name"].rstrip("<").partition("<<")
    return Mrz(
        format=form,
        document_code=fields["document-code"].rstrip("<"),
        issuer=fields["issuer"].rstrip("<"),
        surname=_spoken(surname),
        given=_spoken(given),
        number=number,
        nationality=fields["nationality"].rstrip("<"),
        sex=_SEXES.get(fields["sex"], Sex.UNKNOWN),
        birth=_date(fields["birth"], now.date(), is_past=True),
        expires=_date(fields["expires"], now.date(), is_past=False),
        optional=tuple(text.rstrip("<") for text in (optional, fields.get("optional-2", "")) if text.rstrip("<")),
        checks=checks,
        repairs=propose_repairs(told, form, layout, checks),
        lines=told,
        is_name_cut=not fields["name"].endswith("<"),
    )


def _cleaned(line: str) -> str:
    return re.sub(r"\s+", "", line.replace("«", "<<").upper())


def _format_of(lines: tuple[str, ...]) -> MrzFormat:
    for form, layout in LAYOUTS.items():
        is_size = len(lines) == layout.lines and all(len(line) == layout.width for line in lines)
        if is_size and lines[0].startswith("V") == layout.is_visa and all(map(_CHARACTERS.fullmatch, lines)):
            return form
    raise UnreadableError(
        "These lines are no machine-readable zone.",
        code="not-an-mrz",
        advice="Enter two lines of 44 or 36 characters or three lines of 30, with A-Z, 0-9 and < only.",
        lengths=[len(line) for line in lines],
    )


def _checked(
    lines: tuple[str, ...], form: MrzFormat, layout: Layout, fields: dict[str, str]
) -> tuple[str, str, tuple[MrzCheck, ...]]:
    """The number, the optional data without the number's continuation, and all checks."""
    number, optional = fields["number"].rstrip("<"), fields["optional"]
    checks: list[MrzCheck] = []
    for name, span in layout.checked:
        found, field = span.of(lines), fields[name]
        if name == "number" and found == "<" and form in CONTINUED and "<" not in field:
            tail, _, optional = optional.partition("<")
            number += tail[:-1]
            checks.append(MrzCheck(name, tail[-1:] or "<", check_digit(number)))
        elif found == "<" and not field.strip("<") and name == "optional":
            checks.append(MrzCheck(name, found, "<"))
        else:
            checks.append(MrzCheck(name, found, check_digit(field)))
    if layout.composite_check:
        whole = "".join(span.of(lines) for span in layout.composite)
        checks.append(MrzCheck("composite", layout.composite_check.of(lines), check_digit(whole)))
    checks += [
        MrzCheck(name, "digits", "letters")
        for name in LETTERS_ONLY
        if any(char.isdigit() for char in letters_of(layout, name).of(lines))
    ]
    return number, optional, tuple(checks)


def _spoken(name: str) -> str:
    return " ".join(name.replace("<", " ").split())


def _date(text: str, today: date, *, is_past: bool) -> PartialDate | None:
    """The date of six characters; unknown parts are fillers (Doc 9303-3, 4.8). None if it is none at all."""
    year_text, month_text, day_text = text[:2], text[2:4], text[4:]
    if not year_text.isdigit():
        return None
    year = _full_year(int(year_text), text, today, is_past=is_past)
    try:
        if month_text == "<<":
            return PartialDate(((date(year, 1, 1), date(year, 12, 31)),), Precision.YEAR, text=text)
        month = int(month_text)
        if day_text == "<<":
            last = date(year, month, monthrange(year, month)[1])
            return PartialDate(((date(year, month, 1), last),), Precision.MONTH, text=text)
        moment = date(year, month, int(day_text))
    except ValueError:
        return None
    is_weak = is_past and (moment.month, moment.day) == (1, 1)
    return PartialDate(((moment, moment),), Precision.DAY, is_weak=is_weak, text=text)


def _full_year(short: int, text: str, today: date, *, is_past: bool) -> int:
    """The latest year not ahead of today for a birth; the year nearest to today for an expiry."""
    century = today.year - today.year % 100
    if is_past:
        is_ahead = (short, text[2:].replace("<", "0")) > (today.year % 100, f"{today.month:02d}{today.day:02d}")
        return century + short - (100 if is_ahead else 0)
    return min((century + short + step for step in (-100, 0, 100)), key=lambda year: abs(year - today.year))
