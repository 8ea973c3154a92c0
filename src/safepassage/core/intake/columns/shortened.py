"""Header words that are shortened or misspelt, written out: "PP #" is a passport number, "Rel. to HH" a relation."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from safepassage.core.intake.lexicon.headers import PHRASES

_LONG = {
    short: long
    for long, shorts in (
        ("number", "no|num|nr|nbr|numb|nmbr|number"),
        ("phone", "ph|tel|mob|mobil|cell|phn|fone|telephone|mobile|telefone|contact"),
        ("passport", "pp|ppt|psp|pass|passprt|psprt|pport"),
        ("relation", "rel|reln|relatn|relship|relnship|relationship|rltn"),
        ("household", "hh|hhld|hse|hholds"),
        ("family", "fam|fmly|famly|fml"),
        ("nationality", "nat|natl|nation|ntnlty|citizenship"),
        ("address", "addr|adr|adrs|adress"),
        ("province", "prov|prvnc"),
        ("district", "dist|distr"),
        ("location", "loc|loctn"),
        ("gender", "gen|gndr|sx|sex"),
        ("document", "doc|dcmnt|docs"),
        ("expiry", "exp|expir|expiration|expires|expire"),
        ("remarks", "rem|rmk|rmks|rems|rmrks|remark"),
        ("father", "fath|fthr|fathr|ftr"),
        ("grandfather", "gf|gfather|grandf|gfthr"),
        ("mother", "moth|mthr"),
        ("surname", "sur|surnm|sname|lname"),
        ("name", "nm|nme|nam|names"),
        ("language", "lang|lng"),
        ("category", "cat|categ|ctgry"),
        ("date", "dt|dte"),
        ("birth", "brth|birt|bth"),
        ("tazkira", "tazk|tazkra|tzk|tazkera|tazkirah|taskira|taskera|nid"),
        ("applicant", "appl|applcnt"),
        ("marital", "mar|marit"),
        ("year", "yr|yrs|years"),
        ("reference", "ref|refer"),
        ("occupation", "occ|occup"),
        ("principal", "princ|pa"),
    )
    for short in shorts.split("|")
}
_LEAST_LETTERS = 4
_NEAR = 80
"""Least likeness, in percent, of a misspelt word to a known one."""


def written_out(words: tuple[str, ...]) -> str:
    """The phrase with each shortened word written out, and each word in one form ("no", "num" are "number")."""
    return " ".join(_LONG.get(word, word) for word in words)


@lru_cache(maxsize=1)
def known_phrases() -> dict[str, str]:
    """Known phrases by their written-out form."""
    found: dict[str, str] = {}
    for phrase in PHRASES:
        found.setdefault(written_out(tuple(phrase.split())), phrase)
    return found


@lru_cache(maxsize=1)
def _known_words() -> tuple[str, ...]:
    return tuple(sorted({word for phrase in PHRASES for word in phrase.split() if len(word) >= _LEAST_LETTERS}))


@lru_cache(maxsize=4096)
def mended(word: str) -> str:
    """The known word that a misspelt one is nearest to; the word itself where none is near."""
    if len(word) < _LEAST_LETTERS or word.isdecimal() or word in _LONG or word in _known_words():
        return word
    near = process.extractOne(word, _known_words(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return near[0] if near and near[0][0] == word[0] else word
