"""What the letters of two texts say at once about how far apart they are at least: most pairs need no more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.in_parts import parts_of

Numbers = npt.NDArray[np.int64]
At = Numbers | npt.NDArray[np.int32]
Floats32 = npt.NDArray[np.float32]


class Letters:
    """Which letters each text holds, as bits, and how long it is; two letters of one bit only weaken the bounds."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.length = np.fromiter(map(len, texts), np.int64, len(texts))
        self.bits = np.zeros(len(texts), np.uint64)
        for part in parts_of(len(texts)):
            self.bits[part] = _bits(texts[part])

    def least_edits(self, a: At, b: At) -> Numbers:
        """For each pair of texts a number of edits that surely is not too high (swapping neighbours is one)."""
        bits_a, bits_b = self.bits[a], self.bits[b]
        odd = np.maximum(np.bitwise_count(bits_a & ~bits_b), np.bitwise_count(bits_b & ~bits_a))
        return np.asarray(np.maximum(odd, np.abs(self.length[a] - self.length[b])))

    def most_alike(self, a: At, b: At, beginning: Numbers) -> Floats32:
        """A similarity by Jaro and Winkler that surely is not too low; `beginning` letters are shared in front."""
        of_a, of_b = self.length[a], self.length[b]
        bits_a, bits_b = self.bits[a], self.bits[b]
        shared = np.minimum(of_a - np.bitwise_count(bits_a & ~bits_b), of_b - np.bitwise_count(bits_b & ~bits_a))
        jaro = (shared / np.maximum(of_a, 1) + shared / np.maximum(of_b, 1) + 1.0) / 3.0
        return np.asarray(jaro + 0.1 * np.minimum(beginning, 4) * (1.0 - jaro) + 1e-6, np.float32)


def _bits(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    letters = np.array(texts, np.str_).view(np.uint32).reshape(len(texts), -1)
    bits = np.left_shift(np.uint64(1), letters & np.uint32(63), dtype=np.uint64)
    bits[letters == 0] = 0  # shorter texts are padded
    return np.asarray(np.bitwise_or.reduce(bits, axis=1))
