"""What half of all names share tells nobody apart: Abdul Karim and Abdul Rahim are as unlike as Karim and Rahim."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

SERVANT = "abd"
"""What is left of "Abdul" in a skeleton."""
_FRONT = ("abdul", "abdal")
_BACK = ("ula", "udin", "urahman", "ulhak")
"""As `core.names` reads -ullah, -uddin, -ur-rahman and -ul-haq."""
_LEAST_OWN = 2

Numbers = npt.NDArray[np.int64]
Likeness = npt.NDArray[np.float32]


class Affixes:
    """The elements that words of names begin and end with, and how alike two words are beside those they share."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = np.array(words, dtype=object)
        self._front = np.array([_length_of(_FRONT, word, is_front=True) for word in words], np.int8)
        self._back = np.array([_length_of(_BACK, word, is_front=False) for word in words], np.int8)

    def shared(self, a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
        """How many letters both words begin and end with that are such an element; 0 where they share none."""
        front = np.where((self._front[a] > 0) & (self._front[b] > 0), self._front[a], 0)
        back = np.where(self._back[a] == self._back[b], self._back[a], 0)
        return front.astype(np.int64), back.astype(np.int64)

    def alike_beside(self, a: Numbers, b: Numbers, front: Numbers, back: Numbers, alike: Likeness) -> Likeness:
        """The likeness (Jaro-Winkler) of each pair beside what it shares; `alike` is that of the whole words."""
        found = alike.copy()
        at = np.flatnonzero(front + back)
        one, other = (
            [word[begin : len(word) - end] for word, begin, end in zip(words, front[at], back[at], strict=True)]
            for words in (self._words[a[at]], self._words[b[at]])
        )
        found[at] = cpdist(one, other, scorer=JaroWinkler.similarity, dtype=np.float32)
        return found


def _length_of(elements: Sequence[str], word: str, *, is_front: bool) -> int:
    """The length of the element that a word begins or ends with, if letters of its own are left beside it."""
    for one in elements:
        if (word.startswith(one) if is_front else word.endswith(one)) and len(word) >= len(one) + _LEAST_OWN:
            return len(one)
    return 0
