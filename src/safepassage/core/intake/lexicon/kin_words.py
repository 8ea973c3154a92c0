# ruff: noqa: SIM905  (a line is a list of words)
"""Words for kin and for who is counted beside them, in English, French, Dari and Pashto."""

from __future__ import annotations

from safepassage.core.intake.lexicon.values import RELATIONS
from safepassage.core.people import Relation

NUMBERS = {
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

PLURALS = {
    "kids": "kid", "children": "child", "childs": "child", "sons": "son", "daughters": "daughter", "wives": "wife",
    "boys": "son", "girls": "daughter", "boy": "son", "girl": "daughter", "babies": "baby", "infants": "infant",
    "brothers": "brother", "sisters": "sister", "parents": "parent", "enfants": "enfant", "filles": "fille",
    "twins": "child", "siblings": "sibling", "grandchildren": "grandchild", "minors": "child", "minor": "child",
    "اطفال": "طفل", "فرزندان": "فرزند", "اولادها": "اولاد", "پسران": "پسر", "دختران": "دختر", "ماشومان": "ماشوم",
    "زامن": "زوی", "لونی": "لور", "لوڼی": "لور",
}  # fmt: skip

SINGULAR = frozenset(("boy", "girl", "minor"))

PAIRS = frozenset(("parents", "twins"))

WOMEN = frozenset(
    (
        "wife",
        "daughter",
        "mother",
        "sister",
        "fille",
        "epouse",
        "خانم",
        "دختر",
        "مادر",
        "همسر",
        "خواهر",
        "لور",
        "میرمن",
    )
)

MEN = frozenset(("husband", "son", "father", "brother", "fils", "پسر", "پدر", "برادر", "شوهر", "زوی"))

BABIES = frozenset(("newborn", "baby", "newborn baby", "infant", "نوزاد"))

NOBODY = frozenset(
    "alone|nobody|no one|single|by himself|by herself|no family|no children|no kids|myself|only me|just me|تنها|مجرد|"
    "یوازی|seul".split("|")
)

IDLE = frozenset(
    "his|her|my|their|the|of|old|aged|age|ages|year|years|yr|yrs|y|yo|m|mo|month|months|small|young|other|elder|all|"
    "with|our|under|over|below|above|about|approx|only|plus|also|کوچک|زیر|ساله|سال|ماه|ماهه|کلن|شان".split("|")
)

MONTHS = frozenset(("m", "mo", "month", "months", "ماه", "ماهه"))

UNITS = MONTHS | frozenset(("year", "years", "yr", "yrs", "y", "yo", "old", "ساله", "سال"))

LIMITS = frozenset(("under", "over", "below", "above", "زیر"))

AT = frozenset(("in", "at", "from", "near", "در", "از", "په"))

FAMILY = frozenset(("family", "household", "خانواده", "فامیل", "کورنی"))

PEOPLE = frozenset(
    "member|members|people|person|persons|pax|other|others|individual|individuals|relative|relatives|dependents|"
    "dependent|dependants|passengers|souls|نفر|عضو|اعضا|تن|کسان|غری".split("|")
)

KIN = {
    words: relation for words, relation in RELATIONS.items() if relation not in (Relation.UNKNOWN, Relation.HEAD)
} | {word: RELATIONS[plain] for word, plain in PLURALS.items() if plain in RELATIONS}

LONGEST = max(len(words.split()) for words in KIN)
