"""How alike two words of names are: each distinct pair is weighed once and remembered."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from safepassage.core.identity.features import Bytes, Columns, Flags, Ints
from safepassage.core.identity.sorting import distinct

_BITS = 22
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_CHUNK = 1 << 18

Numbers = npt.NDArray[np.int64]


class WordPairs:
    """Levels of pairs of words by `WORD_LEVELS`, with a memory of fixed size for pairs met before."""

    def __init__(self, columns: Columns) -> None:
        words = columns.words.texts
        self._bones = columns.bones
        self._plain = np.array([text.lstrip("~") for text in words], dtype=object)
        self._is_arabic = np.array([text.startswith("~") for text in words])
        self._length = np.fromiter((len(text) for text in self._plain), np.int64, len(words))
        self._letters = np.array(self._plain, dtype=np.str_).view(np.uint32).reshape(len(words), -1)
        self._bone_texts = columns.skeletons.array()
        self._bone_length = np.fromiter((len(text) for text in self._bone_texts), np.int64, len(self._bone_texts))
        self._servant = _without_servant(columns.skeletons.texts)
        self._bits = min(_BITS, 2 * len(words).bit_length())
        self._known = np.full(1 << self._bits, -1, np.int64)
        self._level = np.zeros(1 << self._bits, np.int8)

    def levels(self, a: Ints, b: Ints) -> Bytes:
        """Level of each pair of words; -1 where one is empty."""
        wide = np.int64(len(self._plain))
        codes = np.minimum(a, b).astype(np.int64) * wide + np.maximum(a, b)
        slots = _slots(codes, self._bits)
        out = self._level[slots]
        missed = np.flatnonzero(self._known[slots] != codes)
        if len(missed):
            fresh = distinct(codes[missed])
            parts = [fresh[at : at + _CHUNK] for at in range(0, len(fresh), _CHUNK)]
            weighed = np.concatenate([self._weigh(part // wide, part % wide) for part in parts])
            out[missed] = weighed[np.searchsorted(fresh, codes[missed])]
            places = _slots(fresh, self._bits)
            self._known[places] = fresh
            # of two pairs for one place the later was kept: its own level goes there
            kept = self._known[places] == fresh
            self._level[places[kept]] = weighed[kept]
        return out

    def _weigh(self, a: Numbers, b: Numbers) -> Bytes:
        level = np.zeros(len(a), np.int8)
        texts_a, texts_b = self._plain[a].tolist(), self._plain[b].tolist()
        bone_a, bone_b = self._bones[a], self._bones[b]
        is_cross = self._is_arabic[a] != self._is_arabic[b]
        distance = cpdist(texts_a, texts_b, scorer=OSA.distance, dtype=np.int32)
        alike = cpdist(texts_a, texts_b, scorer=JaroWinkler.similarity, dtype=np.float32)
        bone_distance = cpdist(
            self._bone_texts[bone_a].tolist(), self._bone_texts[bone_b].tolist(), scorer=OSA.distance, dtype=np.int32
        )
        length = np.minimum(self._length[a], self._length[b])
        bone_length = np.minimum(self._bone_length[bone_a], self._bone_length[bone_b])
        starts, is_final_a = self._beginnings(a, b, length)
        level[(alike >= 0.82) | (starts & (length >= 3)) | ((bone_distance == 1) & (bone_length >= 3))] = 1
        level[((distance == 1) & (length >= 4)) | ((alike >= 0.92) & (distance <= 2) & (length >= 5))] = 3
        level[is_cross & (bone_distance == 1) & (bone_length >= 4)] = 3
        level[self._servant[bone_a] == self._servant[bone_b]] = 3
        same_bone = bone_a == bone_b
        level[same_bone & ~is_cross & (distance <= np.maximum(1, length // 3))] = 4
        level[same_bone & ~is_cross & (distance > np.maximum(1, length // 3))] = 1
        level[same_bone & is_cross] = 5
        level[is_final_a] = 2
        level[distance == 0] = 6
        level[(a == 0) | (b == 0)] = -1
        return level

    def _beginnings(self, a: Numbers, b: Numbers, length: Numbers) -> tuple[Flags, Flags]:
        """Whether one word begins with the other, and whether it is then longer by a final a only."""
        differs = self._letters[a] != self._letters[b]
        shared = np.where(differs.any(axis=1), differs.argmax(axis=1), differs.shape[1])
        starts = shared >= length
        longer = np.where(self._length[a] > self._length[b], a, b)
        last = self._letters[longer, np.maximum(self._length[longer] - 1, 0)]
        is_longer_by_one = np.abs(self._length[a] - self._length[b]) == 1
        return starts, starts & is_longer_by_one & (last == ord("a"))


def _slots(codes: Numbers, bits: int) -> Numbers:
    with np.errstate(over="ignore"):
        return ((codes.astype(np.uint64) * _PRIME) >> np.uint64(64 - bits)).astype(np.int64)


def _without_servant(skeletons: list[str]) -> Numbers:
    """For each skeleton the number of the one that is left without "Abdul": Abdul Karim is called Karim by many."""
    number = {text: at for at, text in enumerate(skeletons)}
    bare = [text.removeprefix("abd") if len(text) > 4 and text.startswith("abd") else text for text in skeletons]
    return np.fromiter((number.get(text, at) for at, text in enumerate(bare)), np.int64, len(bare))
