# ruff: noqa: SIM905  (a line is a list of words, some in Arabic script)
"""On what ground somebody is listed, written where the relation belongs: "staff member", "SIV holder", "کارمند"."""

from __future__ import annotations

from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words

_GROUNDS = frozenset(
    fold_phrase(word)
    for word in (
        "staff employee employees employed worker holder holders cardholder siv applicant principal petitioner "
        "کارمند کارمندان مستخدم مامور کارکن متقاضی دارنده صاحب "
        "کارکوونکی کارکوونکې کارمن لرونکی لرونکې غوښتونکی غوښتونکې"
    ).split()
)
_PHRASES = frozenset(
    fold_phrase(phrase) for phrase in ("درخواست کننده", "درخواست دهنده", "نان آور", "نان آور خانواده", "د قضیې خاوند")
)
_BESIDE = frozenset(
    fold_phrase(word)
    for word in (
        "the member local former ex current embassy us usg un ngo contract visa green card case file p main primary "
        "first lead person himself herself "
        "سفارت محلی سابق فعلی ویزه ویزا کارت قضیه دوسیه اصلی د ویزې کارټ قضیې دوسیې پخوانی پخوانۍ مخکینی سیمه ییز"
    ).split()
)
"""Words that stand beside them and name no kin."""
GROUND_WORDS = _GROUNDS | _BESIDE
"""Words that say nothing of kinship where a word for kin stands among them: "wife of staff member"."""


def tells_ground(text: str) -> bool:
    """Whether a cell says only on what ground somebody is listed, and no kinship.

    In a column of relations that is the head; anywhere else it is an occupation or a category.
    """
    words = [word for word in fold_words(text) if not word.isdecimal()]
    if " ".join(words) in _PHRASES:
        return True
    return any(word in _GROUNDS for word in words) and all(word in GROUND_WORDS for word in words)
