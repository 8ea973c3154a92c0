"""How full each leg is, by the published plan or by one that is only made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.bookings import booking_legs
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.selectors import network_of_plan
from safepassage.core.ids import LegId, PartyId, PersonId, PointId
from safepassage.core.ledger.whereabouts import people_unseated
from safepassage.core.movement import Network, Plan


@dataclass(frozen=True, slots=True)
class LegLoad:
    """How full one leg of the published plan is; `by_tier` are heads of each tier.

    `booked` are those who hold a seat and need it, everywhere that a page or report says so; `lapsed` hold one that
    nobody sits on: they refused, died, were lost or closed since. The next plan gives these seats away.
    """

    leg: LegId
    mode: str
    origin: PointId
    destination: PointId
    departs: datetime
    arrives: datetime
    seats: int
    booked: int
    by_tier: tuple[tuple[int, int], ...]
    lapsed: int = 0

    @property
    def held(self) -> int:
        """Every seat that a booking holds."""
        return self.booked + self.lapsed


def legs_load() -> list[LegLoad]:
    """Every leg of the published plan with its load, by departure.

    Raises:
        NotFoundError: no plan is published.
    """
    heads: dict[str, Counter[int]] = {}
    lapsed: Counter[str] = Counter()
    gone = seats_lapsed()
    for party, legs, tier, people in Booking.objects.values_list("party", "legs", "tier", "heads"):
        left = min(gone.get(PartyId(party), 0), people)
        for leg in booking_legs(party, legs):
            heads.setdefault(leg, Counter())[tier] += people - left
            lapsed[leg] += left
    return _loads(network_of_plan(), heads, lapsed)


def seats_lapsed() -> dict[PartyId, int]:
    """How many of a party hold a seat of the published plan and need it no more (`people_unseated`).

    Cost: the state, and the bookings of the parties that these people are in.
    """
    state = state_now()
    unseated = people_unseated(state)
    parties = {str(party) for person in unseated for party in state.people[person].parties}
    lapsed = {}
    for party, persons in Booking.objects.filter(party__in=parties).values_list("party", "persons"):
        if not is_damaged(persons):
            people = {state.redirects.get(PersonId(one), PersonId(one)) for one in persons}
            lapsed[PartyId(party)] = len(people & unseated)
    return {party: people for party, people in lapsed.items() if people}


def plan_load(network: Network, plan: Plan) -> list[LegLoad]:
    """Every leg of a network with its load by one plan, published or not, by departure."""
    heads: dict[str, Counter[int]] = {}
    for assignment in plan.assignments:
        for leg in assignment.legs:
            heads.setdefault(leg, Counter())[assignment.tier] += assignment.heads
    return _loads(network, heads)


def _loads(
    network: Network, heads: Mapping[str, Counter[int]], lapsed: Mapping[str, int] = MappingProxyType({})
) -> list[LegLoad]:
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
            by_tier=tuple(sorted((tier, people) for tier, people in heads.get(leg.id, Counter()).items() if people)),
            lapsed=lapsed.get(leg.id, 0),
        )
        for leg in sorted(network.legs, key=lambda leg: (leg.departs, leg.id))
    ]
