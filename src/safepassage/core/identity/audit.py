"""An audit of automatic links: a fair sample for people to check, and what their answers prove about all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safepassage.core.identity.values import Link, LinkGround

_STEPS = 60
"""Halvings of the interval when a bound is searched: more than a float can tell apart."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Of `checked` automatic links `right` were right; the share among all of them lies between `low` and `high`.

    The bounds are exact (Clopper and Pearson 1934): whatever the true share, they miss it in at most 1 - `confidence`
    of all samples.
    """

    right: int
    checked: int
    low: float
    high: float
    confidence: float


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


def precision_bounds(right: int, checked: int, *, confidence: float = 0.95) -> Precision:
    """What a sample proves: `right` of `checked` links were right.

    Raises:
        ValueError: if the counts can't be of one sample, or the confidence is no share.
    """
    if not 0 <= right <= checked or not 0 < confidence < 1:
        raise ValueError(f"{right} of {checked} at a confidence of {confidence} is no result of a check")
    tail = (1 - confidence) / 2
    low = 0.0 if right == 0 else _searched(lambda share: 1 - _at_most(right - 1, checked, share) < tail)
    high = 1.0 if right == checked else _searched(lambda share: _at_most(right, checked, share) > tail)
    return Precision(right, checked, low, high, confidence)


def _searched(is_below: Callable[[float], bool]) -> float:
    """The share at which a falling condition ends to hold."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_most(successes: int, trials: int, share: float) -> float:
    """The chance of at most so many successes: the smaller tail is added up, in logarithms."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if successes >= trials else 0.0
    is_lower = successes < trials * share
    counts = range(successes + 1) if is_lower else range(successes + 1, trials + 1)
    total = math.fsum(math.exp(_log_chance(k, trials, share)) for k in counts)
    return min(1.0, total) if is_lower else max(0.0, 1 - total)


def _log_chance(k: int, trials: int, share: float) -> float:
    ways = math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
    return ways + k * math.log(share) + (trials - k) * math.log1p(-share)
