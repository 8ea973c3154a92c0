"""The chance of a seat by party size within a tier: whether large parties go as often as small ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from safepassage.core.movement.plan import BlockCode, Plan

SIZES = ((1, 1), (2, 3), (4, 6), (7, 9), (10, 999))
"""Bands of heads, from and to, in which parties are told together: what a family hears of is its like."""


@dataclass(frozen=True, slots=True)
class SeatChance:
    """Parties of a tier and band of sizes: how many asked, how many have a place. `most` 999 means: or more.

    Parties on hold and without a tier are left aside: they can have no place whatever their size.
    """

    tier: int
    least: int
    most: int
    asked: int
    placed: int

    @property
    def percent(self) -> int:
        """Of a hundred such parties, so many have a place; rounded down, so that a hundred means all."""
        return 100 * self.placed // self.asked if self.asked else 0


def seat_chances(plan: Plan) -> tuple[SeatChance, ...]:
    """By tier, then by size, every band of which somebody asked."""
    placed = Counter((one.tier, _band(one.heads)) for one in plan.assignments)
    asked = Counter(placed)
    asked.update(
        (one.tier, _band(one.heads))
        for one in plan.unplaced
        if one.tier is not None and one.code is not BlockCode.HELD
    )
    return tuple(
        SeatChance(tier, *SIZES[band], asked[tier, band], placed[tier, band]) for tier, band in sorted(asked)
    )


def _band(heads: int) -> int:
    return next((number for number, (least, most) in enumerate(SIZES) if least <= heads <= most), 0)
