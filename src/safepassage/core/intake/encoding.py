"""Bytes to text: marks, UTF-16 without a mark, UTF-8, then the old code pages of the region."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from safepassage.core.intake.code_pages import find_code_page

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_HIGH = (b"\x00", b"\x01", b"\x04", b"\x06", b"\x20", b"\xfb", b"\xfe")
"""High bytes in UTF-16 of Latin, Cyrillic and Arabic letters and of quotation marks."""


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
    encoding = find_code_page(_telling(content)[:_SAMPLE])
    return Decoded(content.decode(encoding, "replace"), encoding, is_guess=True)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is one of the high bytes of few scripts, the other varies."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    if half < 4 or b"\0" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(map(high.count, _HIGH)) >= 0.9 * half:
            return encoding
    return None


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
