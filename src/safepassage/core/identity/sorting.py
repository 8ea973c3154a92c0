"""Distinct values by sorting: on tens of millions of codes several times as fast as hashing them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]


def distinct(codes: Codes) -> Codes:
    """The distinct codes in ascending order."""
    return distinct_of_own(codes.copy())


def distinct_of_own(codes: Codes) -> Codes:
    """The same of codes that nobody else needs: they are sorted where they lie, which saves a copy of them."""
    codes.sort()
    if not len(codes):
        return codes
    fresh = np.ones(len(codes), np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=fresh[1:])
    return codes[fresh]
