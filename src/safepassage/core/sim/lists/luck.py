"""Draws from the one source of luck: a chance, a pick, a weighted pick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def chance(rng: np.random.Generator, share: float) -> bool:
    """True in `share` of the draws."""
    return bool(rng.random() < share)


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of the options, each as likely."""
    return options[int(rng.integers(len(options)))]


def weighted(rng: np.random.Generator, options: Mapping[T, float]) -> T:
    """One of the keys, as likely as its weight says (weights need not add up to one)."""
    mark = float(rng.random()) * sum(options.values())
    for option, weight in options.items():
        mark -= weight
        if mark < 0:
            return option
    return list(options)[-1]


def between(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number, both ends included."""
    return int(rng.integers(low, high + 1))


def shuffled(rng: np.random.Generator, items: Sequence[T]) -> list[T]:
    """The items in a drawn order."""
    return [items[int(i)] for i in rng.permutation(len(items))]
