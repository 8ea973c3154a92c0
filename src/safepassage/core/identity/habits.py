"""How often what is named occurs in an operation: counted once, and frozen with the weights.

Under one frozen version a pair of listings weighs the same whatever came before or after it. Words that are met
once or twice are not kept: they would be people's names, and how rare they are is all that is asked of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.joined import known_of

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Counts = tuple[tuple[str, int], ...]

FEWEST = 3
"""A word is kept from so many on; below, it counts as met once."""


@dataclass(frozen=True)
class Habits:
    """What is common among the listings of an operation; words by skeleton but for `written`."""

    listings: int
    units: int
    """Groups and implied households."""
    written: Counts = ()
    """Words as they are written, by how often: what is rare and made of two frequent ones was run together."""
    men: tuple[tuple[str, float], ...] = ()
    """Share of men among those of a name whose sex is stated."""
    names: Counts = ()
    named: int = 0
    fathers: Counts = ()
    fathered: int = 0
    births: tuple[tuple[int, int], ...] = ()
    """Listings by about the year of birth."""
    born: int = 0

    @cached_property
    def _tables(self) -> tuple[dict[str, int], dict[str, int], dict[str, float]]:
        """Names, fathers' names and shares of men by skeleton, laid out once."""
        return dict(self.names), dict(self.fathers), dict(self.men)

    @cached_property
    def words(self) -> tuple[dict[str, int], frozenset[str]]:
        """How often words are written, and which are known well enough to be parts of others; laid out once."""
        written = dict(self.written)
        return written, known_of(written)

    @cached_property
    def _born_in(self) -> Floats:
        """Births by year, laid out once."""
        counts = np.zeros(max((year for year, _ in self.births), default=0) + 2)
        for year, count in self.births:
            counts[year] = count
        return counts

    def men_by(self, skeletons: list[str]) -> Floats:
        """The share of men by number of the skeleton; NaN where too few say."""
        known = self._tables[2]
        return np.array([known.get(text, np.nan) for text in skeletons], np.float64)

    def name_share(self, skeletons: list[str]) -> Floats:
        """The share of names that hold a word, by number of the skeleton."""
        return _shares(self._tables[0], self.named, skeletons)

    def father_share(self, skeletons: list[str]) -> Floats:
        """The same of fathers' names."""
        return _shares(self._tables[1], self.fathered, skeletons)

    def birth_share(self, years: npt.NDArray[np.int64]) -> Floats:
        """The share of births in each of these years."""
        counts = self._born_in
        return np.asarray((counts[np.minimum(years, len(counts) - 1)] + 1.0) / (self.born + 1.0))


def counts_of(numbers: Iterable[Ints], texts: list[str]) -> Counts:
    """How often each text is met among its numbers, 0 left out, from `FEWEST` on."""
    used = np.concatenate([table.ravel() for table in numbers])
    counts = np.bincount(used[used > 0], minlength=len(texts))
    return tuple(sorted((texts[at], int(counts[at])) for at in np.flatnonzero(counts >= FEWEST).tolist()))


def _shares(known: Mapping[str, int], stated: int, texts: list[str]) -> Floats:
    found = np.fromiter((known.get(text, 1) for text in texts), np.float64, len(texts))
    return np.asarray((found + 1.0) / (max(stated, 1) + 1.0))
