"""The answer key of a benchmark set and the measures taken against it."""

from __future__ import annotations

import collections
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def true_pairs(people: Sequence[str]) -> npt.NDArray[np.int64]:
    """Codes left * n + right of all pairs of rows of one person."""
    groups: dict[str, list[int]] = collections.defaultdict(list)
    for at, person in enumerate(people):
        groups[person].append(at)
    n = len(people)
    codes = [a * n + b for rows in groups.values() for i, a in enumerate(rows) for b in rows[i + 1 :]]
    return np.unique(np.array(codes, np.int64))
