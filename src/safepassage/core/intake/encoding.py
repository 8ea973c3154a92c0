"""Bytes to text: marks, UTF-16 without a mark, UTF-8, then the old code pages of the region."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import charset_normalizer

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = ("cp1256", "cp1252", "cp1251", "cp1250", "cp1254")
_SAMPLE = 65_536
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding it was read in, and whether that is a guess."""

    text: str
    encoding: str
    is_guess: bool = False


def decode(content: bytes) -> Decoded:
    """Reads bytes as text; never fails: what can't be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(content.decode(encoding, "replace"), encoding)
    wide = _wide(content)
    if wide:
        return Decoded(content.decode(wide, "replace"), wide, is_guess=True)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    mended = content.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    if sum(ord(sign) > 127 for sign in mended[:_SAMPLE]) - lost > 20 * lost:
        return Decoded(mended, "utf-8", is_guess=True)
    encoding = _code_page(content)
    return Decoded(content.decode(encoding, "replace"), encoding, is_guess=True)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is one of few high bytes (00, 04, 06), the other varies."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    if half < 4 or b"\0" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(high.count(byte) for byte in (b"\x00", b"\x04", b"\x06")) >= 0.9 * half:
            return encoding
    return None


def _code_page(content: bytes) -> str:
    sample = _telling(content)
    candidates = list(_CODE_PAGES)
    guess = charset_normalizer.from_bytes(sample[:8192]).best()
    if guess and guess.encoding not in candidates and not guess.encoding.startswith("utf"):
        candidates.append(guess.encoding)
    return max(candidates, key=lambda encoding: (_plausibility(sample, encoding), -candidates.index(encoding)))


def _telling(content: bytes) -> bytes:
    """The first lines that hold bytes beyond ASCII: those that tell code pages apart."""
    lines, size = [], 0
    for line in content.splitlines():
        if size > _SAMPLE:
            break
        if not line.isascii():
            lines.append(line[:4096])
            size += len(lines[-1])
    return b"\n".join(lines)


def _plausibility(sample: bytes, encoding: str) -> float:
    """The share of words beyond ASCII that are of one script and of one shape of case."""
    words = [word for word in _WORD.findall(sample.decode(encoding, "replace")) if not word.isascii()]
    if not words:
        return 0.0
    return sum(_is_plausible(word) for word in words) / len(words) - 0.001 * sample.decode(encoding, "replace").count(
        "\ufffd"
    )


def _is_plausible(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in word}
    is_cased = word == word.lower() or word == word.upper() or word == word.capitalize()
    is_short_accent = len(word) > 1 or scripts == {"ARABIC"}
    return (
        len(scripts) == 1
        and is_cased
        and is_short_accent
        and not (scripts == {"LATIN"} and sum(not letter.isascii() for letter in word) > len(word) / 2)
    )
