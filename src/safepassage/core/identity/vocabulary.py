"""Distinct texts by number, and a number for a text that is the same in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt


def mark(text: str) -> int:
    """A number of 62 bits for a text; 0 for the empty one."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 2 if text else 0


@dataclass(slots=True)
class Vocabulary:
    """Distinct texts numbered in the order of first sight; number 0 is the empty text."""

    texts: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    marked: npt.NDArray[np.int64] | None = field(default=None, repr=False, compare=False)

    def number(self, text: str) -> int:
        """The number of a text, a new one if not met before."""
        found = self.numbers.get(text)
        if found is None:
            found = self.numbers[text] = len(self.texts)
            self.texts.append(text)
        return found

    def numbers_of(self, texts: Iterable[str]) -> list[int]:
        """The number of each of some texts, new ones if not met before."""
        known = self.numbers
        found = [known.setdefault(text, len(known)) for text in texts]
        self.texts.extend(islice(known, len(self.texts), None))
        return found

    def array(self) -> npt.NDArray[np.object_]:
        """The texts by number."""
        return np.array(self.texts, dtype=object)

    def marks(self) -> npt.NDArray[np.int64]:
        """A number for each text that depends on nothing else, the same in every run; 0 for the empty text."""
        if self.marked is None or len(self.marked) != len(self.texts):
            self.marked = np.fromiter((mark(text) for text in self.texts), np.int64, len(self.texts))
        return self.marked
