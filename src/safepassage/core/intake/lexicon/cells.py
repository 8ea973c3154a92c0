"""Reads code words: one cell to one value of a closed vocabulary."""

from __future__ import annotations

from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.grounds import GROUND_WORDS, tells_ground
from safepassage.core.intake.lexicon.values import (
    CLAIMS,
    LANGUAGES,
    MARRIED,
    NEEDS,
    NEEDS_OF_REMARKS,
    NO,
    NO_SEX,
    NOTHING,
    OTHER_CLAIM,
    RELATIONS,
    SEXES,
    YES,
    find_codes,
)
from safepassage.core.people import Need, Relation, Sex

_NEGATIONS = frozenset(
    fold_phrase(word)
    for word in ["no", "not", "without", "non", "never", "نه", "نیست", "ندارد", "بدون", "غیر", "нет", "ні"]
)
_IDLE = frozenset(
    ["of", "the", "to", "his", "her", "my", "head", "pa", "applicant", "principal", "family", "household", "او"]
)

_CLAIM_WORDS = frozenset(word for phrase in CLAIMS for word in phrase.split()) | _IDLE
_RELATIVES = frozenset(
    word for phrase in RELATIONS for word in phrase.split() if len(word) > 2 and word not in _CLAIM_WORDS
)
_KIN_WORDS = _RELATIVES | {"of", "for", "with"}
_CLAIM_CODES = frozenset(CLAIMS.values())
_RELATION_CODES = frozenset(one.value for one in Relation if one is not Relation.UNKNOWN)
REMARK_WORDS = 3
REMARK_WORDS_OF_NEED = 8


def read_sex(text: str) -> Sex | None:
    """The sex; None if the word is not known, `UNKNOWN` if the cell states nothing."""
    phrase = fold_phrase(text)
    if phrase in NO_SEX:
        return Sex.UNKNOWN
    if phrase in SEXES:
        return SEXES[phrase]
    found = {SEXES[word] for word in phrase.split() if word in SEXES}
    return found.pop() if len(found) == 1 else None


def read_relation(text: str) -> Relation | None:
    """What the person is to the head; None if the word is not known."""
    if text.strip() in _RELATION_CODES:
        return Relation(text.strip())
    words = tuple(word for word in fold_words(text) if not word.isdecimal())
    phrase = " ".join(words)
    if not phrase:
        return Relation.UNKNOWN
    for whole in (phrase, "".join(words)):
        if whole in RELATIONS:
            return RELATIONS[whole]
    if tells_ground(text):
        return Relation.HEAD
    for idle in (_IDLE, _IDLE | GROUND_WORDS):  # "son of the applicant", "wife of staff member"
        core = " ".join(word for word in words if word not in idle)
        if core in RELATIONS:
            return RELATIONS[core]
    found = {RELATIONS[word] for word in words if word in RELATIONS}
    return found.pop() if len(found) == 1 and len(words) <= 3 else None


def names_a_relation(text: str) -> bool:
    """Whether a cell of any column says what somebody is to the head, by a word for that."""
    return fold_phrase(text) in RELATIONS or (
        read_relation(text) not in (None, Relation.UNKNOWN) and not tells_ground(text)
    )


def read_flag(text: str) -> bool | None:
    """Yes or no; None if it says neither."""
    phrase = fold_phrase(text) or text.strip()
    if not phrase:
        return None
    return True if phrase in YES else False if phrase in NO else None


def read_language(text: str) -> str:
    """The code of a language; empty if the word is not known."""
    return LANGUAGES.get(fold_phrase(text), "")


def read_married(text: str) -> bool | None:
    """Whether the person is married; None if not told."""
    found = find_codes(text, MARRIED)
    return found[0] if len(set(found)) == 1 else None


def read_needs(text: str) -> tuple[Need, ...]:
    """The needs that a cell names; a cell that denies ("not pregnant") names none."""
    words = fold_words(text)
    if fold_phrase(text) in NOTHING or any(word in _NEGATIONS for word in words[:1]):
        return ()
    return find_codes(text, NEEDS)


def read_needs_of_remark(text: str) -> tuple[Need, ...]:
    """The needs that a remark tells of ("stretcher, cannot sit"): who is carried must not find an ordinary seat.

    A remark that names a relative ("his mother uses a wheelchair"), denies it or is long tells of none.
    """
    words = fold_words(text)
    is_of_others = any(word in _NEGATIONS or word in _RELATIVES for word in words)
    if not words or len(words) > REMARK_WORDS_OF_NEED or is_of_others:
        return ()
    return find_codes(text, NEEDS_OF_REMARKS)


def read_claims(text: str) -> tuple[str, ...]:
    """The category codes that a cell claims; `other` if it says something that is none of them."""
    phrase = fold_phrase(text)
    if not phrase or phrase in NOTHING:
        return ()
    if text.strip() in _CLAIM_CODES:
        return (text.strip(),)
    if fold_words(text)[0] in _NEGATIONS:
        return ()
    return find_codes(text, CLAIMS) or (OTHER_CLAIM,)


def read_claims_of_remark(text: str) -> tuple[str, ...]:
    """The category codes that a short remark claims ("SIV applicant", "P2").

    A remark is free text: one that is longer than three words, names a relative ("wife of a citizen") or denies
    something is about somebody else as often as not, and claims nothing.
    """
    words = fold_words(text)
    if not words or len(words) > REMARK_WORDS or any(word in _NEGATIONS or word in _KIN_WORDS for word in words):
        return ()
    return find_codes(text, CLAIMS)
