"""Phone numbers as lists write them; the number plans are those of the `phonenumbers` library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

_BETWEEN = re.compile(r"[,;|\n\r\t\u060c\u061b]+|\s+(?:and|or|و|یا|او)\s+|\s/\s", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"(?<=\d)\s+(?=\+|00\d|0[1-9]\d)")
_EXTENSION = re.compile(r"(?:ext|x|#)\.?\s*\d+\s*$", re.IGNORECASE)
_TRUNK_IN_PARENTHESES = re.compile(r"\(\s*0\s*\)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_LEAST_DIGITS = 7
"""Shorter runs are extensions, years or slips of the pen, not phone numbers."""
_MOST_DIGITS = 15
"""ITU-T E.164: at most 15 digits."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: `e164` ("+93701234567") if it could be read, else empty; `digits` always.

    `is_valid` says that the number exists in its country's plan; `is_mobile` that it can take messages.
    """

    e164: str
    digits: str
    is_valid: bool
    is_mobile: bool = False

    @property
    def key(self) -> str:
        """What a listing keeps: E.164 if it could be read, else the digits as written."""
        return self.e164 or self.digits


def read_phone(text: str, region: str = "AF") -> Phone | None:
    """The first number of a cell; None where it holds none ("N/A", "-", "no phone").

    Args:
        text: The cell, verbatim; any digits, `00`, `(0)`, missing prefix.
        region: ISO 3166-1 alpha-2 of the country whose prefix is meant where none is written.
    """
    found = read_phones(text, region)
    return found[0] if found else None


@lru_cache(maxsize=1 << 16)
def read_phones(text: str, region: str = "AF") -> tuple[Phone, ...]:
    """All numbers of a cell, in order, each once; see `read_phone`."""
    found = {phone.key: phone for piece in _pieces(_plain(text)) if (phone := _read_one(piece, region))}
    return tuple(found.values())


def _plain(text: str) -> str:
    """ASCII digits, no marks of direction, no `(0)`, and a spreadsheet's float written out."""
    plain = "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) != "Cf"
    ).strip()
    if _SCIENTIFIC.fullmatch(plain):
        return f"{float(plain):.0f}"
    if re.fullmatch(r"\d+\.0", plain):
        return plain[:-2]
    return _TRUNK_IN_PARENTHESES.sub("", plain)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for part in _BETWEEN.split(text):
        halves = part.split("/")
        if len(halves) > 1 and all(len(_digits(half)) >= _LEAST_DIGITS for half in halves):
            pieces += halves
        elif len(_digits(part)) > _MOST_DIGITS:
            pieces += _NEXT_NUMBER.split(part)
        else:
            pieces.append(part)
    return pieces


def _read_one(piece: str, region: str) -> Phone | None:
    piece = _EXTENSION.sub("", piece)
    digits = _digits(piece)
    if not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS + 2 or len(set(digits)) == 1:
        return None
    fallback: Phone | None = None
    for written in _readings(piece, digits, region):
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number):
            kind = phonenumbers.number_type(number)
            is_mobile = kind in {
                phonenumbers.PhoneNumberType.MOBILE,
                phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
            }
            return Phone(e164, digits, is_valid=True, is_mobile=is_mobile)
        if fallback is None and phonenumbers.is_possible_number(number):
            fallback = Phone(e164, digits, is_valid=False)
    return fallback or Phone("", digits, is_valid=False)


def _readings(piece: str, digits: str, region: str) -> list[str]:
    """What may be meant, likeliest first: as written; with the country's prefix but no plus; with a lost plus."""
    code = str(phonenumbers.country_code_for_region(region))
    if "+" in piece:
        rest = digits.removeprefix("00")
        if rest.startswith(f"{code}0"):
            return [f"+{code}{rest.removeprefix(code).lstrip('0')}", f"+{rest}"]
        return [f"+{rest}"]
    if digits.startswith("00"):
        return [f"+{digits[2:]}", digits]
    if digits.startswith(code):
        return [f"+{digits}", digits]
    return [digits, f"+{digits}"] if not digits.startswith("0") else [digits]


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isdigit())
