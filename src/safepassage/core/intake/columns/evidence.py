# ruff: noqa: E501  (words in Arabic script)
"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from safepassage.core.intake.lexicon.cells import names_a_relation, read_flag, read_sex
from safepassage.core.intake.lexicon.fold import fold_words
from safepassage.core.intake.lexicon.kin import is_nobody, is_size, read_kin, split_pieces
from safepassage.core.intake.lexicon.values import CLAIMS, find_codes
from safepassage.core.people import Sex

LOOK_AT = 400
"""Filled cells looked at in a column."""

_DATE = re.compile(
    r"^\s*(\d{4}\s*[-/.]\s*\d{1,2}(\s*[-/.]\s*\d{1,2})?|\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2,4}|\d{1,2}[- ]?[^\W\d_]{3,12}[-, ]*\d{2,4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4}|(1[234]\d\d|19\d\d|20[0-3]\d)|\d{4}\D.*\d\d:\d\d.*)\s*([ T]\d\d:.*)?$"
)
_AGE = re.compile(
    r"^\s*(age\s*)?\d{1,3}(\s*-\s*\d{1,3})?\s*(y|yr|yrs|years?|m|mo|months?|سال|ساله|ماه|کال|کلن|میاشتې)?\.?(\s*old)?\s*$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"^\s*(\+|00)?[\d\s().\-/]{7,24}(x\d+)?\s*([,;/&].*)?$")
_AFGHAN_PHONE = re.compile(r"^(\+|00)?(93)?0?7\d{8}$")
_PASSPORT = re.compile(r"^\s*[A-Z]{1,2}\s?-?[0-9OIlSBZ]{6,8}\s*$", re.IGNORECASE)
_EMAIL = re.compile(r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$")
_NAME = re.compile(r"^[^\W\d_]+([\s.'’،\-\u200c]+[^\W\d_]+){0,6}\.?$")
_NUMBER = re.compile(r"^\s*\d+([.,]\d+)?\s*$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares in [0,1] of the filled cells that look like something; `filled` is how many were looked at."""

    filled: int
    shares: Mapping[str, float]
    distinct: float
    """Distinct values for one filled cell."""
    is_in_runs: bool = False
    """Whether equal values stand together, several rows each: as the numbers of families do."""
    blank: int = 0
    """Blank cells from the first filled one to the last that was looked at."""

    def share(self, kind: str) -> float:
        """How many of the cells look like this."""
        return self.shares.get(kind, 0.0)


def weigh_cells(cells: Iterable[str]) -> Evidence:
    """What the first filled cells of a column look like."""
    filled = islice(((at, cell) for at, cell in enumerate(cells) if cell.strip()), LOOK_AT)
    places, seen = [], list[str]()
    for at, cell in filled:
        places.append(at)
        seen.append(latin_digits(cell))
    if not seen:
        return Evidence(0, {}, 0.0)
    shares = {kind: sum(map(looks, seen)) / len(seen) for kind, looks in _LOOKS.items()}
    runs = 1 + sum(left != right for left, right in pairwise(seen))
    distinct = len(set(seen))
    is_in_runs = 1 < distinct < 0.8 * len(seen) and runs <= 1.05 * distinct
    blank = places[-1] - places[0] + 1 - len(seen)
    return Evidence(len(seen), shares, distinct / len(seen), is_in_runs, blank)


def latin_digits(text: str) -> str:
    """The text with Arabic and Eastern digits as ASCII digits."""
    return text if text.isascii() else text.translate(_DIGITS)


def looks_like_value(cell: str) -> bool:
    """Whether a cell is a value (a date, a number, a code) rather than a header."""
    cell = latin_digits(cell)
    return any(looks(cell) for looks in (_is_date, _is_phone, _is_passport, _is_email, _is_number))


def _is_date(cell: str) -> bool:
    return bool(_DATE.match(cell))


def _is_age(cell: str) -> bool:
    match = _AGE.match(cell)
    return bool(match) and int(re.findall(r"\d+", cell)[0]) <= 115


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.match(cell)) and sum(sign.isdigit() for sign in cell) >= 7 and not _DATE.match(cell)


def _is_afghan_phone(cell: str) -> bool:
    return bool(_AFGHAN_PHONE.match(re.sub(r"[\s().\-]", "", re.split(r"[,;/&]", cell)[0])))


def _is_passport(cell: str) -> bool:
    return bool(_PASSPORT.match(cell)) and sum(sign.isdigit() for sign in cell) >= 4


def _is_email(cell: str) -> bool:
    return bool(_EMAIL.match(cell))


def _is_name(cell: str) -> bool:
    return bool(_NAME.match(cell.strip())) and len(cell) <= 60


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.match(cell))


def _is_small(cell: str) -> bool:
    return cell.strip().isdecimal() and int(cell.strip()) <= 40 if len(cell) < 8 else False


def _is_sex(cell: str) -> bool:
    return read_sex(cell) not in (None, Sex.UNKNOWN)


def _is_relation(cell: str) -> bool:
    return len(cell) < 60 and names_a_relation(cell)


def _is_document(cell: str) -> bool:
    """Digits enough for a number of a document, few words."""
    return sum(sign.isdigit() for sign in cell) >= 4 and len(fold_words(cell)) <= 8 and not _DATE.match(cell)


_DIGITS = {
    **{ord("٠") + value: str(value) for value in range(10)},
    **{ord("۰") + value: str(value) for value in range(10)},
}
_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "age": _is_age,
    "phone": _is_phone,
    "afghan-phone": _is_afghan_phone,
    "passport": _is_passport,
    "email": _is_email,
    "name": _is_name,
    "number": _is_number,
    "small": _is_small,
    "sex": _is_sex,
    "relation": _is_relation,
    "kin": lambda cell: any(is_nobody(piece) or read_kin(piece) for piece in split_pieces(cell)),
    "size": is_size,
    "document": _is_document,
    "claim": lambda cell: len(fold_words(cell)) <= 4 and bool(find_codes(cell, CLAIMS)),
    "flag": lambda cell: read_flag(cell) is not None,
}
