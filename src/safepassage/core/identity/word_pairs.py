"""How alike two words of names are: each distinct pair is weighed once and remembered."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from safepassage.core.identity.affixes import SERVANT, Affixes
from safepassage.core.identity.features import Bytes, Columns, Flags, Ints
from safepassage.core.identity.letters import Letters
from safepassage.core.identity.sorting import distinct

_BITS, _BITS_FOR_EACH = 22, 5
"""The memory has at most two to the power of the first places, and two to that of the second for each word."""
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_CHUNK = 1 << 18
_LEVEL_BITS = 3
_LEVEL = (1 << _LEVEL_BITS) - 1
_A_LITTLE_ALIKE = 0.82
_LETTERS, _BONES, _IN_ARABIC = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(1 << 63)
_NEAR_EDITS = 2
"""Words further apart than this are never near, unless their skeletons are."""

Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]


class WordPairs:
    """Levels of pairs of words by `WORD_LEVELS`, with a memory of fixed size for pairs met before.

    Threads may share it: each place of the memory says itself whose level it holds, and is read and written at once.
    """

    def __init__(self, columns: Columns) -> None:
        words = columns.words.texts
        self._bones = columns.bones
        plain = [text.lstrip("~") for text in words]
        self._plain = np.array(plain, dtype=object)
        self._affixes = Affixes(plain)
        self._is_arabic = np.array([text.startswith("~") for text in words])
        self._letters = Letters(plain)
        self._matrix = np.array(plain, dtype=np.str_).view(np.uint32).reshape(len(words), -1)
        self._bone_texts = columns.skeletons.array()
        self._bone_letters = Letters(columns.skeletons.texts)
        self._servant = _without_servant(columns.skeletons.texts)
        self._servant_of = self._servant[self._bones]
        self._shape = _shapes(self._letters.bits, self._bone_letters.bits[self._bones], self._is_arabic)
        self._bits = min(_BITS, len(words).bit_length() + _BITS_FOR_EACH)
        self._known = np.full(1 << self._bits, -1, np.int64)

    def levels(self, a: Ints, b: Ints) -> Bytes:
        """Level of each pair of words; -1 where one is empty."""
        if not len(a):
            return np.zeros(0, np.int8)
        wide = np.int64(len(self._plain))
        codes = np.minimum(a, b).astype(np.int64) * wide + np.maximum(a, b)
        known = self._known[_slots(codes, self._bits)]
        out = ((known & _LEVEL) - 1).astype(np.int8)
        missed = np.flatnonzero(known >> _LEVEL_BITS != codes)
        if len(missed):
            fresh = distinct(codes[missed])
            parts = [fresh[at : at + _CHUNK] for at in range(0, len(fresh), _CHUNK)]
            weighed = np.concatenate([self._weigh(part // wide, part % wide) for part in parts])
            out[missed] = weighed[np.searchsorted(fresh, codes[missed])]
            self._known[_slots(fresh, self._bits)] = fresh << _LEVEL_BITS | (weighed + 1)
        return out

    def grid(self, a: Ints, b: Ints) -> Bytes:
        """(pairs, words, words) levels of each word of one name with each of the other; -1 where one is lacking.

        The two first words have their level; of other words those that surely are not near have 0.
        """
        mine, his = np.repeat(a, b.shape[1], axis=1), np.tile(b, (1, a.shape[1]))
        has = (mine > 0) & (his > 0)
        grid = np.where(has, np.int8(0), np.int8(-1))
        mine, his = mine[has], his[has]
        cells = np.flatnonzero(has)
        is_asked = self._may_be_near(mine, his) | (cells % has.shape[1] == 0)
        grid.ravel()[cells[is_asked]] = self.levels(mine[is_asked], his[is_asked])
        return grid.reshape(len(a), a.shape[1], b.shape[1])

    def _may_be_near(self, a: Ints, b: Ints) -> Flags:
        """Whether two words may be near each other: false only where they surely are not."""
        odd = self._shape[a] ^ self._shape[b]
        is_near = np.bitwise_count(odd & _LETTERS) <= 2 * _NEAR_EDITS
        is_cross = odd >= _IN_ARABIC
        is_near |= is_cross & (np.bitwise_count(odd >> _BONES) <= 1 + 2)
        return np.asarray(is_near | (self._servant_of[a] == self._servant_of[b]))

    def _weigh(self, a: Numbers, b: Numbers) -> Bytes:
        """Level of each pair of words; only those whose letters allow that they are alike are looked at closely."""
        bone_a, bone_b = self._bones[a], self._bones[b]
        beginning = self._beginning(a, b)
        may_be = self._servant[bone_a] == self._servant[bone_b]
        may_be |= beginning >= np.minimum(self._letters.length[a], self._letters.length[b])
        may_be |= self._letters.least_edits(a, b) <= 1
        may_be |= self._bone_letters.least_edits(bone_a, bone_b) <= 1
        may_be |= self._letters.most_alike(a, b, beginning) >= _A_LITTLE_ALIKE
        at = np.flatnonzero(may_be)
        level = np.zeros(len(a), np.int8)
        level[at] = self._look_at(a[at], b[at], beginning[at])
        level[(a == 0) | (b == 0)] = -1
        return level

    def _look_at(self, a: Numbers, b: Numbers, beginning: Numbers) -> Bytes:
        level = np.zeros(len(a), np.int8)
        texts_a, texts_b = self._plain[a].tolist(), self._plain[b].tolist()
        bone_a, bone_b = self._bones[a], self._bones[b]
        is_cross = self._is_arabic[a] != self._is_arabic[b]
        distance = cpdist(texts_a, texts_b, scorer=OSA.distance, dtype=np.int32)
        alike = cpdist(texts_a, texts_b, scorer=JaroWinkler.similarity, dtype=np.float32)
        bone_distance = cpdist(
            self._bone_texts[bone_a].tolist(), self._bone_texts[bone_b].tolist(), scorer=OSA.distance, dtype=np.int32
        )
        length = np.minimum(self._letters.length[a], self._letters.length[b])
        bone_length = np.minimum(self._bone_letters.length[bone_a], self._bone_letters.length[bone_b])
        starts = beginning >= length
        level[(alike >= _A_LITTLE_ALIKE) | (starts & (length >= 3)) | ((bone_distance == 1) & (bone_length >= 3))] = 1
        front, back = self._affixes.shared(a, b)
        own = length - front - back
        alike = self._affixes.alike_beside(a, b, front, back, alike)
        level[((distance == 1) & (own >= 4)) | ((alike >= 0.92) & (distance <= _NEAR_EDITS) & (own >= 5))] = 3
        own_bones = bone_length - np.where(front > 0, len(SERVANT), 0)
        level[is_cross & (bone_distance == 1) & (own_bones >= 4)] = 3
        level[self._servant[bone_a] == self._servant[bone_b]] = 3
        same_bone = bone_a == bone_b
        level[same_bone & ~is_cross & (distance <= np.maximum(1, length // 3))] = 4
        level[same_bone & ~is_cross & (distance > np.maximum(1, length // 3))] = 1
        level[same_bone & is_cross] = 5
        level[starts & self._is_longer_by_a(a, b)] = 2
        level[distance == 0] = 6
        return level

    def _beginning(self, a: Numbers, b: Numbers) -> Numbers:
        """How many letters two words share in front."""
        differs = self._matrix[a] != self._matrix[b]
        return np.asarray(np.where(differs.any(axis=1), differs.argmax(axis=1), differs.shape[1]))

    def _is_longer_by_a(self, a: Numbers, b: Numbers) -> Flags:
        """Whether one word has one letter more than the other, and it ends in a."""
        of_a, of_b = self._letters.length[a], self._letters.length[b]
        longer = np.where(of_a > of_b, a, b)
        last = self._matrix[longer, np.maximum(self._letters.length[longer] - 1, 0)]
        return np.asarray((np.abs(of_a - of_b) == 1) & (last == ord("a")))


def _shapes(letters: Bits, bones: Bits, is_arabic: Flags) -> Bits:
    """For each word which letters it holds, which consonants its skeleton holds, and its script, in one number."""
    half = np.uint64(32)
    folded = (letters | letters >> half) & _LETTERS
    of_bones = (bones | bones >> half) & (_LETTERS >> np.uint64(1))
    return np.asarray(folded | of_bones << _BONES | is_arabic.astype(np.uint64) << np.uint64(63))


def _slots(codes: Numbers, bits: int) -> Numbers:
    with np.errstate(over="ignore"):
        return ((codes.astype(np.uint64) * _PRIME) >> np.uint64(64 - bits)).astype(np.int64)


def _without_servant(skeletons: list[str]) -> Numbers:
    """For each skeleton the number of the one that is left without "Abdul": Abdul Karim is called Karim by many."""
    number = {text: at for at, text in enumerate(skeletons)}
    bare = [text.removeprefix(SERVANT) if len(text) > 4 and text.startswith(SERVANT) else text for text in skeletons]
    return np.fromiter((number.get(text, at) for at, text in enumerate(bare)), np.int64, len(bare))
