"""Levels of names and father's names: the identifying word, the further words, other orders, joined words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from safepassage.core.identity.compare_kin import KinComparer
from safepassage.core.identity.features import Bytes, Columns, Flags, Floats, Ints
from safepassage.core.identity.letters import Letters
from safepassage.core.identity.levels import WORD_LEVELS
from safepassage.core.identity.rarity import Rarity
from safepassage.core.identity.word_pairs import WordPairs

_IN_ANOTHER_ORDER, _JOINED, _ONE_WORD, _ELSEWHERE = (at + len(WORD_LEVELS) for at in (1, 2, 3, 4))
_AGREES = 3
_ONE_OF_TWO = 5
_JOINED_ALIKE = 0.8

Rows = npt.NDArray[np.int64]


@dataclass(slots=True)
class NamesCompared:
    """Levels of the identifying word and of the further ones, each with the share of whom it fits."""

    name: Bytes
    name_share: Floats
    surname: Bytes
    surname_share: Floats


class NameComparer:
    """Compares the names of pairs of listings."""

    def __init__(self, columns: Columns, rarity: Rarity) -> None:
        self._columns, self._rarity = columns, rarity
        self._words = WordPairs(columns)
        self._joined = _JoinedNames(columns)
        self._kin = KinComparer(columns, self._words, rarity)

    def names(self, left: Rows, right: Rows) -> NamesCompared:
        """Levels of the person's own names."""
        bones = self._columns.bones
        a, b = self._columns.name[left], self._columns.name[right]
        grid = self._words.grid(a, b)
        first = grid[:, 0, 0]
        name = (first + 1).astype(np.int8)
        share = np.ones(len(left))
        same = first >= _AGREES
        # the commoner of two spellings: a slip of the pen is rare and tells nothing
        share[same] = self._commoner(bones[a[same, 0]], bones[b[same, 0]])
        further = grid[:, 1:, 1:].reshape(len(left), -1)
        best, where = further.max(axis=1), further.argmax(axis=1)
        surname = np.zeros(len(left), np.int8)
        surname[best >= 0] = 1
        surname[best == _AGREES] = 3
        surname[best > _AGREES] = 4
        surname[(best >= _AGREES) & _has_conflict(grid[:, 1:, 1:])] = _ONE_OF_TWO
        surname_share = np.ones(len(left))
        at = np.flatnonzero(best >= _AGREES)
        width = a.shape[1] - 1
        surname_share[at] = self._commoner(bones[a[at, 1 + where[at] // width]], bones[b[at, 1 + where[at] % width]])
        self._other_orders(left, right, a, grid, name, share)
        at = np.flatnonzero(surname == 1)
        fathers = self._columns.father[:, 0]
        for mine, theirs in ((a[at], fathers[right[at]]), (b[at], fathers[left[at]])):
            is_fathers = at[self._is_fathers(mine, theirs)]
            surname[is_fathers] = 2
            surname_share[is_fathers] = self._rarity.father_share[bones[theirs[self._is_fathers(mine, theirs)]]]
        surname[(surname == 1) & (name == _IN_ANOTHER_ORDER)] = 0  # both words are in the level of the name
        self._kin.put(left, right, name, share)
        return NamesCompared(name, share, surname, surname_share)

    def fathers(self, left: Rows, right: Rows) -> tuple[Bytes, Floats]:
        """Levels of father's names, and the share of fathers of that name."""
        bones = self._columns.bones
        a, b = self._columns.father[left], self._columns.father[right]
        grid = self._words.grid(a[:, :2], b[:, :2])
        first = grid[:, 0, 0]
        level = np.array((1, 2, 2, 4, 5, 5, 6, 0), np.int8)[first]
        crossed = np.maximum(grid[:, 0, 1], grid[:, 1, 0])  # Sayed Abbas and Sayed Reza are two fathers
        level[(level == 1) & (crossed >= _AGREES)] = 3
        share = np.ones(len(left))
        same = level >= 4
        of_father = self._rarity.father_share
        share[same] = np.maximum(of_father[bones[a[same, 0]]], of_father[bones[b[same, 0]]])
        return level, share

    def _commoner(self, a: Ints, b: Ints) -> Floats:
        return np.maximum(self._rarity.word_share[a], self._rarity.word_share[b])

    def _other_orders(  # noqa: PLR0917
        self, left: Rows, right: Rows, a: Ints, grid: Bytes, name: Bytes, share: Floats
    ) -> None:
        """Looks again where the first words differ: other order, joined words."""
        unlike = np.flatnonzero((grid[:, 0, 0] >= 0) & (grid[:, 0, 0] < _AGREES))
        places = [(0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0)]
        crossed = np.stack([grid[unlike, i, j] for i, j in places], axis=1)
        best = crossed.argmax(axis=1)
        is_crossed = crossed.max(axis=1) >= _AGREES
        at = unlike[is_crossed]
        is_whole, words = _whole(grid[at])
        name[at] = np.where(is_whole, np.where(words > 1, _IN_ANOTHER_ORDER, _ELSEWHERE), _ONE_WORD)
        mine = np.array([i for i, _ in places])[best[is_crossed]]
        other = np.where(mine == 0, 1 + grid[at, 1:, 0].argmax(axis=1), 0)
        one, two = (self._rarity.word_share[self._columns.bones[a[at, word]]] for word in (mine, other))
        # of two that changed places the commoner: a rare surname tells nothing of the given name beside it
        share[at] = np.where(is_whole & (words > 1), np.maximum(one, two), one)
        rest = unlike[~is_crossed]
        name[rest[self._joined.are_alike(left[rest], right[rest])]] = _JOINED

    def _is_fathers(self, name: Ints, father: Ints) -> Flags:
        bones = self._columns.bones
        mine, his = bones[name], bones[father]
        return np.asarray(((mine[:, 1:] == his[:, None]) & (his[:, None] > 0)).any(axis=1))


def _has_conflict(grid: Bytes) -> Flags:
    """Whether both names have a word that is like none of the other's."""
    alike = np.asarray(grid >= _AGREES)
    there = np.asarray(grid >= 0)
    lone_left = there.any(axis=2) & ~alike.any(axis=2)
    lone_right = there.any(axis=1) & ~alike.any(axis=1)
    return np.asarray(np.any(lone_left, axis=1) & np.any(lone_right, axis=1))


def _whole(grid: Bytes) -> tuple[Flags, npt.NDArray[np.int64]]:
    """Whether every word of the shorter name is met in the other, and how many words it has."""
    met, there = grid >= _AGREES, grid >= 0
    left, right = there.any(axis=2), there.any(axis=1)
    of_left, of_right = left.sum(axis=1), right.sum(axis=1)
    lone_left, lone_right = left & ~met.any(axis=2), right & ~met.any(axis=1)
    lone = np.where((of_left <= of_right)[:, None], lone_left, lone_right)
    return np.asarray(~lone.any(axis=1)), np.minimum(of_left, of_right)


class _JoinedNames:
    """Whole names as one string of consonants, whatever their order and gaps."""

    def __init__(self, columns: Columns) -> None:
        bones = columns.skeletons.array()[columns.bones[columns.name]]
        self._texts = np.array(["".join(sorted(row)) for row in bones.tolist()], dtype=object)
        self._letters = Letters(self._texts.tolist())

    def are_alike(self, left: Rows, right: Rows) -> Flags:
        """Whether two names are nearly one string; most pairs are settled by their length and letters."""
        longer = np.maximum(self._letters.length[left], self._letters.length[right])
        shorter = np.minimum(self._letters.length[left], self._letters.length[right])
        least = self._letters.least_edits(left, right)
        found = np.zeros(len(left), np.bool_)
        at = np.flatnonzero((shorter >= 4) & (least <= (1 - _JOINED_ALIKE) * longer + 1e-6))
        alike = cpdist(
            self._texts[left[at]].tolist(),
            self._texts[right[at]].tolist(),
            scorer=OSA.normalized_similarity,
            dtype=np.float32,
        )
        found[at] = alike >= _JOINED_ALIKE
        return found
