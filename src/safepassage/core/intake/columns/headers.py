# ruff: noqa: E501  (words in Arabic script)
"""What a header announces: about whom, what, and how sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.shortened import known_phrases, mended, written_out
from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.headers import BLOCKERS, IDLE, PHRASES
from safepassage.core.intake.lexicon.values import CLAIMS, NEEDS
from safepassage.core.intake.tables import LOST
from safepassage.core.people import DocumentKind, Relation

LONGEST = 90
"""A longer header is an explanation, not a header."""
_SUBJECTS = {fold_phrase(word): relation for relation, words in (
    (Relation.SPOUSE, "spouse|wife|husband|همسر|خانم|میرمن|conjoint"),
    (Relation.CHILD, "child|son|daughter|kid|طفل|فرزند|ماشوم|اولاد"),
    (Relation.UNKNOWN, "member|dependent|dependant|person|family member|companion|passenger|عضو|عضو خانواده|غړی|نفر|household member|fm|dep"),
) for word in words.split("|")}  # fmt: skip
_PARENTS = frozenset(("father", "mother", "پدر", "مادر", "پلار", "مور", "grandfather", "sponsor", "parent"))
_HEADS = tuple(fold_phrase(word) for word in ("head of household", "head of family", "hoh", "principal applicant", "سرپرست خانواده"))  # fmt: skip
_PATH = re.compile(r"^[\w\-]+([/:.][\w\-]+)+$")
_REPEATED = (Field.PHONE, Field.DOCUMENT, Field.EMAIL, Field.PLACE)
_SHOWN = (Field.PHONE, Field.EMAIL, Field.BIRTH, Field.DOCUMENT, Field.SEX)
"""Fields that cells can confirm: a smaller part of the header will do."""
_NUMBER_SIGN = re.compile(r"№|#(?![^\W_])")
_PARTS_OF_BIRTH = {
    **dict.fromkeys(("day", "dd", "d", "روز", "ورځ", "jour", "tag"), Field.BIRTH_DAY),
    **dict.fromkeys(("month", "mm", "mon", "m", "ماه", "میاشت", "mois", "monat"), Field.BIRTH_MONTH),
    **dict.fromkeys(("year", "yyyy", "yy", "yr", "y", "سال", "کال", "annee", "jahr"), Field.BIRTH_YEAR),
}
"""Beside a word for the birth date: a column of its day, its month or its year."""
_YES_NO = re.compile(r"^(is|has|are|needs?|any|آیا)\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header announces. `member` and `relation`: about which further member of the row; 0: its own person."""

    field: Field
    score: float
    document: DocumentKind | None = None
    member: int = 0
    relation: Relation = Relation.UNKNOWN
    code: str = ""
    phrase: str = ""


NOTHING = Meaning(Field.EXTRA, 0.0)


@lru_cache(maxsize=8192)
def read_header(header: str) -> Meaning:
    """The likeliest meaning of one header; score 0 if no word of it is known."""
    if len(header) > LONGEST or not header.strip():
        return NOTHING
    last = re.split(r"[/:.](?=[A-Za-z_])", header.strip())[-1] if _PATH.match(header.strip()) else header
    scripts = (
        " ".join(re.findall(r"[A-Za-z0-9'’_#/.-]+", header)),
        " ".join(re.findall(r"[\u0600-\u06ff\u200c]+", header)),
    )
    header = _NUMBER_SIGN.sub(" no ", header) if len(header.strip()) > 1 else header
    readings = dict.fromkeys((header, last, re.sub(r"[(\[].*?[)\]]", " ", header), *scripts))
    found = [_read(fold_words(reading)) for reading in readings if reading.strip()]
    if LOST in header:
        found.append(_mended(header))
    whole = max(found, key=lambda meaning: meaning.score, default=NOTHING)
    if len(last) < len(header) and (whole.member == 0 and whole.field not in (Field.NOTES, Field.EXTRA)):
        return _about_note(header, whole)
    return whole


def _mended(header: str) -> Meaning:
    """The one known phrase that a header with lost letters can have been."""
    pattern = re.compile(re.escape(header.strip().casefold()).replace(LOST, "."))
    fits = {PHRASES[phrase][0]: phrase for phrase in PHRASES if pattern.fullmatch(phrase)}
    return _meaning(next(iter(fits.values())), 0.8) if len(fits) == 1 else NOTHING


def is_about_others(header: str) -> bool:
    """Whether a header is about somebody or something else than the person listed."""
    return bool(BLOCKERS.intersection(fold_words(header)))


def _about_note(header: str, meaning: Meaning) -> Meaning:
    """A field nested in a note of a person is not the person's own."""
    first = fold_words(header)[:1]
    if first == ("note",) and meaning.field not in (Field.NOTES, Field.PLACE):
        return NOTHING
    return meaning


def _read(words: tuple[str, ...]) -> Meaning:
    if not words:
        return NOTHING
    own = _read_own(words)
    other = _read_member(words)
    if other and own.score < 1.0:
        return other
    return own


def _read_own(words: tuple[str, ...]) -> Meaning:  # noqa: PLR0911  (a ladder of readings)
    phrase = " ".join(words)
    if phrase in PHRASES:
        return _meaning(phrase, 1.0)
    if words[-1:] == ("name",) and " ".join(words[:-1]) in _HEADS:
        return Meaning(Field.HEAD_FLAG, 0.9, phrase=phrase)
    for head in _HEADS:
        if phrase.startswith(f"{head} "):
            rest = _read_own(words[len(head.split()) :])
            return replace(rest, score=rest.score * 0.9) if rest.field is not Field.NAME else rest
    flag = _read_flag_header(phrase) or _read_part_of_birth(words)
    if flag:
        return flag
    core = tuple(word for word in words if word not in IDLE)
    if " ".join(core) in PHRASES:
        return _meaning(" ".join(core), 0.95)
    if (
        core
        and core[-1].isdecimal()
        and len(core[-1]) < 3
        and PHRASES.get(" ".join(core[:-1]), (Field.EXTRA,))[0] in _REPEATED
    ):
        return _meaning(" ".join(core[:-1]), 0.95)
    if BLOCKERS.intersection(words):
        return NOTHING
    for tried in (words, core):
        if written_out(tried) in known_phrases():
            return _meaning(known_phrases()[written_out(tried)], 0.9)
    if words and words[0] in _PARENTS:
        return NOTHING
    return _longest(core) or _nearest(" ".join(core)) or _misspelt(core) or NOTHING


def _misspelt(words: tuple[str, ...]) -> Meaning | None:
    """A phrase in which single words are misspelt or shortened: "Pasport No", "Fathr nam"."""
    told = written_out(tuple(mended(word) for word in words))
    return _meaning(known_phrases()[told], 0.65) if told in known_phrases() else None


def _read_part_of_birth(words: tuple[str, ...]) -> Meaning | None:
    """One part of the birth date in a column of its own: "Date of birth (day)", "DOB year"."""
    part = _PARTS_OF_BIRTH.get(words[-1]) if len(words) > 1 else None
    if part is None or PHRASES.get(" ".join(words[:-1]), (None,))[0] is not Field.BIRTH:
        return None
    return Meaning(part, 0.95, phrase=" ".join(words))


def _meaning(phrase: str, score: float) -> Meaning:
    field, kind = PHRASES[phrase]
    return Meaning(field, score, document=kind, phrase=phrase)


def _longest(words: tuple[str, ...]) -> Meaning | None:
    """The longest known phrase within the header; the less of the header it covers, the less sure."""
    best: Meaning | None = None
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            phrase = " ".join(words[first:last])
            if phrase in PHRASES and (len(phrase) > 2 or len(words) == 1):
                score = 0.35 + 0.5 * (last - first) / len(words)
                if best is None or score > best.score:
                    best = _meaning(phrase, score)
                break
    if best is None or best.field is Field.ROW_KEY:
        return None
    return best if best.score >= (0.5 if best.field in _SHOWN else 0.55) else None


def _nearest(phrase: str) -> Meaning | None:
    """A known phrase within a slip of the pen."""
    if len(phrase) < 5 or phrase.isdecimal():
        return None
    near = process.extractOne(phrase, PHRASES.keys(), scorer=fuzz.ratio, score_cutoff=86)
    return replace(_meaning(near[0], 0.7), phrase=phrase) if near and len(near[0]) >= 5 else None


def _read_flag_header(phrase: str) -> Meaning | None:
    """A column that asks yes or no about one need or one category."""
    asked = _YES_NO.sub("", phrase).strip() or phrase
    for word in (phrase, asked):
        if word in PHRASES:
            return None
        if word in NEEDS:
            return Meaning(Field.NEED, 0.9, code=NEEDS[word], phrase=phrase)
        if word in CLAIMS:
            return Meaning(Field.CLAIM, 0.9, code=CLAIMS[word], phrase=phrase)
    return None


def _read_member(words: tuple[str, ...]) -> Meaning | None:
    """A column about a further member of the row: "member 2 name", "spouse date of birth", "child_1_dob"."""
    for length in (2, 1):
        subject = " ".join(words[:length])
        if subject not in _SUBJECTS:
            continue
        rest = words[length:]
        number = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 3 else 0
        if number:
            rest = rest[1:]
        elif rest and rest[-1].isdecimal() and len(rest[-1]) < 3:
            number, rest = int(rest[-1]), rest[:-1]
        relation = _SUBJECTS[subject]
        if relation is Relation.UNKNOWN and not number:
            return None
        meaning = _read_own(rest) if rest else Meaning(Field.NAME, 0.9)
        if meaning.score <= 0 or (not number and relation is Relation.CHILD):
            return None
        return replace(meaning, member=number or 1, relation=relation, score=meaning.score * 0.95)
    trailing = words[-1]
    if trailing.isdecimal() and len(trailing) < 3 and int(trailing) > 0 and len(words) > 1:
        own = _read_own(words[:-1])
        if own.field in (Field.NAME, Field.BIRTH, Field.AGE, Field.SEX, Field.RELATION) and own.score >= 0.9:
            return replace(own, member=int(trailing), score=0.6)
    return None
