"""The reserves of a policy as reserves of a network: which seats of which legs are kept for whom, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import floor

from safepassage.core.movement.network import Leg, Network, Reserve, ReserveOrder
from safepassage.core.policy import Reserve as PolicyReserve
from safepassage.core.policy import ReservePer


def with_reserves(network: Network, reserves: Sequence[PolicyReserve], now: datetime) -> Network:
    """The network with the seats that a policy keeps, in place of any reserves that it had.

    Seats are kept on the legs that take people out: to a point where a movement may end, from one where it may not.
    A share counts whole seats, rounded down. From `release_hours` before a leg's freeze (or departure, where it has
    none) on, its seats are nobody's: a reserve per leg ends there, and one per day no longer counts the leg.
    """
    ends = frozenset(network.ending_points)
    out = [leg for leg in network.legs if leg.destination in ends and leg.origin not in ends]
    made: list[Reserve] = []
    for reserve in reserves:
        held = [leg for leg in out if now < _released_at(leg, reserve)]
        for name, legs in _spans(held, reserve, timedelta(minutes=network.utc_offset_minutes)).items():
            seats = sum(leg.seats for leg in legs)
            kept = reserve.seats if reserve.seats is not None else floor((reserve.share or 0.0) * seats)
            if min(kept, seats) > 0:
                made.append(
                    Reserve(
                        f"{reserve.id}/{name}",
                        reserve.id,
                        min(kept, seats),
                        tuple(leg.id for leg in legs),
                        ReserveOrder(reserve.use.value),
                    )
                )
    return replace(network, reserves=tuple(made))


def _released_at(leg: Leg, reserve: PolicyReserve) -> datetime:
    return (leg.freezes_at or leg.departs) - timedelta(hours=reserve.release_hours)


def _spans(legs: Sequence[Leg], reserve: PolicyReserve, offset: timedelta) -> dict[str, list[Leg]]:
    """Each leg by itself, or all of a day (of the operation's clock) together."""
    if reserve.per is ReservePer.LEG:
        return {leg.id: [leg] for leg in legs}
    days: defaultdict[date, list[Leg]] = defaultdict(list)
    for leg in legs:
        days[(leg.departs + offset).date()].append(leg)
    return {day.isoformat(): some for day, some in sorted(days.items())}
