"""Pairs to learn from without labels: pairs of strangers, and pairs inside one list group."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.blocking import Pairs


def scattered_pairs(n: int, wanted: int) -> Pairs:
    """Pairs spread evenly over all listings, without luck: multiplicative strides."""
    if n < 3:
        return np.zeros((0, 2), np.int64)
    total = min(wanted, n * (n - 1) // 2)
    k = np.arange(total, dtype=np.uint64)
    with np.errstate(over="ignore"):
        key = (k + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(31)
        key *= np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(29)
    left = (k % np.uint64(n)).astype(np.int64)
    right = ((key >> np.uint64(8)) % np.uint64(n - 1)).astype(np.int64)
    right = right + (right >= left)
    return np.stack((np.minimum(left, right), np.maximum(left, right)), axis=1)


def group_pairs(group: npt.NDArray[np.int32], limit: int) -> Pairs:
    """Pairs of listings of one list group, at most `limit` of them, evenly taken."""
    order = np.flatnonzero(group >= 0)
    order = order[np.argsort(group[order], kind="stable")]
    pairs = []
    for step in (1, 2, 3, 4):
        a, b = order[:-step], order[step:]
        same = group[a] == group[b]
        pairs.append(np.stack((np.minimum(a[same], b[same]), np.maximum(a[same], b[same])), axis=1))
    found = np.concatenate(pairs) if pairs else np.zeros((0, 2), np.int64)
    return found[:: max(1, len(found) // limit)]
