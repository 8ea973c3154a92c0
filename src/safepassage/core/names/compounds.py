"""Compounds that some write as one word and some as two (spec/names-v1.md, step 2).

The patterns describe the spellings of a handful of frequent elements: abdul-, -ullah, -uddin, abul-,
mohammad-, ghulam-, sayed-, bibi-, -mohammad, -reza, -zada.
Source: Arabic and Persian word formation (public grammar).
"""

from __future__ import annotations

import re
from functools import lru_cache

ABDUL = "abdul"
ALLAH = "ullah"
UDDIN = "uddin"
ABUL = "abul"

_MOHAMMAD = r"m[aeou]*h[aeou]*m+[aeou]*[dt]"
_GHULAM = r"(?:gh|g|q)[ou]+l+a+m"
_SAYED = r"s[ae]y+[aei]+d"
_BIBI = r"b[ie]+b[ie]+"

_WHOLE_LATIN = (
    (ABDUL, re.compile(r"abd(?:[uoea]|ou|oo)(?:l|r|s|z|n)?")),
    (ALLAH, re.compile(r"(?:(?:a|e|o|u|ou|oo)l+|ll)a{1,2}h?")),
    (UDDIN, re.compile(r"(?:e|o|u|ou|oo)d+(?:i|ee|y|ie)n")),
    (ABUL, re.compile(r"ab[uo]l?")),
)
_PREFIX_LATIN = (
    (ABDUL, re.compile(r"abd(?:[uoea]|ou|oo)(?P<rest>l[ae]t(?:i|e+)f)")),
    (ABDUL, re.compile(r"abd(?:[uoea]|ou|oo)(?:l|(?P<twin>r|sh|s|n|z|d|t)(?=(?P=twin)))?(?P<rest>.{3,})")),
    (ABUL, re.compile(r"ab[uo]l(?P<rest>[^aeiou].{2,}|f.{2,})")),
    ("mohammad", re.compile(_MOHAMMAD + r"(?P<rest>.{3,})")),
    ("ghulam", re.compile(_GHULAM + r"(?P<rest>.{3,})")),
    ("sayed", re.compile(_SAYED + r"(?P<rest>.{3,})")),
    ("bibi", re.compile(_BIBI + r"(?P<rest>.{3,})")),
)
_SUFFIX_LATIN = (
    (ALLAH, re.compile(r"(?P<rest>.{2,}?)(?:(?:ou|oo|o|u)(?:l{2,}a{1,2}h?|la{1,2}h)|[aei]l{2,}a{1,2}h)")),
    (UDDIN, re.compile(r"(?P<rest>.{2,}?)(?:ou|oo|o|u|e|a)d+(?:i|ee|y|ie)n")),
    ("rahman", re.compile(r"(?P<rest>.{3,}?)(?:ou|oo|o|u|e)r+a?h?m[ae]+n")),
    ("haq", re.compile(r"(?P<rest>.{2,}?)(?:ou|oo|o|u|e)l+ha(?:q+|k+|gh)")),
    ("mohammad", re.compile(r"(?P<rest>.{2,}?)" + _MOHAMMAD)),
    ("reza", re.compile(r"(?P<rest>.{3,}?)r[ei]*za+")),
    ("zada", re.compile(r"(?P<rest>.{3,}?)za+d[ae]h?")),
)
_WHOLE_ARABIC = {
    "عبدال": ABDUL,
    "عبد": ABDUL,
    "الله": ALLAH,
    "لله": ALLAH,
    "الدین": UDDIN,
    "ابو": ABUL,
    "ابوال": ABUL,
}
_PREFIX_ARABIC = (
    (ABDUL, "عبدال", 2), (ABUL, "ابوال", 2), ("محمد", "محمد", 2), ("غلام", "غلام", 2), ("سید", "سید", 3),
    ("بیبی", "بیبی", 2),
)  # fmt: skip
_SUFFIX_ARABIC = (
    (ALLAH, "الله", 2), (UDDIN, "الدین", 2), ("رحمن", "الرحمن", 2), ("رحمن", "الرحمان", 2), ("حق", "الحق", 2),
    ("محمد", "محمد", 2), ("رضا", "رضا", 2), ("زاده", "زاده", 2),
)  # fmt: skip
_ABDULLAH = re.compile(r"abd[uoea]*l+a{1,2}h?|عبدالله|عبداله|عبدللا")
_KEPT_WHOLE = re.compile(r"abdal[iy]+")


@lru_cache(maxsize=1 << 17)
def split_compound(word: str, *, is_arabic: bool) -> tuple[str, ...]:
    """The elements of one folded word; elements of the closed list in one spelling, the rest as written."""
    if _ABDULLAH.fullmatch(word):
        return ("abdullah",)
    if _KEPT_WHOLE.fullmatch(word):
        return (word,)
    return _split_arabic(word) if is_arabic else _split_latin(word)


def _split_latin(word: str) -> tuple[str, ...]:
    for element, pattern in _WHOLE_LATIN:
        if pattern.fullmatch(word):
            return (element,)
    for element, pattern in _PREFIX_LATIN:
        if found := pattern.fullmatch(word):
            return (element, *split_compound(found["rest"], is_arabic=False))
    for element, pattern in _SUFFIX_LATIN:
        if found := pattern.fullmatch(word):
            return (*split_compound(found["rest"], is_arabic=False), element)
    return (word,)


def _split_arabic(word: str) -> tuple[str, ...]:
    if word in _WHOLE_ARABIC:
        return (_WHOLE_ARABIC[word],)
    for element, prefix, least in _PREFIX_ARABIC:
        if word.startswith(prefix) and len(word) >= len(prefix) + least:
            return (element, *split_compound(word[len(prefix) :], is_arabic=True))
    for element, suffix, least in _SUFFIX_ARABIC:
        if word.endswith(suffix) and len(word) >= len(suffix) + least:
            return (*split_compound(word[: -len(suffix)], is_arabic=True), element)
    return (word,)
