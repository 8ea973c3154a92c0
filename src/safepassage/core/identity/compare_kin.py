"""Levels of names where one is lacking, or stands in the column of the other's father."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.features import Bytes, Columns, Flags, Floats
from safepassage.core.identity.levels import BOTH_MISSING, is_among
from safepassage.core.identity.phrases import CHILD, WIFE
from safepassage.core.identity.rarity import Rarity
from safepassage.core.identity.word_pairs import WordPairs

BY_ONE, BY_OTHERS, BY_FATHER, EXCHANGED = 13, 14, 15, 16
_AGREES = 3
_DIFFERS = (1, 2)

Rows = npt.NDArray[np.int64]


class KinComparer:
    """Compares by whom two listings are named, and names with fathers' names."""

    def __init__(self, columns: Columns, words: WordPairs, rarity: Rarity) -> None:
        self._columns, self._words, self._rarity = columns, words, rarity

    def put(self, left: Rows, right: Rows, name: Bytes, share: Floats) -> None:
        """Writes the levels, and the share of the name agreed on, of those pairs that it can say more of."""
        kind, named = self._columns.kin_kind, self._columns.name[:, 0] > 0
        name[~named[left] & ~named[right]] = BOTH_MISSING
        both = np.flatnonzero((kind[left] > 0) & (kind[left] == kind[right]))
        kin = self._columns.kin
        alike, stated = self._meet(kin, left[both], kin, right[both])
        name[both[alike]] = BY_ONE
        name[both[stated & ~alike]] = BY_OTHERS
        self._put_share(share, both[alike], kin[left[both[alike]], 0])
        for one, other in ((left, right), (right, left)):
            at = np.flatnonzero(is_among(kind[one], (WIFE, CHILD)) & named[other])
            alike, _ = self._meet(kin, one[at], self._columns.father, other[at])
            name[at[alike]] = BY_FATHER
            self._put_share(share, at[alike], kin[one[at[alike]], 0])
        self._exchanged(left, right, name, share)

    def _exchanged(self, left: Rows, right: Rows, name: Bytes, share: Floats) -> None:
        names, fathers = self._columns.name, self._columns.father
        at = np.flatnonzero(is_among(name, _DIFFERS) & (fathers[left, 0] > 0) & (fathers[right, 0] > 0))
        there, _ = self._meet(names, left[at], fathers, right[at])
        at = at[there]
        back, _ = self._meet(fathers, left[at], names, right[at])
        at = at[back]
        name[at] = EXCHANGED
        self._put_share(share, at, names[left[at], 0])

    def _meet(self, mine: npt.NDArray[np.int32], a: Rows, his: npt.NDArray[np.int32], b: Rows) -> tuple[Flags, Flags]:
        """Whether the identifying words of two names agree, and whether both are stated."""
        found = self._words.levels(mine[a, 0], his[b, 0])
        return np.asarray(found >= _AGREES), np.asarray(found >= 0)

    def _put_share(self, share: Floats, at: Rows, words: npt.NDArray[np.int32]) -> None:
        share[at] = self._rarity.word_share[self._columns.bones[words]]
