"""What stands beside a name in a list of kin and is no part of it: a number of its own, a sex, the word "born"."""

from __future__ import annotations

import re

YEAR = r"(?:1[34]\d\d|19\d\d|20[0-3]\d)"
"""A year of birth, of the Gregorian or the solar calendar."""

_WOMAN = ("f", "female", "مونث", "مؤنث", "ښځینه")
_MAN = ("m", "male", "مرد", "مذکر", "نارینه")
_LONG = "|".join(word for word in (*_WOMAN, *_MAN) if len(word) > 1)
_BRACKET = re.compile(r"(?<=[(\[])[^)\]]+")
_WITHIN = re.compile(rf"(?<![^\W\d_])(?:m|f|{_LONG})(?!\w)", re.IGNORECASE)
_MONTHS = re.compile(r"(?<=\d)\s?m\b")
_BESIDE_AGE = re.compile(rf"(?<=\d)\s?[/-]?\s?(?:M|F|f|(?i:{_LONG}))(?!\w)")
_ALONE = re.compile(rf"\s*(?:m|f|{_LONG})\s*\.?\s*", re.IGNORECASE)
_NO_MORE = re.compile(
    r"(?:[\W\d_]|(?<![^\W\d_])(?:months?|mo|m|years?|yrs?|yo|y|old|ages?|aged|ساله|سال|ماهه|ماه)(?![^\W\d_]))*",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?<!\w)(?:born(?:\s+(?:in|on))?|b|yob|dob|year\s+of\s+birth|birth(?:\s+year)?|متولد|تولد|زیږیدلی|زېږېدلی)"
    rf"\s*[.:]?\s*(?:سال\s*)?(?={YEAR}(?!\d))",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"(?P<open>\()?(?<!\d)(?P<number>\d{1,2})\s*[.)]\s*(?=[^\W\d])")


def without_sex(piece: str) -> tuple[str, str]:
    """The piece without a sex told beside an age or in a bracket of its own, and the sex: "m", "f" or nothing.

    "(m)", "(12, F)", "12M" and "9/f" tell a sex; "6m" tells months, and a letter alone behind a name is an initial.
    """
    if _ALONE.fullmatch(piece):
        return "", _letter(piece)
    found: list[str] = []

    def drop(match: re.Match[str]) -> str:
        found.append(match.group())
        return " "

    def drop_within(match: re.Match[str]) -> str:
        within = _MONTHS.sub("\x01", match.group())  # a small m right behind a figure is a unit
        sexes, rest = _WITHIN.findall(within), _WITHIN.sub(" ", within)
        if not sexes or not _NO_MORE.fullmatch(rest):
            return match.group()
        found.extend(sexes)
        return rest.replace("\x01", "m")

    plain = _BESIDE_AGE.sub(drop, _BRACKET.sub(drop_within, piece))
    return plain, _letter(found[0]) if found else ""


def without_born(piece: str) -> str:
    """The piece without the word "born" before a year: "Nasrin (b. 1965)" to "Nasrin (1965)"."""
    return _BORN.sub(" ", piece)


def without_numbering(text: str) -> str:
    """The cell with ";" for the numbers before its people: "1) Maryam 2) Yama"; ages in brackets stay.

    Numbers count people where they open the cell, a line or a part of it, and go on from there.
    """
    last = 0

    def part(match: re.Match[str]) -> str:
        nonlocal last
        before = text[: match.start()]
        number, is_bracketed = int(match["number"]), bool(match["open"])
        is_inside = before.rfind("(") > before.rfind(")")
        is_first = not before.strip(" \t") or before.rstrip(" \t")[-1] in "\n:;,،؛"
        is_next = last > 0 and (number == last + 1 or (number > last and not is_bracketed))
        is_plain = not is_bracketed and (number == 1 or ")" in match.group())
        is_apart = is_first or (before[-1].isspace() and (is_next or is_plain))
        if is_inside or not is_apart:
            return match.group()
        last = number
        return ";"

    return _NUMBERING.sub(part, text)


def _letter(word: str) -> str:
    return "f" if word.strip(" \t/-.").casefold() in _WOMAN else "m"
