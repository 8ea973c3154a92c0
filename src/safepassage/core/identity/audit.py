"""An audit of automatic links: a fair sample for people to check, and what their answers prove about all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from safepassage.core.identity.values import Link, LinkGround


@dataclass(frozen=True, slots=True)
class Precision:
    """Of `checked` automatic links `right` were right; the share among all of them lies between `low` and `high`.

    The bounds are exact (Clopper and Pearson 1934): whatever the true share, they miss it in at most 1 - `confidence`
    of all samples. Of `unsure` nobody could tell: `low` takes them for wrong, `high` for right.
    """

    right: int
    checked: int
    low: float
    high: float
    confidence: float
    unsure: int = 0

    @property
    def wrong(self) -> int:
        """Links that joined two people."""
        return self.checked - self.right - self.unsure

    @property
    def low_percent(self) -> float:
        """The lower bound in per cent, to a tenth, rounded down: never more than is proven."""
        return math.floor(self.low * 1000) / 10

    @property
    def high_percent(self) -> float:
        """The upper bound in per cent, to a tenth, rounded up."""
        return math.ceil(self.high * 1000) / 10


def sample_links(links: Sequence[Link], count: int, *, rng: np.random.Generator) -> tuple[Link, ...]:
    """Automatic links drawn evenly and without repetition, in the order of the draw; all of them if there are fewer.

    Links that a person made are none of the program's and never drawn. The same links and generator give one sample,
    whatever the order of the argument.
    """
    made = sorted(
        (link for link in links if link.is_certain and link.ground is LinkGround.MATCHER),
        key=lambda link: (link.left, link.right),
    )
    drawn = rng.permutation(len(made))[:count]
    return tuple(made[at] for at in drawn.tolist())


def precision_bounds(right: int, checked: int, *, unsure: int = 0, confidence: float = 0.95) -> Precision:
    """What a sample proves: `right` of `checked` links were right, and of `unsure` more nobody could tell.

    Raises:
        ValueError: if the counts can't be of one sample, or the confidence is no share.
    """
    if min(right, unsure) < 0 or right + unsure > checked or not 0 < confidence < 1:
        raise ValueError(f"{right} of {checked}, {unsure} unsure, at {confidence} is no result of a check")
    tail = (1 - confidence) / 2
    wrong = checked - right - unsure
    low = 0.0 if right == 0 else float(betaincinv(right, checked - right + 1, tail))
    high = 1.0 if wrong == 0 else float(betaincinv(checked - wrong + 1, wrong, 1 - tail))
    return Precision(right, checked, low, high, confidence, unsure)
