"""How far two sounds are from each other: a weighted edit distance whose costs follow how names are spelt.

Costs come from phonetics and from known habits of spelling (Turkish h for kh, Arab b for p, Persian gh for q,
unwritten short vowels in Arabic script), not from any data set.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Indel

from safepassage.core.names.script import is_arabic
from safepassage.core.names.sound import SKELETON_CLASSES, skeleton_of, sound_of

_VOWELS = {
    "ae": 0.14, "ei": 0.06, "ou": 0.05, "ai": 0.45, "au": 0.5, "ao": 0.3, "eu": 0.5, "eo": 0.45, "iu": 0.6, "io": 0.6,
    "wu": 0.05, "wo": 0.05, "wa": 0.4, "we": 0.5, "wi": 0.5, "yi": 0.05, "ye": 0.1, "ya": 0.2, "yu": 0.5, "yo": 0.5,
    "wy": 0.7,
}  # fmt: skip
_CONSONANTS = {
    "qk": 0.1, "qg": 0.15, "qG": 0.08, "gG": 0.08, "kg": 0.3, "kG": 0.3, "TS": 0.6, "Ts": 0.05, "Tt": 0.2, "zD": 0.03,
    "dD": 0.15, "sD": 0.4, "tD": 0.5, "jZ": 0.1, "zZ": 0.25, "SC": 0.25, "jC": 0.4, "xk": 0.3, "xh": 0.35,
    "xC": 0.35,
    "xq": 0.35, "xG": 0.4, "Ch": 0.8, "dt": 0.3, "bp": 0.3, "zs": 0.35, "pf": 0.4, "bw": 0.4, "fw": 0.45, "sS": 0.4,
    "zj": 0.4, "yj": 0.35, "mn": 0.5, "kC": 0.6, "jg": 0.45, "jG": 0.5, "gy": 0.6, "ZG": 0.4, "Zg": 0.2,
    "dz": 0.45, "bm": 0.7, "rl": 0.7, "wh": 0.6, "yh": 0.6,
}  # fmt: skip
_LEAST_ALIKE = 0.34
"""Skeletons less alike than this are not compared any further."""
_FAR = 1.0
_OTHER_START = 0.3
"""A first sound of another class tells more than a later one: writers seldom slip there."""
_STEEPNESS = 1.5
"""How fast likeness falls with distance: two names that differ in a third of their sounds are not alike."""


def _table() -> dict[str, float]:
    table: dict[str, float] = {}
    for pair, cost in (*_VOWELS.items(), *_CONSONANTS.items()):
        table[pair] = table[pair[::-1]] = cost
    return table


_COSTS = _table()


def _gap(char: str, *, is_unwritten: bool) -> float:
    if char in "aeiou":
        return 0.04 if is_unwritten else 0.28
    if char in "wy":
        return 0.38
    return 0.35 if char == "h" else 0.85


_GAPS_WRITTEN = {char: _gap(char, is_unwritten=False) for char in (*SKELETON_CLASSES, *"aeiouwyh")}
_GAPS_SHORT = {char: _gap(char, is_unwritten=True) for char in (*SKELETON_CLASSES, *"aeiouwyh")}
_MASS = {char: 0.35 if char in "aeiouwy" else 1.0 for char in _GAPS_WRITTEN}


@lru_cache(maxsize=1 << 18)
def word_similarity(a: str, b: str) -> float:
    """How alike two folded words of either script sound, in [0,1]; symmetric.

    Costs about 40 µs for a pair not seen before.
    """
    if a == b:
        return 1.0
    if b < a:
        return word_similarity(b, a)
    first, second = sound_of(a), sound_of(b)
    if not first or not second:
        return 0.0
    keys = skeleton_of(first), skeleton_of(second)
    if keys[0] != keys[1] and Indel.normalized_similarity(*keys) < _LEAST_ALIKE:
        return 0.0
    a_short, b_short = is_arabic(b), is_arabic(a)
    if a_short and b_short:
        a_short = b_short = False
    far = _distance(
        first, second, _GAPS_SHORT if a_short else _GAPS_WRITTEN, _GAPS_SHORT if b_short else _GAPS_WRITTEN
    )
    mass = (_mass(first, a_short) + _mass(second, b_short)) / 2
    if keys[0][:1] != keys[1][:1]:
        far += _OTHER_START
    return max(0.0, 1.0 - _STEEPNESS * far / max(mass, 1.0))


def _mass(sound: str, is_vowel_free: bool) -> float:  # noqa: FBT001
    return sum(0.0 if is_vowel_free and char in "aeiou" else _MASS.get(char, 1.0) for char in sound)


def _distance(a: str, b: str, a_gaps: dict[str, float], b_gaps: dict[str, float]) -> float:
    costs = _COSTS
    above: list[float] = [0.0]
    for char in b:
        above.append(above[-1] + b_gaps[char])
    before: list[float] = above
    previous = ""
    for place, x in enumerate(a):
        gap = a_gaps[x]
        row = [above[0] + gap]
        for column, y in enumerate(b):
            change = 0.0 if x == y else costs.get(x + y, _FAR if (x in "aeiou") == (y in "aeiou") else 1.3)
            best = min(above[column] + change, above[column + 1] + gap, row[column] + b_gaps[y])
            if place and column and x == b[column - 1] and y == previous:
                best = min(best, before[column - 1] + 0.4)
            row.append(best)
        before, above, previous = above, row, x
    return above[-1]
