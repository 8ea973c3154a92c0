"""The words of names: a token with what it is, and a similarity with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TokenKind(StrEnum):
    """What a token of a written name is."""

    NAME = "name"
    """Part of the person's own name."""
    HONORIFIC = "honorific"
    """A title: Haji, Mullah, Dr, Eng, Gen, Mr; also Sayed and Bibi, which many write and many leave out."""
    PARTICLE = "particle"
    """bin, al, zada and their like where written apart: says nothing by itself."""
    INITIAL = "initial"
    """One letter that stands for a name."""
    KIN_MARK = "kin-mark"
    """s/o, d/o, w/o, bin, wald, "wife of", "baby of": what follows is somebody else's name."""
    KIN = "kin"
    """A token of the relative's name after such a mark."""
    NO_NAME = "no-name"
    """FNU, LNU, XXX, unknown, unnamed, n/a: states that a name is lacking."""


@dataclass(frozen=True, slots=True)
class NameToken:
    """One token of a name: `text` as written, `folded` for reading, `skeleton` for joining scripts.

    `folded` keeps its script (lower-case Latin without marks, or plain Arabic letters). `skeleton` is the
    phonetic key of spec/names-v1.md: upper-case ASCII, equal for spellings of one name in either script, and
    empty for tokens that are no name. Joined compounds ("Abdulkarim", "عبدالکریم") are split into two tokens.
    """

    text: str
    folded: str
    skeleton: str
    kind: TokenKind


class NameReason(StrEnum):
    """Why two names are held to be alike or not (closed list, fit for a log: no names in it)."""

    SAME_TEXT = "same-text"
    SAME_SOUND = "same-sound"
    OTHER_SCRIPT = "other-script"
    NEAR_SPELLING = "near-spelling"
    OTHER_ORDER = "other-order"
    JOINED_OR_SPLIT = "joined-or-split"
    INITIAL_ONLY = "initial-only"
    PART_MISSING = "part-missing"
    PART_DIFFERS = "part-differs"
    COMMON_ONLY = "common-only"
    """All that agrees is a name that half a country bears."""
    NO_NAME = "no-name"
    """One side states no name: nothing can be said."""


@dataclass(frozen=True, slots=True)
class NameSimilarity:
    """How alike two written names are: `score` in [0,1], 1 for one name, and why.

    The score is no probability: how much it says depends on how rare the name is, which the caller knows.
    """

    score: float
    reasons: tuple[NameReason, ...] = ()
