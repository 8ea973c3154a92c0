"""A Latin reading of a name in Arabic script, for display; never used for comparing."""

from __future__ import annotations

from safepassage.core.names.readings import READINGS
from safepassage.core.names.script import is_arabic
from safepassage.core.names.sound import sound_of
from safepassage.core.names.tokens import tokens

_LETTERS = {
    "S": "sh", "Z": "zh", "C": "ch", "x": "kh", "G": "gh", "T": "s", "D": "z", "q": "q",
}  # fmt: skip
_ENDINGS = (("", ""), ("ی", "i"), ("زی", "zai"), ("زاده", "zada"), ("یار", "yar"), ("ه", "a"))
"""What surnames and women's names add to a name that is known: عمر is Omar, so that عمری is Omari."""
_LONG = ("", "ا", "و", "ی")
"""Long vowels: -zi behind another letter is a tribe's (Barakzai), behind one of these a family's (Azizi, Niazi)."""
_VOWELS = "aeiou"


def transliterate(text: str) -> str:
    """A Latin reading of a name in Arabic script, for display beside it; Latin text comes back as it is.

    Short vowels are not written in Arabic script: an `a` is put where two consonants would meet, so that the
    reading can be spoken. It is a help for the eye, not a spelling to print on a document.
    """
    if not is_arabic(text):
        return text
    return " ".join(_read(token.folded).capitalize() for token in tokens(text) if token.folded)


def _read(folded: str) -> str:
    if not is_arabic(folded):
        return folded
    for ending, spoken in _ENDINGS:
        stem = folded.removesuffix(ending)
        known = READINGS.get(stem) if stem else None
        if known and (stem != folded or not ending):
            return known.removesuffix("a" if spoken.startswith("a") else "") + spoken
    read = "".join(_LETTERS.get(char, char) for char in _voiced(sound_of(folded)))
    if folded.endswith("ه") and read.endswith("e"):
        return f"{read[:-1]}a"
    return f"{read[:-2]}zai" if folded.endswith("زی") and folded[-3:-2] not in _LONG else read


def _voiced(sound: str) -> str:
    voiced = ""
    for place, char in enumerate(sound):
        before, following = voiced[-1:], sound[place + 1 : place + 2]
        spoken = _spoken(char, before, following)
        is_hard = spoken not in _VOWELS and before and before not in _VOWELS and voiced[-2:-1] not in tuple(_VOWELS)
        voiced += f"a{spoken}" if is_hard else spoken
    return voiced


def _spoken(char: str, before: str, following: str) -> str:
    """`w` and `y` between consonants are vowels."""
    is_consonant = not before or before in _VOWELS or (following != "" and following in _VOWELS + "y")
    return char if is_consonant else {"w": "u", "y": "i"}.get(char, char)
