"""The front door of names."""

from __future__ import annotations

from safepassage.core.names.values import NameSimilarity, NameToken


def fold(text: str) -> str:
    """One written form per reading: plain letters of its own script, lower case, single blanks.

    Joins Arabic, Dari and Pashto letter variants and presentation forms; drops marks, tatweel, zero-width
    joiners, Latin diacritics and the apostrophes that stand for ayn and hamza.
    """
    raise NotImplementedError


def tokens(text: str) -> tuple[NameToken, ...]:
    """The tokens of a written name in their order, each with what it is."""
    raise NotImplementedError


def skeleton(text: str) -> tuple[str, ...]:
    """The phonetic keys of the person's own name tokens, in order (spec/names-v1.md); empty if no name is stated."""
    raise NotImplementedError


def similarity(a: str, b: str) -> NameSimilarity:
    """How alike two written names are, whatever their scripts, spellings and order of tokens; symmetric."""
    raise NotImplementedError


def transliterate(text: str) -> str:
    """A Latin reading of a name in Arabic script, for display beside it; Latin text comes back as it is."""
    raise NotImplementedError
