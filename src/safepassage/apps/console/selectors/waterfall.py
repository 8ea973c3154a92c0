"""Evidence as a waterfall: each reason's bar begins where the one before it ended; the last is their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safepassage.core.identity import Evidence, EvidenceField

HEAVIEST = 6
"""Reasons drawn one by one; the others are one step, and unfold below."""
BEFOREHAND = (EvidenceField.PRIOR, EvidenceField.FAMILY)
"""What is held before the facts of the two are compared: drawn first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar, in hundredths of the width; `reason` is None for the lighter ones taken together."""

    reason: Evidence | None
    weight: float
    begin: float
    width: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps, where even odds stand (`zero`, in hundredths of the width), the sum, and what was taken together."""

    steps: tuple[Step, ...]
    total: Step
    zero: float
    light: tuple[Evidence, ...]


def waterfall_of(evidence: Sequence[Evidence]) -> Waterfall:
    """Lays evidence out: what was held beforehand, then the heaviest facts, then the lighter ones as one step."""
    first = [one for one in evidence if one.field in BEFOREHAND]
    facts = sorted((one for one in evidence if one.field not in BEFOREHAND), key=lambda one: -abs(one.weight))
    heavy, light = facts[:HEAVIEST], facts[HEAVIEST:]
    weights: list[tuple[Evidence | None, float]] = [(one, one.weight) for one in (*first, *heavy)]
    if light:
        weights.append((None, sum(one.weight for one in light)))
    ends = [0.0]
    for _, weight in weights:
        ends.append(ends[-1] + weight)
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0

    def bar(reason: Evidence | None, start: float, end: float) -> Step:
        begin, width = 100 * (min(start, end) - low) / span, 100 * abs(end - start) / span
        return Step(reason, end - start, round(begin, 1), round(width, 1))

    steps = tuple(bar(reason, start, end) for (reason, _), start, end in zip(weights, ends, ends[1:], strict=False))
    return Waterfall(steps, bar(None, 0.0, ends[-1]), round(100 * -low / span, 1), tuple(light))
