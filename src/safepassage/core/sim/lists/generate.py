"""From a number of families to the files of an operation."""

from __future__ import annotations

import numpy as np

from safepassage.core.sim.lists.values import GeneratedLists


def generate_lists(
    rng: np.random.Generator, *, families: int = 900, people: int = 3000, rows: int = 5000
) -> GeneratedLists:
    """The lists of an invented operation, in nine shapes, and the key of who is who.

    Everyone is invented. The same state of `rng` gives the same bytes.

    Args:
        rng: Source of all luck.
        families: Number of families (1 to 14 people each).
        people: Number of people in all, at least `families`.
        rows: About how many rows with people the lists have in all.
    """
    raise NotImplementedError
