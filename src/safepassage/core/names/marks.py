"""What a skeleton leaves out and a look-up still wants to know: vowels, and whether abdul or -ullah stood beside.

A skeleton is made to join, so Ali and Aliya share one, Aziz and Azizullah too. A *mark* is one byte beside a
skeleton; two spellings speak against each other only where they share none of the bits of a group. What a spelling
doesn't write (the short vowels of Arabic script) has all bits of its group. The twin is `field/src/names/marks.ts`.
"""

from __future__ import annotations

from safepassage.core.names.compounds import ABDUL, ALLAH, UDDIN
from safepassage.core.names.sound import VOWELS, sound_of
from safepassage.core.names.tokens import tokens
from safepassage.core.names.values import TokenKind

ENDS_I, ENDS_A, ENDS_OTHERWISE = 1, 2, 4
"""The last sound: i or y; a or e; any other."""
LAST_A, LAST_I, LAST_U = 8, 16, 32
"""The last vowel before the ending."""
JOINED, ALONE = 64, 128
"""With or without abdul, -ullah or -uddin beside it."""
ENDS = ENDS_I | ENDS_A | ENDS_OTHERWISE
LAST = LAST_A | LAST_I | LAST_U
JOINS = JOINED | ALONE
EVERY = ENDS | LAST | JOINS
_INNER = {"a": LAST_A, "i": LAST_I, "y": LAST_I, "o": LAST_U, "u": LAST_U, "w": LAST_U, "e": LAST_A | LAST_I}


def marked_skeleton(text: str) -> tuple[tuple[str, int], ...]:
    """The phonetic keys of the person's own name, in order, each with its mark."""
    found = tokens(text)
    folded = ["", *(token.folded for token in found), ""]
    return tuple(
        (token.skeleton, _spoken(sound_of(token.folded)) | _beside(folded[place], folded[place + 2]))
        for place, token in enumerate(found)
        if token.kind is TokenKind.NAME and token.skeleton
    )


def _beside(before: str, after: str) -> int:
    return JOINED if before == ABDUL or after in {ALLAH, UDDIN} else ALONE


def _spoken(sound: str) -> int:
    last = sound[-1:]
    ending = ENDS_I if last in {"i", "y"} else ENDS_A if last in {"a", "e"} else ENDS_OTHERWISE
    inner = sound[1:-1] if last in VOWELS or last in {"w", "y"} else sound[1:]
    return ending | next((_INNER[char] for char in reversed(inner) if char in _INNER), LAST)
