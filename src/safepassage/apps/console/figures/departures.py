"""Departures with their load: the next ones, and the whole timeline by tier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.movement.loads import LegLoad, legs_load
from safepassage.core.errors import NotFoundError

TIERS = 5
"""Tiers with a colour of their own; later ones share the last."""
LABELS = 36
"""Departures named under the chart at most; of more every second, third ... one is."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One leg, how full it is in percent, and its tiers as shares of the seats (tier, heads, percent)."""

    load: LegLoad
    percent: int
    shares: tuple[tuple[int, int, float], ...]

    @property
    def level(self) -> str:
        """How the load is to be read: full is good, empty is worth a look."""
        return "good" if self.percent >= 85 else "warn" if self.percent < 40 else ""


def loads_booked() -> list[LegLoad]:
    """The legs of the published plan on which somebody is booked, by departure; none if no plan is published."""
    try:
        return [load for load in legs_load() if load.booked]
    except NotFoundError:
        return []


def departures_after(loads: list[LegLoad], at: datetime, *, limit: int) -> tuple[list[Departure], bool]:
    """The next of these legs after a moment, and whether there are any.

    When all have left, the last ones are given instead.
    """
    coming = [load for load in loads if load.departs >= at]
    chosen = coming[:limit] or loads[-limit:]
    return [_departure(load) for load in chosen], bool(coming)


def departure_of(leg: str) -> Departure:
    """One leg of the published plan with its load.

    Raises:
        NotFoundError: no plan is published, or it has no such leg.
    """
    for load in legs_load():
        if load.leg == leg:
            return _departure(load)
    raise NotFoundError("The published plan has no such leg.", where=leg, advice="Choose one on the plan page.")


def _departure(load: LegLoad) -> Departure:
    seats = max(load.seats, load.booked, 1)
    shares = tuple((min(tier, TIERS), heads, round(100 * heads / seats, 1)) for tier, heads in load.by_tier)
    return Departure(load, round(100 * load.booked / seats), shares)


def timeline_options(
    loads: list[LegLoad], labels: list[str], *, tier_word: str, empty_word: str
) -> dict[str, object]:
    """Chart of the legs in the order of departure: heads by tier, stacked, and the seats that stay empty."""
    tiers = sorted({min(tier, TIERS) for load in loads for tier, _ in load.by_tier})
    series: list[dict[str, object]] = [
        {
            "name": f"{tier_word} {tier}",
            "type": "bar",
            "stack": "seats",
            "barMaxWidth": 26,
            "itemStyle": {"color": f"--tier-{tier}"},
            "data": [sum(heads for one, heads in load.by_tier if min(one, TIERS) == tier) for load in loads],
        }
        for tier in tiers
    ]
    series.append(
        {
            "name": empty_word,
            "type": "bar",
            "stack": "seats",
            "barMaxWidth": 26,
            "itemStyle": {"color": "--raised", "borderColor": "--line-strong", "borderWidth": 1},
            "data": [max(0, load.seats - load.booked) for load in loads],
        }
    )
    return {
        "grid": {"left": 96, "right": 20, "top": 40, "bottom": 132, "outerBoundsMode": "none"},
        "legend": {"top": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "category",
            "data": labels,
            "axisLabel": {
                "rotate": 50,
                "fontSize": 11,
                "hideOverlap": True,
                "interval": max(0, -(-len(labels) // LABELS) - 1),
            },
        },
        "yAxis": {"type": "value", "minInterval": 1},
        "series": series,
    }
