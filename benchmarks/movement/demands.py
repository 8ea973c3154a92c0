"""Invented parties for a network that comes without any."""

from __future__ import annotations

import numpy as np

from safepassage.core.ids import PartyId
from safepassage.core.movement import Cases, Demand, Network, PointKind, Start
from safepassage.core.people import Need

SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 11)
SIZE_SHARES = (0.2, 0.2, 0.2, 0.15, 0.1, 0.06, 0.04, 0.03, 0.01, 0.01)
TIER_SHARES = (0.15, 0.2, 0.35, 0.3)


def invent_demands(network: Network, parties: int, seed: int) -> tuple[Demand, ...]:
    """Parties of one to eleven heads in four tiers, most at rally points, some at access points, a few with needs."""
    rng = np.random.default_rng(seed)
    rally = [point.id for point in network.points if point.kind is PointKind.RALLY_POINT]
    access = [point.id for point in network.points if point.kind is PointKind.ACCESS_POINT]
    demands = []
    for index in range(parties):
        heads = int(rng.choice(SIZES, p=SIZE_SHARES))
        starts = access if rng.random() < 0.12 or not rally else rally
        cases = (Cases(Need.WHEELCHAIR, 1),) if rng.random() < 0.03 else ()
        demands.append(
            Demand(
                party=PartyId(f"PA-{index:06d}"),
                heads=heads,
                tier=int(rng.choice(4, p=TIER_SHARES)) + 1,
                rank=index,
                starts=(Start(starts[int(rng.integers(len(starts)))], int(rng.choice([60, 120]))),),
                cases=cases,
            )
        )
    return tuple(demands)
