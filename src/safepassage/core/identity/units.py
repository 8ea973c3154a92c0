"""Who stands together in a list: its own groups, and households that a list gives no group but one phone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]

_LARGEST = 12
"""Rows without a group that share a phone are held to be one household up to this many; a fixer brings more."""


def units_of(group: Ints, source: Ints, phone: Ints) -> Ints:
    """The number of whom each row stands with: its group, else its implied household, else -1.

    A list without groups writes a family row by row under one phone. Numbers from `group.max() + 1` on are implied.
    """
    out = group.astype(np.int32, copy=True)
    rows = np.flatnonzero((group < 0) & (phone > 0))
    if not len(rows):
        return out
    code = source[rows].astype(np.int64) * (int(phone.max()) + 1) + phone[rows]
    _, number, size = np.unique(code, return_inverse=True, return_counts=True)
    of_size = size[number]
    kept = (of_size > 1) & (of_size <= _LARGEST)
    _, dense = np.unique(number[kept], return_inverse=True)
    out[rows[kept]] = dense + int(group.max(initial=-1)) + 1
    return out
