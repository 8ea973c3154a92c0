"""Kin who are told without a name: "wife, 3 kids (12, 9, 4)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safepassage.core.intake.lexicon.cells import read_relation
from safepassage.core.intake.lexicon.fold import fold_words
from safepassage.core.people import Relation

MOST = 15
"""More people than this under one word are no family, but a slip of the pen."""

_BETWEEN = re.compile(r"\s*[,;\n/|،؛+&]\s*|\s+(?:and|with|plus|et|و|او)\s+", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[](?P<inside>[^)\]]*)[)\]]?")
_AGES = re.compile(r"\d{1,2}(?:\s*(?:months?|mo|m|ماه|ماهه)\b)?", re.IGNORECASE)
_AGES_ONLY = re.compile(
    r"^[\d\s,;/&.،و-]*(?:(?:ages?|aged|and|years?|yrs?|y|old|months?|mo|m|ساله|سال|ماهه|ماه)\b[\d\s,;/&.،و-]*)*$"
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one|a|an|his|her|my|یک|une|un", "two|دو|دوه|deux|both", "three|سه|درې|trois", "four|چهار|څلور|quatre",
            "five|پنج|پنځه|cinq", "six|شش|شپږ", "seven|هفت|اووه", "eight|هشت|اته",
        ),
        1,
    )
    for word in words.split("|")
}  # fmt: skip
_PLURALS = {
    "kids": "kid", "children": "child", "childs": "child", "sons": "son", "daughters": "daughter", "wives": "wife",
    "boys": "son", "girls": "daughter", "boy": "son", "girl": "daughter", "babies": "baby", "infants": "infant",
    "brothers": "brother", "sisters": "sister", "parents": "parent", "enfants": "enfant", "filles": "fille",
    "اطفال": "طفل", "فرزندان": "فرزند", "اولادها": "اولاد", "پسران": "پسر", "دختران": "دختر", "ماشومان": "ماشوم",
}  # fmt: skip
_WOMEN = frozenset(
    ("wife", "daughter", "mother", "sister", "fille", "epouse", "خانم", "دختر", "مادر", "همسر", "خواهر")
)
_MEN = frozenset(("husband", "son", "father", "brother", "fils", "پسر", "پدر", "برادر", "شوهر"))
_NOBODY = frozenset(
    ("alone", "nobody", "no one", "single", "by himself", "by herself", "تنها", "مجرد", "یوازې", "seul")
)


@dataclass(frozen=True, slots=True)
class Kin:
    """So many people of one relation; `ages` as written, of the first of them, and `sex` where the word tells it."""

    word: str
    count: int
    ages: tuple[str, ...] = ()
    sex: str = ""


def split_pieces(text: str) -> list[str]:
    """The pieces of a cell that lists people; commas within brackets do not part them."""
    inside: list[str] = []

    def keep(match: re.Match[str]) -> str:
        inside.append(match.group())
        return f"\x00{len(inside) - 1}\x00"

    pieces = _BETWEEN.split(_BRACKET.sub(keep, text))
    return [re.sub(r"\x00(\d+)\x00", lambda mark: inside[int(mark[1])], piece).strip() for piece in pieces]


def is_nobody(text: str) -> bool:
    """Whether the words say that nobody else comes."""
    return " ".join(fold_words(text)) in _NOBODY


def read_kin(piece: str) -> Kin | None:
    """The kin that one piece tells without naming them; None where it may be a name.

    Args:
        piece: One piece of a cell, its digits Latin.
    """
    bracket = _BRACKET.search(piece)
    inside = bracket["inside"] if bracket else ""
    if bracket and not _AGES_ONLY.match(inside.casefold()):
        return None
    words = list(fold_words(_BRACKET.sub(" ", piece)))
    ages = tuple(_AGES.findall(inside))
    count = 0
    if len(words) > 1 and (words[0].isdecimal() or words[0] in _NUMBERS):
        count = int(words[0]) if words[0].isdecimal() else _NUMBERS[words[0]]
        words = words[1:]
    if len(words) > 1 and words[-1].isdecimal() and not ages:
        ages, words = (words[-1],), words[:-1]
    said = " ".join(words)
    word = _PLURALS.get(said, said)
    if not word or read_relation(word) in (None, Relation.UNKNOWN) or count > MOST:
        return None
    count = max(count, len(ages), 1)
    sex = "f" if word in _WOMEN else "m" if word in _MEN else ""
    return Kin(word, count, ages, sex) if count <= MOST else None
