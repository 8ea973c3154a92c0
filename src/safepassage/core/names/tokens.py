"""From a written name to tokens, each with what it is (spec/names-v1.md, step 2)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from safepassage.core.names.compounds import ABDUL, ABUL, ALLAH, UDDIN, split_compound
from safepassage.core.names.script import fold_word, is_arabic
from safepassage.core.names.sound import skeleton_of, sound_of
from safepassage.core.names.values import NameToken, TokenKind
from safepassage.core.names.words import (
    ABBREVIATIONS,
    ARTICLES,
    HONORIFICS,
    KIN_MARKS,
    KIN_ONLY_BEFORE_OF,
    NAME_TITLES,
    NO_NAME,
    NO_NAME_PHRASES,
    NO_NAME_STARTS,
    SLASHED,
    SURNAME_ENDINGS,
    UNNAMED,
)

_SLASHED_MARK = re.compile(r"\b([sdwcmfh])\s?[/\\.]\s?o\b\.?", re.IGNORECASE)
_LACKS = "|".join(NO_NAME_PHRASES).replace(" ", r"\s+").replace("ی", "[یيى]")
_NO_NAME_PHRASE = re.compile(rf"(?<!\w)(?:{_LACKS})(?!\w)", re.IGNORECASE)
_LACKING_LATIN = ("name", "known", "given", "available", "stated", "n/a")
_LACKING_ARABIC = ("نام", "نوم", "اسم", "تخلص", "فام", "معلوم")
"""Each phrase has one of these: to look for them costs a tenth."""
_NOT_APPLICABLE = re.compile(r"\s*(?:n\s?[/.]\s?a\.?|na|[-–—?.*]+)\s*", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"([^,،A-Za-z]*[A-Za-z][^,،]*),([^,،A-Za-z]*[A-Za-z][^,،]*)")
_BIBI_SPLIT = re.compile(r"بی\s+بی(?=\s)")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_GAP = re.compile(r"[\s\-_,،;؛/\\.()\[\]{}|+&:\"“”«»\u2010-\u2015]+")
_JOINERS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PARTICLE_SKELETONS = {ABDUL: "ABD", ALLAH: "LH", UDDIN: "DN", ABUL: "AB"}
_NAME_ALONE = {ABDUL: "ABDL", ALLAH: "AL", UDDIN: "DN", ABUL: "AB"}
_ARTICLE_FREE = re.compile(r"ال(?=...)")
_AL_NAMES = re.compile(r"ال(?:یاس|هام|هه|ماس|طاف|برز|فت|کوزی|وند)")


def fold(text: str) -> str:
    """One written form per reading: plain letters of its own script, lower case, single blanks.

    Joins Arabic, Dari and Pashto letter variants and presentation forms; drops marks, tatweel, zero-width
    joiners, Latin diacritics and the apostrophes that stand for ayn and hamza.
    """
    return " ".join(filter(None, map(fold_word, _words(text))))


@lru_cache(maxsize=1 << 17)
def tokens(text: str) -> tuple[NameToken, ...]:
    """The tokens of a written name in their order, each with what it is.

    Costs about 10 µs for a name not seen before; names seen before are remembered.
    """
    if _NOT_APPLICABLE.fullmatch(text):
        return ()
    if turned := _SURNAME_FIRST.fullmatch(text):
        text = f"{turned[2]} {turned[1]}"
    marked = _SLASHED_MARK.sub(r" \1o/ ", without_phrases(text, "unknown"))
    words = [(word, word.removesuffix("/")) for word in _words(marked, keep_slash=True)]
    found: list[NameToken] = []
    is_kin = False
    for place, (word, plain) in enumerate(words):
        folded = fold_word(plain)
        if not folded:
            continue
        following = fold_word(words[place + 1][1]) if place + 1 < len(words) else ""
        if _is_kin_mark(word, folded, following, place=place):
            kind = TokenKind.NO_NAME if folded in UNNAMED else TokenKind.KIN_MARK
            found.append(NameToken(plain, folded, "", kind))
            is_kin = is_kin or kind is TokenKind.KIN_MARK or following == "of" or is_arabic(folded)
            continue
        found.extend(_read_word(plain, folded, is_first=not found, is_last=not following, is_kin=is_kin))
    return tuple(_with_a_name(_with_abdullah(found)))


def skeleton(text: str) -> tuple[str, ...]:
    """The phonetic keys of the person's own name tokens, in order (spec/names-v1.md); empty if no name is stated."""
    return tuple(token.skeleton for token in tokens(text) if token.kind is TokenKind.NAME and token.skeleton)


def _words(text: str, *, keep_slash: bool = False) -> list[str]:
    """The words between blanks and punctuation; a zero-width non-joiner inside a word joins."""
    plain = _BIBI_SPLIT.sub("بیبی", unicodedata.normalize("NFKC", _JOINERS.sub("", text)))
    plain = _CAMEL.sub(" ", plain)
    if keep_slash:
        plain = re.sub(r"\b([sdwcmfh]o)/ ", "\\1\ue000 ", plain)
    words = [word for word in _GAP.split(plain) if word]
    return [word.replace("\ue000", "/") for word in words]


def _is_kin_mark(word: str, folded: str, following: str, *, place: int) -> bool:
    if folded not in KIN_MARKS:
        return False
    if folded in SLASHED:
        return word.endswith("/")
    if folded in KIN_ONLY_BEFORE_OF:
        return following == "of"
    if folded in UNNAMED:
        return place == 0 or (place == 1 and folded in {"girl", "boy"})
    if is_arabic(folded) and folded not in {"بن", "ابن", "بنت", "ولد", "فرزند"}:
        return place == 0 and bool(following)
    return bool(following)


def _read_word(plain: str, folded: str, *, is_first: bool, is_last: bool, is_kin: bool) -> list[NameToken]:
    arabic = is_arabic(folded)
    if folded in NO_NAME:
        return [NameToken(plain, folded, "", TokenKind.NO_NAME)]
    if folded.startswith(NO_NAME_STARTS):
        mark = NameToken(plain[:3], folded[:3], "", TokenKind.NO_NAME)
        return [mark, *_read_word(plain[3:], folded[3:], is_first=is_first, is_last=is_last, is_kin=is_kin)]
    if folded in ARTICLES and not (is_first and is_last):
        return [NameToken(plain, folded, "", TokenKind.PARTICLE)]
    if len(folded) == 1:
        return [NameToken(plain, folded, "" if arabic else folded.upper(), TokenKind.INITIAL)]
    if folded in HONORIFICS:
        return [NameToken(plain, folded, "", TokenKind.HONORIFIC)]
    folded = ABBREVIATIONS.get(folded, folded)
    if arabic and not is_first and not _AL_NAMES.match(folded) and folded not in {"الله", "الدین"}:
        folded = _ARTICLE_FREE.sub("", folded, count=1) if folded.startswith("ال") else folded
    parts = split_compound(folded, is_arabic=arabic)
    return [_token(part if len(parts) > 1 else plain, part, is_kin=is_kin) for part in parts]


def _token(text: str, part: str, *, is_kin: bool) -> NameToken:
    if part in _PARTICLE_SKELETONS:
        return NameToken(text, part, _PARTICLE_SKELETONS[part], TokenKind.PARTICLE)
    key = skeleton_of(sound_of(part))
    if part in NAME_TITLES:
        return NameToken(text, part, key, TokenKind.HONORIFIC)
    if part in SURNAME_ENDINGS:
        return NameToken(text, part, "", TokenKind.PARTICLE)
    return NameToken(text, part, key, TokenKind.KIN if is_kin else TokenKind.NAME)


def _with_abdullah(found: list[NameToken]) -> list[NameToken]:
    """Abdul and Allah written apart are one name."""
    for place in range(len(found) - 1):
        one, two = found[place], found[place + 1]
        if (one.folded, two.folded) == (ABDUL, ALLAH) and one.kind is two.kind is TokenKind.PARTICLE:
            whole = _token(f"{one.text} {two.text}", "abdullah", is_kin=False)
            return [*found[:place], whole, *_with_abdullah(found[place + 2 :])]
    return found


def _with_a_name(found: list[NameToken]) -> list[NameToken]:
    """Where nothing is left as a name, a title or a particle that is also a name becomes one ("Sayed", "Abdul")."""
    if any(token.kind in (TokenKind.NAME, TokenKind.KIN_MARK, TokenKind.NO_NAME) for token in found):
        return found
    return [
        NameToken(token.text, token.folded, _NAME_ALONE.get(token.folded, token.skeleton), TokenKind.NAME)
        if token.skeleton and token.kind is not TokenKind.INITIAL
        else token
        for token in found
    ]


def without_phrases(text: str, instead: str = " ") -> str:
    """The text with each phrase that says that a name is lacking (`NO_NAME_PHRASES`) replaced. Cost: half a µs."""
    lower = text.lower()
    if not any(word in lower for word in (_LACKING_LATIN if text.isascii() else _LACKING_LATIN + _LACKING_ARABIC)):
        return text
    return _NO_NAME_PHRASE.sub(instead, text)


def without_placeholders(text: str) -> str:
    """The name as it is written, without what only says that a name is lacking ("FNU", "no family name", "نامعلوم").

    Empty if nothing else is there; a name without such a word is the text itself.
    """
    if not any(token.kind is TokenKind.NO_NAME for token in tokens(text)):
        return text
    left = _WRITTEN.sub(_named, without_phrases(text))
    return _EMPTY.sub(" ", left).strip(" \t,،;-–—/()")


_WRITTEN = re.compile(r"[^\W\d_]+")
_EMPTY = re.compile(r"\s*\(\s*\)\s*|\s{2,}")


def _named(found: re.Match[str]) -> str:
    """A written word; nothing where it is a mark, the rest where a form has joined one to the name."""
    folded = fold_word(found[0])
    if folded in NO_NAME:
        return ""
    mark = next((one for one in NO_NAME_STARTS if folded.startswith(one)), "")
    return found[0][len(mark) :]
