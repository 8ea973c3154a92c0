"""The blocks of a million listings, kept sorted, so that whoever arrives finds those who share a key at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.block_keys import Keys, divided, keys_with_caps
from safepassage.core.identity.blocking import sized_blocks
from safepassage.core.identity.excerpt import Portions, excerpt
from safepassage.core.identity.features import Columns, Flags

Rows = npt.NDArray[np.int64]

_SLICES = 64
"""Parts of the range of keys that are sorted one after the other: memory stays near what is kept."""


class BlockIndex:
    """Keys of all listings with their rows; blocks over the cap by second keys only, as in a batch.

    About 12 bytes a key and 60 to 100 keys a listing. Those who came later (`add`) stand beside until the index is
    built anew. A block that they fill over its cap is divided from then on, so that whatever came in which portions,
    the same listings share the same keys.
    """

    def __init__(self, portions: Portions, cap: int) -> None:
        self._portions, self._cap = portions, cap
        found: list[tuple[Keys, npt.NDArray[np.int32]]] = []
        full: list[Keys] = []
        for rows, keys, fits in sized_blocks(portions.parts[0], cap, has_all_runs=True):
            found.append((keys[fits], rows[fits].astype(np.int32)))
            full.append(np.unique(keys[~fits]))
        self._keys, self._rows = _sorted_together(found)
        self._full = np.sort(np.concatenate(full))
        self._filled: set[int] = set()
        self._later: dict[int, list[int]] = defaultdict(list)

    def add(self, columns: Columns, start: int) -> None:
        """Takes in further listings, whose rows are numbered from `start` on."""
        rows, keys, most, is_divided = self._first_keys(columns)
        is_full = self._is_full(keys)
        again = is_full & is_divided
        self._put(start + rows[~is_full], keys[~is_full], most[~is_full], is_divided[~is_full])
        self._put_second(columns, start + np.arange(columns.size), rows[again], keys[again], most[again])

    def sharing(self, columns: Columns) -> tuple[Rows, Rows]:
        """Pairs (row of `columns`, row that is kept) that share a key, each once."""
        asked, keys, _most, is_divided = self._first_keys(columns)
        is_full = self._is_full(keys)
        again = is_full & is_divided
        second = list(divided(columns, asked[again], keys[again])) if again.any() else []
        asked = np.concatenate((asked[~is_full], *(rows for rows, _ in second)))
        keys = np.concatenate((keys[~is_full], *(found for _, found in second)))
        if self._filled:
            is_kept = ~self._is_full(keys)
            asked, keys = asked[is_kept], keys[is_kept]
        order = np.argsort(keys)  # neighbours are looked up in memory that was just read
        asked, keys = asked[order], keys[order]
        first, count = self._places(keys)
        mine = np.repeat(asked, count)
        at = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        theirs = self._rows[at].astype(np.int64)
        if self._later:
            met = [(row, other) for row, key in zip(asked.tolist(), keys.tolist(), strict=True)
                   for other in self._later.get(key, ())]  # fmt: skip
            later = np.array(met, np.int64).reshape(-1, 2)
            mine, theirs = np.concatenate((mine, later[:, 0])), np.concatenate((theirs, later[:, 1]))
        codes = np.unique(mine << 32 | theirs)
        return codes >> 32, codes & 0xFFFFFFFF

    def _first_keys(self, columns: Columns) -> tuple[Rows, Keys, Rows, Flags]:
        """(row, key, how many a block of it may hold, whether a larger one is divided)."""
        found = list(keys_with_caps(columns, self._cap, has_all_runs=True))
        counts = [len(keys) for _, keys, _, _ in found]
        return (
            np.concatenate([rows for rows, *_ in found]),
            np.concatenate([keys for _, keys, *_ in found]),
            np.repeat([most for _, _, most, _ in found], counts),
            np.repeat([is_divided for *_, is_divided in found], counts),
        )

    def _is_full(self, keys: Keys) -> Flags:
        """Whether the block of each key is over its cap: divided by second keys, or left."""
        at = np.searchsorted(self._full, keys)
        is_full = np.zeros(len(keys), np.bool_)
        inside = at < len(self._full)
        is_full[inside] = self._full[at[inside]] == keys[inside]
        if self._filled:
            is_full |= np.fromiter((key in self._filled for key in keys.tolist()), np.bool_, len(keys))
        return is_full

    def _places(self, keys: Keys) -> tuple[Rows, Rows]:
        """Where the rows of each key begin, and how many there are."""
        first = np.searchsorted(self._keys, keys)
        count = np.zeros(len(keys), np.int64)
        there = np.flatnonzero(first < len(self._keys))
        there = there[self._keys[first[there]] == keys[there]]  # most keys are nobody's: they are settled by one look
        count[there] = np.searchsorted(self._keys, keys[there], side="right") - first[there]
        return first, count

    def _put(self, rows: Rows, keys: Keys, most: Rows, is_divided: Flags) -> None:
        """Puts rows to keys whose blocks are not full; a block that they fill is divided, or left."""
        filled: dict[int, tuple[int, int, int, bool]] = {}
        asked = (rows, keys, *self._places(keys), most, is_divided)
        for row, key, first, there, many, divides in zip(*(part.tolist() for part in asked), strict=True):
            held = self._later[key]
            if row not in held:
                held.append(row)
            if there + len(held) > many:
                filled[key] = (first, there, many, divides)
        self._filled.update(filled)
        apart: list[tuple[int, int, int]] = []
        for key, (first, there, many, divides) in filled.items():
            held = [*self._rows[first : first + there].tolist(), *self._later.pop(key)]
            apart += [(row, key, many) for row in held if divides]
        if apart:
            kept, local = np.unique([row for row, _, _ in apart], return_inverse=True)
            of, most = np.array([key for _, key, _ in apart], np.uint64), np.array([many for *_, many in apart])
            self._put_second(excerpt(self._portions.of(kept)), kept, local, of, most)

    def _put_second(self, columns: Columns, numbered: Rows, rows: Rows, keys: Keys, most: Rows) -> None:
        """Puts rows of these columns, which are `numbered` among all, to second keys of their full blocks."""
        for many in np.unique(most).tolist():
            for at, second in divided(columns, rows[most == many], keys[most == many]):
                is_open = ~self._is_full(second)
                count = int(is_open.sum())
                self._put(numbered[at[is_open]], second[is_open], np.full(count, many), np.zeros(count, np.bool_))


def _sorted_together(
    found: Sequence[tuple[Keys, npt.NDArray[np.int32]]],
) -> tuple[Keys, npt.NDArray[np.int32]]:
    """All keys in ascending order with their rows; each of the given ones is in order already."""
    total = sum(len(keys) for keys, _ in found)
    all_keys, all_rows = np.empty(total, np.uint64), np.empty(total, np.int32)
    bounds = np.arange(1, _SLICES, dtype=np.uint64) * np.uint64((1 << 64) // _SLICES)
    cuts = [[0, *np.searchsorted(keys, bounds).tolist(), len(keys)] for keys, _ in found]
    done = 0
    for at in range(_SLICES):
        keys = np.concatenate([part[cut[at] : cut[at + 1]] for (part, _), cut in zip(found, cuts, strict=True)])
        rows = np.concatenate([part[cut[at] : cut[at + 1]] for (_, part), cut in zip(found, cuts, strict=True)])
        order = np.argsort(keys, kind="stable")
        all_keys[done : done + len(keys)], all_rows[done : done + len(keys)] = keys[order], rows[order]
        done += len(keys)
    return all_keys, all_rows
