"""How identity writes a name for comparison: one form for both scripts, and a skeleton for blocking.

The reading form (`sound`) keeps vowels in three classes; the skeleton keeps consonants only and joins what
writers of English, French, German, Turkish, Persian or Pakistani habit spell apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from safepassage.core.names.tokens import without_phrases
from safepassage.core.names.words import NO_NAME

SPELLING_VERSION = "identity-spelling-3"

_ARABIC = dict(
    zip(
        "ابپتټثجچحځخڅدډذرړزژږسشښصضطظعغفقکكګگلمنڼوؤهةہۀیيىېۍئآأإٱ",
        "abpttsjShzXsddzrrzjksSSszt" + "zakfkkkkklmnn" + "uuhahaiiiiiiaaaa",
        strict=True,
    )
)
"""One sound for each letter, in the classes that `sound` uses for Latin spellings."""
_SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ۀ": "ه", "ة": "ه"})
"""Letters that keyboards of Arabic, Persian and Urdu write apart."""
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\ufeff]")
_SHORT_FORMS = dict.fromkeys(("md", "mohd", "mhd", "muhd", "mohd", "mohmd"), "mohammad")
_IS_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_PLACEHOLDER = re.compile("^(?:x{3,}|(?:fnu|lnu)(?=.{4}))")
"""A form that joins the mark to the name ("FNUHamid"); before fewer letters it is likelier a slip of the pen."""
_TWICE = frozenset(["bi", "بی"])
"""Halves of "bibi", which some write as two words."""
_DIGRAPHS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("tsch|tch|sch|sh|ch|ç|ş|š|č", "S"),
        ("dsch|dj|zh|dzh|ğ", "j"),
        ("kh", "X"),
        ("gh|ck|[gqc]", "k"),
        ("ph", "f"),
        ("dh|z|th(?=$)", "z"),
        ("th", "t"),
        ("ss|ß", "s"),
        ("[vw]", "w"),
    )
)
HONORIFICS = frozenset([
    "eng", "engr", "engineer", "dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor", "haji",
    "hajji", "haj", "hajj", "gen", "general", "col", "colonel", "capt", "captain", "maj", "major", "sgt",
    "lt", "cmdr", "commander", "ustad", "ostad", "mawlawi", "mawlavi", "maulawi", "mullah", "mulla", "qari",
    "mohtaram", "mohtarama", "alhaj", "الحاج", "حاجی", "حاجي", "انجنیر", "انجنير", "انجینر", "داکتر",
    "دکتر", "ډاکټر", "استاد", "مولوی", "مولوي", "ملا", "قاری", "قاري", "جنرال", "تورن", "محترم", "محترمه",
    "جناب", "خانم", "ښاغلی",
])  # fmt: skip
FILLERS = NO_NAME | {"nan", "ناشناس"}
"""What only says that a name is lacking, as `core.names` knows it."""
_OF_ANOTHER = re.compile(
    r"^\s*(?:(?:w/o|s/o|d/o|h/o|m/o)\s|(?:wife|mother|son|daughter|husband|baby|child|newborn|infant)\s+(?:of|boy|girl)?\b|"
    r"baby\b|newborn\b|infant\b|(?:همسر|خانم|زوجه|مادر|نوزاد|طفل|دختر|پسر)\s)",
    re.IGNORECASE,
)
_PREFIX = re.compile("^(m[uo]hamm?[ae]d|g[hu]*[uo]l[ae]{1,2}m|غلام|محمد)(\\w{3,})$")
"""Names that writers join with the next one, or drop: they stand as a word of their own."""
_JOIN_NEXT = re.compile("abd(?:[aeou]{1,2}[ldnrstz]?)?|abul?|عبد|ابو")
_JOIN_LAST = frozenset([
    "ullah", "ollah", "allah", "ulah", "olah", "ulla", "olla", "uddin", "oddin", "odin", "udin", "eddin",
    "edin", "aldin", "uldin", "adin", "الله", "اله", "الدین", "الدين",
])  # fmt: skip
_GLUE = frozenset([
    "ul", "ol", "al", "el", "ur", "or", "ud", "od", "us", "ar", "ad", "as", "ال",
])  # fmt: skip


_SERVANT = re.compile("abd[aiu]?[ldnrstz]?")
_OF_FAITH = re.compile("(?:^|[aiu])ldin$")
""""-uddin" with its article written out; in "Jalaluddin" the l is the name's own."""


def is_arabic(text: str) -> bool:
    """Whether the text is in Arabic script."""
    return _IS_ARABIC.search(text) is not None


def names_another(text: str) -> bool:
    """Whether a "name" only says whose wife, mother or baby it is ("w/o Karim", "baby girl")."""
    return _OF_ANOTHER.match(text) is not None


def words_of(text: str) -> list[str]:
    """The words of a name, lower case, without titles and fillers, compounds joined ("abdul hadi" is one)."""
    return compounds_joined(plain_words(text))


def plain_words(text: str) -> list[str]:
    """The words of a name as they are written, lower case, without titles, fillers and phrases for "no name"."""
    return [word for token in without_phrases(text).split() for word in _plain(token)]


@lru_cache(maxsize=1 << 17)
def _plain(token: str) -> tuple[str, ...]:
    """The words between two blanks."""
    if not token.isascii():
        token = _MARKS.sub("", unicodedata.normalize("NFKC", token).replace("\u200c", "")).translate(_SAME_LETTERS)
    token = _CAMEL.sub(" ", token).replace("'", "").replace("’", "").replace("`", "")
    words = (_PLACEHOLDER.sub("", word) for word in _WORD.findall(token.lower()))
    return tuple(word for word in words if word and word not in HONORIFICS and word not in FILLERS)


@lru_cache(maxsize=1 << 17)
def _parts(word: str) -> tuple[tuple[str, bool, bool], ...]:
    """A word, or the name that writers run together with the next and that one.

    For each whether it belongs to the word before, and whether the next belongs to it.
    """
    parts = _PREFIX.sub(r"\1 \2", word).split()
    return tuple(
        (part, part in _JOIN_LAST or part in _GLUE, _JOIN_NEXT.fullmatch(part) is not None) for part in parts
    )


@lru_cache(maxsize=1 << 17)
def _stands_alone(word: str) -> bool:
    """Whether a word is one name that is joined to no other."""
    return len(word) > 1 and word not in _TWICE and _parts(word) == ((word, False, False),)


def compounds_joined(found: Sequence[str]) -> list[str]:
    """Words with the parts of one name joined: "abdul hadi", "najib ullah"."""
    if all(map(_stands_alone, found)):
        return list(found)
    joined: list[str] = []
    is_open = False
    for part, is_last, opens in (part for whole in found for part in _parts(whole)):
        if joined and (is_open or is_last or (part in _TWICE and part == joined[-1])):
            joined[-1] += part
            is_open = part in _GLUE or (is_open and opens)
        else:
            joined.append(part)
            is_open = opens
    return [w for w in joined if len(w) > 1] or joined


@lru_cache(maxsize=400_000)
def sound(word: str) -> str:
    """The reading form: Latin, consonant classes, vowels in the classes a, i, u; doubles collapsed."""
    if is_arabic(word):
        word = "".join(_ARABIC.get(c, "") for c in word)
        if word.startswith("u") and word[1:2] not in ("", "u"):
            word = "w" + word[1:]
        if word.startswith("i") and word[1:2] not in (
            "",
            "a",
            "i",
            "u",
        ):  # in this script that is y and a short vowel
            word = "ia" + word[1:]
    else:
        word = _SHORT_FORMS.get(word, word).replace("ç", "ch").replace("ş", "sh").replace("ı", "i")
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        for pattern, to in _DIGRAPHS:
            word = pattern.sub(to, word)
        word = word.replace("ou", "u").replace("x", "ks")
    word = re.sub("[eyi]+", "i", re.sub("o+", "u", word.replace("ee", "i")))
    word = re.sub("(?<=.)[ai]?h$", "a", word)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=400_000)
def skeleton(word: str, *, is_reading: bool = False) -> str:
    """The consonants alone: one key for all spellings in both scripts that are commonly met."""
    reading = word if is_reading else sound(word)
    first = reading[:1]
    start = {"X": "h", "i": "a", "u": "a", "w": "w"}.get(first, first)
    if first == "i" and reading[1:2] in ("a", "u"):
        start = "y"
    rest = re.sub("[aiuhw]", "", reading[1:])
    rest = rest.replace("X", "h")
    key = start + rest
    if _SERVANT.fullmatch(reading):
        return "abd"
    if key.startswith("abdl") and len(key) > 4:
        key = "abd" + key[4:]
    if key.endswith("ldn") and _OF_FAITH.search(reading):
        key = key[:-3] + "dn"
    return key
