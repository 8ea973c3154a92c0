"""Codes that people say or type: beside the QR, and learnt by heart."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Mapping

from safepassage.core.ids import ALPHABET, PassId
from safepassage.core.passes.keys import PointDayKey
from safepassage.core.passes.values import Recognition

CODE_TAG_BYTES = 10
_DIGITS = 7
_PASS_DIGITS = 12

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""A totally anti-symmetric quasigroup: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004, table 5.1."""


def short_code(pass_id: PassId) -> str:
    """The code printed beside the QR: the pass id in groups of four, with one check digit at the end."""
    digits = pass_id.removeprefix("K-")
    digits += ALPHABET[_check(digits)]
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def read_short_code(text: str) -> PassId | None:
    """The pass id of a typed short code; None if the check digit doesn't fit.

    O is taken for 0, I and L for 1, as Crockford's base32 has it; blanks and dashes don't matter.
    """
    digits = "".join(text.upper().split()).replace("-", "").translate(str.maketrans("OIL", "011"))
    if len(digits) != _PASS_DIGITS + 1 or any(digit not in ALPHABET for digit in digits):
        return None
    if ALPHABET[_check(digits[:-1])] != digits[-1]:
        return None
    return PassId(f"K-{digits[:-1]}")


def _check(digits: str) -> int:
    """A weighted sum over GF(32): one wrong digit or two neighbours exchanged are always seen."""
    total = 0
    for digit in digits:
        total = _double(total ^ ALPHABET.index(digit))
    return total


def _double(value: int) -> int:
    """Times x in GF(2)[x] / (x^5 + x^2 + 1)."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def draw_recognition_code(random: bytes) -> str:
    """Eight digits in two groups of four, the last a check digit, from at least eight random bytes."""
    digits = f"{int.from_bytes(random, 'big') % 10**_DIGITS:0{_DIGITS}d}"
    digits += str(_damm(digits))
    return f"{digits[:4]} {digits[4:]}"


def read_recognition_code(text: str) -> str | None:
    """The eight digits of a code as said or typed (in any script); None if it can't be one."""
    signs = [sign for sign in text if not sign.isspace() and sign != "-"]
    values = [unicodedata.decimal(sign, None) for sign in signs]
    if len(values) != _DIGITS + 1 or None in values:
        return None
    digits = "".join(str(value) for value in values)
    return digits if _damm(digits) == 0 else None


def _damm(digits: str) -> int:
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return state


def code_tag(text: str, *, key: PointDayKey, is_watched: bool) -> bytes:
    """What is stored of a code: ten bytes of an HMAC under the point-and-day key.

    Args:
        text: The code.
        key: Of the pass's point and day.
        is_watched: Whether it is the code that says "I am being watched"; the two can't be told apart by their tags.

    Raises:
        ValueError: the text isn't a code.
    """
    digits = read_recognition_code(text)
    if digits is None:
        raise ValueError("not a recognition code")
    label = b"watched\x1f" if is_watched else b"recognition\x1f"
    return hmac.digest(key.subkey("code"), label + digits.encode(), "sha256")[:CODE_TAG_BYTES]


def recognise(text: str, *, keys: tuple[PointDayKey, ...], known: Mapping[bytes, PassId]) -> Recognition | None:
    """Finds the pass of a code learnt by heart.

    Args:
        text: As said or typed.
        keys: Point-and-day keys of this device.
        known: Recognition and watched tags of the passes of these points and days, each with its pass.
    """
    if read_recognition_code(text) is None:
        return None
    for key in keys:
        for is_watched in (False, True):
            found = known.get(code_tag(text, key=key, is_watched=is_watched))
            if found is not None:
                return Recognition(found, is_watched)
    return None
