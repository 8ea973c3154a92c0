"""What a name text says: the person's own name, or only whose wife, mother or child it is.

"w/o Karim", "مادر حسن" and "baby girl" name nobody by themselves, but they are facts: two listings that name one
woman by one husband agree in that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WIFE, MOTHER, CHILD, OTHER = 1, 2, 3, 4
"""By whom somebody is named; 0 by themselves."""

_CHILD = (
    r"^\s*(?:s/o|d/o|(?:son|daughter|child|baby|infant|newborn)\s*(?:boy|girl)?\s*of\b|(?:son|daughter|child)\s|"
    r"(?:baby|infant|newborn)\b(?:\s*(?:boy|girl)\b)?|(?:نوزاد|طفل|دختر|پسر)(?:\s|$))\s*"
)
_RULES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (WIFE, r"^\s*(?:w/o?|wife\s*of\b|wife\s|همسر\s|زوجه\s)\s*"),
        (MOTHER, r"^\s*(?:m/o|mother\s*of\b|mother\s|مادر\s)\s*"),
        (CHILD, _CHILD),
        (OTHER, r"^\s*(?:h/o|husband\s*of\b|husband\s)\s*"),
    )
)
_TITLE = re.compile(r"^\s*(?:(?P<hers>mrs\b\.?)|خانم\s)\s*", re.IGNORECASE)
"""May stand before her own name or her husband's: whether that is a man's name decides."""
_MRS, _KHANOM = 0.6, 0.3
"""In Dari the title mostly stands before a husband's name, in English lists before either."""
_DAMAGED = re.compile("[\u00d8-\u00db]")


@dataclass(frozen=True, slots=True)
class Said:
    """A name text: the name in it, and by which relative it names (0: it is the person's own)."""

    name: str
    kind: int = 0
    husbands_from: float | None = None
    """A married woman's title stands before: from this share of men among its bearers the name is her husband's."""


def read_name(text: str) -> Said:
    """What a name text says; text that was read in the wrong encoding is mended."""
    text = mended(text)
    for kind, rule in _RULES:
        found = rule.match(text)
        if found:
            return Said(text[found.end() :], kind)
    found = _TITLE.match(text)
    if not found:
        return Said(text)
    return Said(text[found.end() :], husbands_from=_MRS if found["hers"] else _KHANOM)


def mended(text: str) -> str:
    """Arabic script that was UTF-8 and was read as Latin-1, as it was meant; any other text as it is."""
    if not _DAMAGED.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
