"""Needs of kin of whom a remark speaks: "wife is pregnant", "خانمش حامله است", "mother uses a wheelchair"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from safepassage.core.intake.lexicon.fold import fold_words
from safepassage.core.intake.lexicon.kin import read_piece
from safepassage.core.intake.lexicon.noted_kin import SILENT, kin_at
from safepassage.core.intake.lexicon.values import NEEDS_OF_REMARKS, find_codes
from safepassage.core.people import Need, Relation, Sex

_CLAUSE = re.compile(r"[.;!?\n؛۔|•,،]+|\s+(?:and|but|و|او)\s+")
_NOT_THEIRS = frozenset(("of", "with", "for", "from", "by"))
""""Wife of a blind man" tells of nobody's need but his."""


@dataclass(frozen=True, slots=True)
class KinNeed:
    """A need of kin of whoever the remark stands beside; `sex` where the word for kin tells it."""

    relation: Relation
    sex: Sex
    needs: tuple[Need, ...]


@lru_cache(maxsize=1 << 12)
def read_kin_needs(text: str) -> tuple[KinNeed, ...]:
    """The needs of kin that a remark tells of, clause by clause; careful rather than complete.

    A clause that denies it, or tells of the dead, of those who stay or of somebody's somebody, tells of none. One
    without a word for kin goes on with the kin before ("wife is pregnant and blind").
    """
    found: list[KinNeed] = []
    kin: tuple[Relation, Sex] | None = None
    for clause in _CLAUSE.split(text[:1000]):
        words = fold_words(clause)
        named = _kin_of(list(words))
        if len(named) > 1 or SILENT.intersection(words) or _NOT_THEIRS.intersection(words):
            kin = None
            continue
        kin = named[0] if named else kin
        needs = find_codes(clause, NEEDS_OF_REMARKS)
        if kin and needs:
            found.append(KinNeed(*kin, needs))
    return tuple(found)


def _kin_of(words: list[str]) -> list[tuple[Relation, Sex]]:
    found, at = [], 0
    while at < len(words):
        end, phrase, relation = kin_at(words, at)
        if phrase:
            told = read_piece(words[at]).kin or read_piece(phrase).kin
            sex = {"f": Sex.FEMALE, "m": Sex.MALE}.get(told.sex if told else "", Sex.UNKNOWN)
            found.append((relation, sex))
        at = max(end, at + 1)
    return found
