"""A Latin reading of a name in Arabic script, for display; never used for comparing."""

from __future__ import annotations

from safepassage.core.names.script import is_arabic
from safepassage.core.names.sound import sound_of
from safepassage.core.names.tokens import tokens

_LETTERS = {
    "S": "sh", "Z": "zh", "C": "ch", "x": "kh", "G": "gh", "T": "s", "D": "z", "q": "q",
}  # fmt: skip
_KNOWN = {
    "محمد": "mohammad", "احمد": "ahmad", "حسن": "hasan", "علی": "ali", "گل": "gul", "جان": "jan", "خان": "khan",
    "سید": "sayed", "بیبی": "bibi", "مریم": "maryam", "حسین": "hussain", "عمر": "omar", "زهرا": "zahra",
}  # fmt: skip
"""Frequent names whose short vowels no rule can guess; usual Afghan spellings, from general knowledge."""
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
    return _KNOWN.get(folded) or "".join(_LETTERS.get(char, char) for char in _voiced(sound_of(folded)))


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
