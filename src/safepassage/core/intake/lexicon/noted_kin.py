# ruff: noqa: SIM905  (a line is a list of words, some in Arabic script)
"""Kin of whom a remark speaks as of company: "also his mother Nasrin", "مادرش هم می‌آید", "له خپلې مور سره"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from safepassage.core.intake.lexicon.elsewhere import without_elsewhere
from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.kin import MOST, read_piece
from safepassage.core.intake.lexicon.kin_words import KIN, NUMBERS
from safepassage.core.intake.lexicon.values import NEEDS_OF_REMARKS
from safepassage.core.people import Relation, Sex

_SENTENCE = re.compile(r"[.;!?\n؛۔|•]+")
_TOKENS = re.compile(r"[^\W_]+(?:['’\u200c-][^\W_]+)*")
_LONGEST = 3
_DISTANT = frozenset((Relation.COLLEAGUE, Relation.NOT_RELATED, Relation.OTHER_RELATIVE, Relation.FIANCE))
_ELDERS = frozenset((Relation.PARENT, Relation.GRANDPARENT, Relation.PARENT_IN_LAW))
"""A bare "mother Nasrin" may say whose child somebody is."""


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_phrase(word) for word in words.split())


_BEFORE = _folded(
    "also plus with including includes include incl accompanied accompanying bring brings bringing together along "
    "add has have having همچنان همچنین نیز بشمول شمول همراه با علاوه هم همدارنګه"
)
"""Before kin: they come along, or are there."""
_BEHIND = _folded(
    "also comes coming come travels travelling traveling travel goes going joins joining will wants want needs uses "
    "هم نیز همراه همراهش همراهشان میاید بیاید میایند میرود ورسره سره راځي ځي"
) | frozenset(word for phrase in NEEDS_OF_REMARKS for word in phrase.split())
"""Behind kin and their name: the same, or a need on the way."""
_WITH_THEM = frozenset(
    fold_words(pair)
    for pair in (
        "with him|with her|with them|with us|with family|with you|lives with|living with|as well|با او|با وی|"
        "با ایشان|با آنها|می آید|می آیند|می رود"
    ).split("|")
)
_FILL = _folded(
    "his her their the a an my our and is are by old elderly aged widowed widow sick ill disabled blind young "
    "younger elder older little small one two three four five too as well him them یک دو سه چهار پیر مریض بیوه "
    "خورد خرد بزرگ کوچک خود خودش جوان او وی و است هست هستند یو دوه درې زوړ زړه ناروغه کونډه خپل خپله خپلې د هغه "
    "هغې یې مې ده دي دی له اش"
)
"""Beside kin: changes nothing."""
SILENT = _folded(
    "dead died deceased killed late passed martyr martyred murdered contact phone number call tel whatsapp emergency "
    "sponsor work works worked working job employed employee served serves threat threats threatened arrested "
    "detained missing lost divorced separated no not without already left stay stays staying remain remains refused "
    "refuses hiding interpreter فوت وفات مرحوم مرحومه شهید کشته نمبر شماره تلفون تماس کار وظیفه تهدید زندانی لادرک "
    "بدون نه نیست ندارد نمیاید وزارت مړ مړه شمېره دنده پرته نشته"
)
"""A remark with one of these is about something else than who comes along."""
_ENDINGS = ("هایش", "انش", "هایم", "یش", "اش", "شان", "ش", "م")
"""Behind a word for kin in Dari: his, her, their, my."""


@dataclass(frozen=True, slots=True)
class NotedKin:
    """Kin of whom a remark speaks; `name` is empty where it names nobody."""

    relation: Relation
    sex: Sex
    name: str
    count: int


@lru_cache(maxsize=1 << 12)
def read_noted_kin(text: str) -> tuple[NotedKin, ...]:
    """The kin of whom a remark speaks as of people who come along, or whom it names; careful rather than complete.

    Remarks on the dead, on phones, on work, on who is abroad or stays, and on whose child somebody is tell of none.
    """
    return tuple(kin for sentence in _SENTENCE.split(text[:1000]) for kin in _of_sentence(sentence))


def _of_sentence(sentence: str) -> list[NotedKin]:
    told_of_them = " ".join(part for part in re.split(r"[,،]", sentence) if not _is_about_else(part))
    tokens = [(token, word) for token in _TOKENS.findall(told_of_them) for word in fold_words(token)]
    words = [word for _, word in tokens]
    found: list[tuple[NotedKin, bool]] = []
    at, is_open, is_plain = 0, False, True
    while at < len(words):
        end, kin = _kin_at(words, at)
        if not kin:
            is_plain = is_plain and (words[at] in _FILL or words[at] in _BEFORE or words[at].isdecimal())
            is_fill = _is_fill(words[at]) or words[at].isdecimal()
            is_open = words[at] in _BEFORE or (is_open and is_fill)
            at += 1
            continue
        last = _name_end(tokens, end)
        is_theirs = words[at] != kin or words[end : end + 1] in (["یی"], ["اش"], ["می"])
        name = " ".join(token for token, word in tokens[end:last] if not _is_fill(word))
        if _is_arabic(words[at]) and not is_theirs:  # "برادر حمید" is the brother of Hamid
            name, is_plain = "", False
        is_of_other = "of" in words[end : end + 1] or "of" in words[max(0, at - 1) : at]
        one = _noted(kin, name, _count(words, at), words[at])
        is_told = is_open or _is_behind(words, last)
        if one and not is_of_other:
            found.append((one, is_told))
        is_open = is_told and not is_of_other
        at = last
    told = [one for one, is_told in found if is_told]
    if not told and is_plain and (len(found) > 1 or any(_says_who(one) for one, _ in found)):
        told = [one for one, _ in found]
    return told


def _is_about_else(part: str) -> bool:
    return bool(SILENT.intersection(fold_words(part))) or without_elsewhere(part) is not None


def _says_who(one: NotedKin) -> bool:
    return bool(one.name) and one.relation not in _ELDERS


def kin_at(words: list[str], at: int) -> tuple[int, str, Relation]:
    """Where a phrase of kin that begins here ends, the phrase, and what it makes somebody; an empty one if none."""
    end, phrase = _kin_at(words, at)
    return end, phrase, KIN.get(phrase, Relation.UNKNOWN)


def _kin_at(words: list[str], at: int) -> tuple[int, str]:
    """Where a phrase of kin that begins here ends, and the phrase; an empty one if none does."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        if phrase in KIN:
            return at + length, phrase
    for ending in _ENDINGS:
        stem = words[at].removesuffix(ending)
        if stem != words[at] and len(stem) > 2 and stem in KIN:
            return at + 1, stem
    return at, ""


def _name_end(tokens: list[tuple[str, str]], at: int) -> int:
    """Where the name behind a word of kin ends: words that begin with a capital, or in Arabic script up to two."""
    end = at
    while end < len(tokens) and tokens[end][1] in {"یی", "اش", "می"}:
        end += 1
    first = end
    while end < len(tokens) and end < first + 3:
        token, word = tokens[end]
        is_taken = (
            word in _FILL or word in _BEHIND or word in _BEFORE or word.isdecimal() or bool(_kin_at([word], 0)[1])
        )
        is_arabic = "\u0600" <= token[0] <= "\u06ff"
        if is_taken or not token[0].isalpha() or not (token[0].isupper() or (is_arabic and end < first + 2)):
            break
        end += 1
    return end


def _is_fill(word: str) -> bool:
    """Whether a word changes nothing; in Dari also with an ending ("پیرش")."""
    return word in _FILL or any(word.removesuffix(ending) in _FILL for ending in _ENDINGS if word.endswith(ending))


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def _is_behind(words: list[str], at: int) -> bool:
    """Whether what stands behind kin and their name says that they come along."""
    while at < len(words) and (words[at] in {"is", "are", "too", "یی", "ده", "دی"} or words[at].isdecimal()):
        if words[at] == "too":
            return at + 1 == len(words)
        at += 1
    return at < len(words) and (words[at] in _BEHIND or tuple(words[at : at + 2]) in _WITH_THEM)


def _count(words: list[str], at: int) -> int:
    """The number before a word of kin, 1 if there is none."""
    for word in reversed(words[max(0, at - 3) : at]):
        number = int(word) if word.isdecimal() else NUMBERS.get(word, 0)
        if number > 1:
            return number if number <= MOST else 1
        if word not in _FILL:
            break
    return 1


def _noted(kin: str, name: str, count: int, written: str) -> NotedKin | None:
    relation = KIN[kin]
    if relation in _DISTANT:
        return None
    told = read_piece(written).kin or read_piece(kin).kin
    least = told.count if told and not name else 1
    sex = {"f": Sex.FEMALE, "m": Sex.MALE}.get(told.sex if told else "", Sex.UNKNOWN)
    return NotedKin(relation, sex, name, max(count, least))
