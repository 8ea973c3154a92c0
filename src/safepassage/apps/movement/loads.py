"""How full each leg is, by the published plan or by one that is only made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.movement.bookings import booking_legs
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.selectors import network_of_plan
from safepassage.core.ids import LegId, PointId
from safepassage.core.movement import Network, Plan


@dataclass(frozen=True, slots=True)
class LegLoad:
    """How full one leg of the published plan is; `by_tier` are heads of each tier."""

    leg: LegId
    mode: str
    origin: PointId
    destination: PointId
    departs: datetime
    arrives: datetime
    seats: int
    booked: int
    by_tier: tuple[tuple[int, int], ...]


def legs_load() -> list[LegLoad]:
    """Every leg of the published plan with its load, by departure.

    Raises:
        NotFoundError: no plan is published.
    """
    heads: dict[str, Counter[int]] = {}
    for party, legs, tier, people in Booking.objects.values_list("party", "legs", "tier", "heads"):
        for leg in booking_legs(party, legs):
            heads.setdefault(leg, Counter())[tier] += people
    return _loads(network_of_plan(), heads)


def plan_load(network: Network, plan: Plan) -> list[LegLoad]:
    """Every leg of a network with its load by one plan, published or not, by departure."""
    heads: dict[str, Counter[int]] = {}
    for assignment in plan.assignments:
        for leg in assignment.legs:
            heads.setdefault(leg, Counter())[assignment.tier] += assignment.heads
    return _loads(network, heads)


def _loads(network: Network, heads: Mapping[str, Counter[int]]) -> list[LegLoad]:
    return [
        LegLoad(
            leg=leg.id,
            mode=leg.mode.value,
            origin=leg.origin,
            destination=leg.destination,
            departs=leg.departs,
            arrives=leg.arrives,
            seats=leg.seats,
            booked=sum(heads.get(leg.id, Counter()).values()),
            by_tier=tuple(sorted(heads.get(leg.id, Counter()).items())),
        )
        for leg in sorted(network.legs, key=lambda leg: (leg.departs, leg.id))
    ]
