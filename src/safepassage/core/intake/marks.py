"""Signs that show nothing and turn what is shown: taken out of whatever a listing states.

A cell can hold U+202E and read backwards on a screen, a manifest and a pass ("987654321 P" for "P 123456789"), or an
invisible sign that makes one name two. Unicode's format characters (category Cf) are taken out, all but the two
joiners that Dari and Pashto names are written with (U+200C, U+200D), and its control characters (Cc) but for tabs and
ends of lines. The row is kept as it came.
"""

from __future__ import annotations

import re

_FORMATS = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


def without_marks(text: str) -> str:
    """The text without signs of direction, other format and control characters; joiners between letters stay."""
    return text if text.isascii() and text.isprintable() else _FORMATS.sub("", text)
