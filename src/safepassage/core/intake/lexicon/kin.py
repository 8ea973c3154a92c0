"""Kin as cells tell them: named ("Maryam, wife, 34"), or counted without a name ("wife, 3 kids (12, 9, 4)")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from safepassage.core.intake.lexicon.elsewhere import without_elsewhere
from safepassage.core.intake.lexicon.fold import fold_words
from safepassage.core.intake.lexicon.kin_words import (
    AT,
    BABIES,
    FAMILY,
    IDLE,
    KIN,
    LIMITS,
    LONGEST,
    MEN,
    MONTHS,
    NOBODY,
    NUMBERS,
    PAIRS,
    PEOPLE,
    PLURALS,
    SINGULAR,
    UNITS,
    WOMEN,
)
from safepassage.core.intake.lexicon.marks import YEAR, without_born, without_sex
from safepassage.core.intake.lexicon.values import NEEDS

MOST = 15
"""More people than this under one word are no family, but a slip of the pen."""

LARGEST = 40
"""A family of more is a slip of the pen, or a list of several."""

_AND = r"(?:and|with|plus|et|و|او)"
_BETWEEN = re.compile(
    rf"\s*(?:[,;\n|،؛+&]|(?<!\b[sdwhcn])(?<!\b[sdwhcn]\s)/)\s*(?:{_AND}\s+)?|(?:(?<=\x00)|\s+){_AND}\s+"
    r"|(?<=\d)\.\s+(?=[^\W\d])",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[](?P<inside>[^)\]]*)[)\]]?")
_TOKENS = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:['’.\-\u200c][^\W\d_]+)*|:")
_AGES = re.compile(rf"(?<![\d-])(?:\d{{1,2}}|{YEAR})(?![\d-])(?:\s*(?:months?|mo|m|ماه|ماهه)\b)?", re.IGNORECASE)
_AGES_ONLY = re.compile(
    r"^[\d\s,;/&.،و-]*(?:(?:ages?|aged|and|years?|yrs?|y|old|months?|mo|m|ساله|سال|ماهه|ماه)\b[\d\s,;/&.،و-]*)*$"
)


@dataclass(frozen=True, slots=True)
class Kin:
    """So many people of one relation; `ages` as written, of the first of them, and `sex` where the word tells it.

    `word` is empty where they are only said to be people ("family of 5").
    """

    word: str
    count: int
    ages: tuple[str, ...] = ()
    sex: str = ""
    need: str = ""
    """A word of a need beside them ("pregnant")."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece of a cell tells: a name, the kin whom it counts or describes, or ages that go on."""

    name: str = ""
    kin: Kin | None = None
    ages: tuple[str, ...] = ()
    is_heading: bool = False
    """Whether the kin stand before the names of several of them: "3 kids: Ali"."""
    elsewhere: int = 0
    """How many are told to be abroad or out already: they need no seat, and nobody asks for their names."""
    sex: str = ""
    """The sex told beside the name: "Sara (F)"."""
    is_of_those_before: bool = False
    """Whether those elsewhere are some of the kin told before: "3 kids, 2 of them in Germany"."""


def split_pieces(text: str) -> list[str]:
    """The pieces of a cell that lists people; commas within brackets do not part them."""
    inside: list[str] = []

    def keep(match: re.Match[str]) -> str:
        inside.append(match.group())
        return f"\x00{len(inside) - 1}\x00"

    pieces = _BETWEEN.split(_BRACKET.sub(keep, text))
    whole = [re.sub(r"\x00(\d+)\x00", lambda mark: inside[int(mark[1])], piece).strip() for piece in pieces]
    return [one for piece in whole for one in _apart(piece)]


def _apart(piece: str) -> list[str]:
    """Names with nothing between them but an age behind each: "Ali (5) Sara (3)"."""
    aged = [found for found in _BRACKET.finditer(piece) if _is_age(found["inside"])]
    cuts = [
        one.end() for one, other in pairwise(aged) if any(sign.isalpha() for sign in piece[one.end() : other.start()])
    ]
    return [piece[start:end].strip() for start, end in pairwise((0, *cuts, len(piece)))]


def _is_age(inside: str) -> bool:
    plain = without_born(without_sex(f"({inside})")[0]).strip("()").casefold()
    return bool(_AGES_ONLY.match(plain)) and any(sign.isdigit() for sign in plain)


def is_nobody(text: str) -> bool:
    """Whether the words say that nobody else comes."""
    return " ".join(fold_words(text)) in NOBODY


def is_size(text: str) -> bool:
    """Whether a cell only says how many they are: "5", "7 persons"."""
    told = read_piece(text)
    return not told.name and not (told.kin and told.kin.word) and any(sign.isdigit() for sign in text)


def read_kin(piece: str) -> Kin | None:
    """The kin that one piece tells without naming them; None where it may be a name.

    Args:
        piece: One piece of a cell, its digits Latin.
    """
    told = read_piece(piece)
    return told.kin if told.kin and not told.name else None


@lru_cache(maxsize=1 << 15)
def read_piece(piece: str) -> Piece:
    """What one piece of a cell tells of people.

    Args:
        piece: One piece of a cell, its digits Latin.
    """
    plain, sex = without_sex(piece)
    return replace(_read_plain(without_born(plain)), sex=sex)


def _read_plain(piece: str) -> Piece:
    bracket = _BRACKET.search(piece)
    inside = bracket["inside"] if bracket else ""
    away = _read_elsewhere(piece, inside)
    if away is not None:
        return away
    outside = _BRACKET.sub(" ", piece)
    if bracket and not _AGES_ONLY.match(inside.casefold()):
        outside, inside = f"{outside} {inside}", ""
    tokens = _TOKENS.findall(outside)
    words = [" ".join(fold_words(token)) or token for token in tokens]
    first, last, word = _find_kin(words)
    names = [
        token
        for at, token in enumerate(tokens)
        if not (first <= at < last) and not _is_plain(words[at], is_beside_kin=bool(word))
    ]
    if (
        word
        and names
        and any(not _is_plain(w, is_beside_kin=True) for w in words[:first])
        and any(not _is_plain(w, is_beside_kin=True) for w in words[last:])
    ):
        word, names = "", [token for at, token in enumerate(tokens) if not _is_plain(words[at], is_beside_kin=False)]
    count = _count_before(words, first) if word else 0
    need = next((w for w in words if w in NEEDS and w not in KIN), "")
    ages = tuple(_AGES.findall(inside)) or _ages_among(words, first, count)
    if not word and not names:
        return Piece(ages=ages)
    if not word:
        kin = _people_of(words, ages)
        return Piece(kin=kin) if kin else Piece(name=" ".join(names), ages=ages)
    kin = _kin_of(word, words[first] if last - first == 1 else "", count, ages)
    if kin is None:
        return Piece(name=" ".join(tokens))
    kin = replace(kin, need=need)
    if count and names and " ".join(fold_words(names[0])) in AT:  # "2 kids in Herat": a place, nobody's name
        names = []
    is_heading = bool(names) and last < len(words) and (words[last] == ":" or count > 1)
    return Piece(" ".join(names), kin, is_heading=is_heading)


def _read_elsewhere(piece: str, inside: str) -> Piece | None:
    """Kin who are told to be in another country or out already, counted or named; None where nobody is."""
    within, rest = without_elsewhere(inside), without_elsewhere(piece)
    if within is not None and (number := _number_alone(within)):
        told = read_piece(_BRACKET.sub(" ", piece))
        kin = told.kin and replace(told.kin, count=max(0, told.kin.count - number))
        return replace(told, kin=kin, elsewhere=number)
    if not rest:
        return None
    if number := _number_alone(rest):
        return Piece(elsewhere=number, is_of_those_before=True)
    told = read_piece(rest)
    if told.name:
        return Piece(elsewhere=1)
    return Piece(elsewhere=max(1, told.kin.count)) if told.kin else None


def _number_alone(words: str) -> int:
    """The number, in figures or words, if nothing else is told; else 0."""
    number = int(words) if words.isdecimal() else NUMBERS.get(words, 0)
    return number if number <= MOST else 0


def read_size(text: str) -> int:
    """How many people a cell says that a family is: "6", "۶ نفر", "family of six"; 0 where it tells no one number."""
    words = fold_words(re.sub(r"(?<=\d)[.,]0+$", "", text.strip()))
    told = [int(word) if word.isdecimal() else NUMBERS.get(word, 0) for word in words]
    numbers = [number for number in told if number]
    return numbers[0] if len(numbers) == 1 and numbers[0] <= LARGEST else 0


def _find_kin(words: list[str]) -> tuple[int, int, str]:
    """Where the first phrase of kin stands, the longest there, and the phrase; an empty one if there is none."""
    for first in range(len(words)):
        for length in range(min(LONGEST, len(words) - first), 0, -1):
            phrase = " ".join(words[first : first + length])
            if phrase in KIN:
                return first, first + length, PLURALS.get(phrase, phrase)
    return len(words), len(words), ""


def _is_plain(word: str, *, is_beside_kin: bool) -> bool:
    """Whether a word is no part of a name: a figure, a unit, a colon; beside kin also number words."""
    is_idle = word == ":" or word[0].isdigit() or word in IDLE
    return is_idle or (is_beside_kin and (word in NUMBERS or word in NEEDS))


def _count_before(words: list[str], first: int) -> int:
    """How many the word is said of: "3 kids", "two young sons"; a figure behind a name or before a unit is an age."""
    for at in range(first - 1, -1, -1):
        word = words[at]
        number = int(word) if word.isdecimal() else NUMBERS.get(word, 0)
        if number:
            is_alone = all(_is_plain(one, is_beside_kin=True) for one in words[:at])
            is_age = any(one in UNITS for one in words[at + 1 : first])
            return number if is_alone and not is_age and number <= MOST else 0
        if word not in IDLE:
            return 0
    return 0


def _ages_among(words: list[str], first: int, count: int) -> tuple[str, ...]:
    """Figures that are no count: ages, a month behind one kept with it."""
    ages = []
    for at, word in enumerate(words):
        is_limit = at > 0 and words[at - 1] in LIMITS
        if not word[0].isdigit() or (count and at < first) or is_limit:
            continue
        unit = words[at + 1] if at + 1 < len(words) else ""
        ages.append(f"{word} {unit}" if unit in MONTHS else word)
    return tuple(ages)


def _kin_of(word: str, written: str, count: int, ages: tuple[str, ...]) -> Kin | None:
    least = 2 if written in PAIRS or (written in PLURALS and written not in SINGULAR) else 1
    number = count or max(least, len(ages))
    if word in BABIES and not ages:
        ages = ("newborn",) if "newborn" in word or word == "نوزاد" else ("0-1",)
    sex = "f" if word in WOMEN else "m" if word in MEN else ""
    return Kin(word, number, ages, sex) if number <= MOST else None


def _people_of(words: list[str], ages: tuple[str, ...]) -> Kin | None:
    """People who are only counted: "family of 5" holds four others, "5 people" five; else None."""
    plain = {word for word in words if not word[0].isdigit() and word not in IDLE and word not in NUMBERS}
    if not plain or not plain <= FAMILY | PEOPLE:
        return None
    figures = [int(age) for age in ages if age.isdecimal()] + [NUMBERS[w] for w in words if w in NUMBERS]
    figures = [figure for figure in figures if 0 < figure <= MOST]
    if not figures:
        return Kin("", 0)
    is_whole = bool(plain & FAMILY) and not plain & PEOPLE
    return Kin("", max(figures[0] - is_whole, 0))
