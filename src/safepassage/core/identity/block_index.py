"""The blocks of a million listings, kept sorted, so that whoever arrives finds those who share a key at once."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Keys, divided, fitting_blocks, keys_with_caps
from safepassage.core.identity.features import Columns

Rows = npt.NDArray[np.int64]


class BlockIndex:
    """Keys of all listings with their rows; blocks over the cap by second keys only, as in a batch.

    About 12 bytes a key and 60 to 100 keys a listing. Those who came later (`add`) stand beside until the index is
    built anew; how full a block is was settled when it was built.
    """

    def __init__(self, columns: Columns, cap: int) -> None:
        self._cap = cap
        found = [(keys, rows.astype(np.int32)) for rows, keys in fitting_blocks(columns, cap)]
        keys = np.concatenate([keys for keys, _ in found])
        rows = np.concatenate([rows for _, rows in found])
        del found
        order = np.argsort(keys, kind="stable")
        self._keys, self._rows = keys[order], rows[order]
        self._later: dict[int, list[int]] = defaultdict(list)

    def add(self, columns: Columns, start: int) -> None:
        """Takes in further listings, whose rows are numbered from `start` on."""
        rows, keys = self._probes(columns)
        for row, key in zip((rows + start).tolist(), keys.tolist(), strict=True):
            self._later[key].append(row)

    def sharing(self, columns: Columns) -> tuple[Rows, Rows]:
        """Pairs (row of `columns`, row that is kept) that share a key, each once."""
        asked, keys = self._probes(columns)
        first = np.searchsorted(self._keys, keys, side="left")
        count = np.searchsorted(self._keys, keys, side="right") - first
        mine = np.repeat(asked, count)
        at = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        theirs = self._rows[at].astype(np.int64)
        if self._later:
            met = [(row, other) for row, key in zip(asked.tolist(), keys.tolist(), strict=True)
                   for other in self._later.get(key, ())[: self._cap]]  # fmt: skip
            later = np.array(met, np.int64).reshape(-1, 2)
            mine, theirs = np.concatenate((mine, later[:, 0])), np.concatenate((theirs, later[:, 1]))
        codes = np.unique(mine << 32 | theirs)
        return codes >> 32, codes & 0xFFFFFFFF

    def _probes(self, columns: Columns) -> tuple[Rows, Keys]:
        """All keys of listings, and all that their keys would be divided by."""
        rows: list[Rows] = []
        keys: list[Keys] = []
        for at, first, _most, is_divided in keys_with_caps(columns, self._cap):
            rows.append(at)
            keys.append(first)
            if is_divided:
                for again, second in divided(columns, at, first):
                    rows.append(again)
                    keys.append(second)
        return np.concatenate(rows), np.concatenate(keys)
