"""Which pairs of listings are worth comparing: who shares a key; over-full blocks refined, none skipped."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.block_keys import Keys, divided, keys_with_caps
from safepassage.core.identity.features import Columns, Flags
from safepassage.core.identity.in_parts import in_turn
from safepassage.core.identity.sorting import Codes, distinct, distinct_of_own

Pairs = npt.NDArray[np.int64]
"""(m, 2) row numbers, left < right, sorted, distinct."""

_MERGED_AT_ONCE = 1 << 22


def candidate_codes(columns: Columns, cap: int) -> Codes:
    """All pairs that share a key, as left * n + right in ascending order; blocks over `cap` have second keys.

    Who is only counted is in none. Codes are merged as they come in, so that memory stays near what is returned.
    """
    n = columns.size
    merged, waiting = np.zeros(0, np.int64), list[Codes]()
    for codes in _codes_by_key(columns, cap):
        waiting.append(codes)
        if sum(map(len, waiting)) > max(len(merged), _MERGED_AT_ONCE):
            merged, waiting = distinct_of_own(np.concatenate((merged, *waiting))), []
    merged = distinct_of_own(np.concatenate((merged, *waiting)))
    if columns.is_counted.any():
        merged = merged[~(columns.is_counted[merged // n] | columns.is_counted[merged % n])]
    return merged


def _codes_by_key(columns: Columns, cap: int) -> Iterator[Codes]:
    yield from in_turn(lambda block: pairs_inside(columns.size, *block), fitting_blocks(columns, cap))


def fitting_blocks(columns: Columns, cap: int) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """(rows, keys), sorted by key, of all blocks that are not over their cap; larger ones by second keys."""
    for rows, keys, fits in sized_blocks(columns, cap):
        yield rows[fits], keys[fits]


def sized_blocks(
    columns: Columns, cap: int, *, has_all_runs: bool = False
) -> Iterator[tuple[npt.NDArray[np.int64], Keys, Flags]]:
    """(rows, keys, whether the block is not over its cap), sorted by key; over-full ones again by second keys."""
    for rows, keys, most, is_divided in keys_with_caps(columns, cap, has_all_runs=has_all_runs):
        at, of, sizes = blocks_of(rows, keys)
        small = sizes <= most
        yield at, of, small
        if is_divided and not small.all():
            for again, second in divided(columns, at[~small], of[~small]):
                at2, of2, sizes2 = blocks_of(again, second)
                yield at2, of2, sizes2 <= most


def blocks_of(rows: npt.NDArray[np.int64], keys: Keys) -> tuple[npt.NDArray[np.int64], Keys, npt.NDArray[np.int64]]:
    """Sorts by key, drops a row's repetitions in a block, and gives each row the size of its block."""
    order = np.argsort(keys)
    keys = keys[order]
    block = np.cumsum(np.concatenate(([0], keys[1:] != keys[:-1])), dtype=np.int64)[: len(keys)]
    first = np.flatnonzero(np.concatenate(([True], block[1:] != block[:-1])))[: len(keys)]
    wide = np.int64(rows.max(initial=0)) + 1
    codes = distinct(block * wide + rows[order])
    block, rows = codes // wide, codes % wide
    return rows, keys[first][block], np.bincount(block)[block]


def pairs_inside(n: int, rows: npt.NDArray[np.int64], keys: Keys) -> npt.NDArray[np.int64]:
    """All pairs inside each block of sorted keys, as left * n + right."""
    if len(rows) < 2:
        return np.zeros(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    ends = np.repeat(np.append(starts[1:], len(rows)), np.diff(np.append(starts, len(rows))))
    followers = (ends - np.arange(len(rows)) - 1).astype(np.int32)
    left = np.repeat(np.arange(len(rows), dtype=np.int32), followers)
    first = np.cumsum(followers, dtype=np.int64) - followers
    right = left + 1 + (np.arange(len(left)) - np.repeat(first, followers)).astype(np.int32)
    small = rows.astype(np.int32)
    a, b = small[left], small[right]
    codes = np.minimum(a, b).astype(np.int64)
    codes *= n
    codes += np.maximum(a, b)
    return distinct_of_own(codes)
