"""From letters to sounds to skeletons (spec/names-v1.md, steps 3 and 4).

A *sound* is a short string over a closed alphabet in which both scripts meet: consonants
`b p t T s S z Z D j C x h d r f q k g G l m n w y`, vowels `a e i o u`. `T` is th, `D` the letters that Arabs
say as dh and Persians as z, `S` sh, `Z` zh, `C` ch, `x` kh, `G` gh. A *skeleton* keeps the consonant classes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from safepassage.core.names.script import is_arabic

LATIN_SOUNDS = (
    ("ishaq", "ishaq"), ("eshaq", "eshaq"), ("ishak", "ishak"), ("fath", "fath"),
    ("dsch", "j"), ("tsch", "C"), ("tsh", "tS"), ("sch", "S"), ("tch", "C"), ("dzh", "j"), ("ck", "k"), ("ch", "C"),
    ("sh", "S"), ("kh", "x"), ("gh", "G"), ("zh", "Z"), ("th", "T"), ("dh", "D"), ("ph", "f"), ("dj", "j"),
    ("dz", "z"), ("ts", "s"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("aa", "a"), ("ii", "i"), ("uu", "u"),
    ("ei", "ey"), ("ieh", "ye"), ("iah", "ya"),
    ("ai", "ay"), ("au", "aw"), ("ao", "aw"), ("ie", "i"), ("ea", "ya"), ("ia", "ya"), ("io", "yo"), ("iu", "yu"),
    ("ua", "wa"), ("ue", "we"), ("ui", "wi"),
    ("que", "q"), ("qui", "qi"), ("c", "j"), ("v", "w"), ("x", "x"),
)  # fmt: skip
"""Latin spellings and their sound; the first that fits is taken, from left to right; other letters stand."""

ARABIC_SOUNDS = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "T", "س": "s", "ص": "s", "ش": "S", "ز": "z", "ذ": "D",
    "ض": "D", "ظ": "D", "ژ": "Z", "ج": "j", "چ": "C", "ح": "h", "ه": "h", "خ": "x", "د": "d", "ر": "r", "ع": "a",
    "غ": "G", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "w", "ی": "y",
}  # fmt: skip
"""Folded Arabic letters and their sound."""

SKELETON_CLASSES = {
    "b": "B", "p": "P", "t": "T", "T": "S", "s": "S", "S": "C", "z": "Z", "Z": "J", "D": "Z", "j": "J", "C": "C",
    "x": "X", "h": "H", "d": "D", "r": "R", "f": "F", "q": "K", "k": "K", "g": "K", "G": "K", "l": "L", "m": "M",
    "n": "N",
}  # fmt: skip
"""Sounds and the class they have in a skeleton; vowels, `w` and `y` have none, except at the start."""

VOWELS = frozenset("aeiou")
_RULES = dict(LATIN_SOUNDS)
_SPELLINGS = re.compile("|".join(spelling for spelling, _ in LATIN_SOUNDS) + "|.")
_DOUBLED = re.compile(r"(.)\1+")
_Y_BETWEEN = re.compile(r"(?<=[^aeiouwy])y(?=[^aeiou]|$)")
_LAST_H = re.compile(r"(?<=..)(?<=[aeiouy])h$")
_FIRST_A = re.compile(r"^aa+")
_FIRST_VOWEL = re.compile(r"a[wy].")
_NASAL = re.compile(r"N(?=[BP])")


@lru_cache(maxsize=1 << 17)
def sound_of(folded: str) -> str:
    """The sound of one folded word of either script; a last h is not spoken."""
    if is_arabic(folded):
        return _arabic_sound(folded)
    spelt = "".join(_RULES.get(found, found) for found in _SPELLINGS.findall(_DOUBLED.sub(r"\1\1", folded)))
    return _LAST_H.sub("", _Y_BETWEEN.sub("i", _DOUBLED.sub(r"\1", spelt)))


def _arabic_sound(folded: str) -> str:
    sound = "".join(ARABIC_SOUNDS.get(char, "") for char in folded)
    if len(sound) > 2 and sound.endswith("h"):
        sound = sound[:-1] + ("" if sound[-2] == "a" else "e")
    if _FIRST_VOWEL.match(sound):
        return ("u" if sound[1] == "w" else "i") + sound[2:]
    return _FIRST_A.sub("a", sound)


@lru_cache(maxsize=1 << 17)
def skeleton_of(sound: str) -> str:
    """The skeleton of one sound: the class of each consonant, and of the first sound whatever it is.

    A first vowel is `A`; a first `w` or `y` before a vowel or in Arabic script stays. A last `h` is left out,
    since half of all spellings do.
    """
    if not sound:
        return ""
    first, rest = sound[0], sound[1:]
    start = "A" if first in VOWELS else first.upper() if first in "wy" else ""
    body = (rest if start else sound).removesuffix("h") if len(sound) > 2 else (rest if start else sound)
    classes = "".join(SKELETON_CLASSES.get(char, "") for char in body)
    return _NASAL.sub("M", start + classes)
