"""Which names are men's and which women's, by the sexes that the operation's own lists state."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

FEMALE, MALE = 1, 2
_FEWEST = 3


def share_of_men(first: Ints, sex: npt.NDArray[np.int8], count: int) -> Floats:
    """For each skeleton the share of men among its bearers of stated sex; NaN where fewer than three state one."""
    stated = (first > 0) & (sex > 0)
    all_of = np.bincount(first[stated], minlength=count)
    men = np.bincount(first[stated & (sex == MALE)], minlength=count)
    return np.where(all_of >= _FEWEST, men / np.maximum(all_of, 1), np.nan)
