"""The reserves of a policy as reserves of a network: which seats of which legs are kept for whom, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import floor

from safepassage.core.ids import LegId
from safepassage.core.movement.network import Leg, Network, Reserve, ReserveOrder
from safepassage.core.policy import Reserve as PolicyReserve
from safepassage.core.policy import ReservePer


@dataclass(frozen=True, slots=True)
class KeptSeats:
    """Seats kept for a group, and until when (aware UTC); of a day's legs together, when the last is released."""

    reserve: Reserve
    until: datetime


def with_reserves(
    network: Network,
    reserves: Sequence[PolicyReserve],
    now: datetime,
    released: Collection[tuple[str, LegId]] = frozenset(),
) -> Network:
    """The network with the seats that a policy keeps (see `kept_seats`), in place of any reserves that it had."""
    return replace(network, reserves=tuple(one.reserve for one in kept_seats(network, reserves, now, released)))


def kept_seats(
    network: Network,
    reserves: Sequence[PolicyReserve],
    now: datetime,
    released: Collection[tuple[str, LegId]] = frozenset(),
) -> tuple[KeptSeats, ...]:
    """The seats that a policy keeps on a network at a moment.

    Seats are kept on the legs that take people out: to a point where a movement may end, from one where it may not.
    A share counts whole seats, rounded down. From `release_hours` before a leg's freeze (or departure, where it has
    none) on, its seats are nobody's: a reserve per leg ends there, and one per day no longer counts the leg. The same
    holds at once of a leg that somebody released (`released`: the policy's reserve and the leg).
    """
    ends = frozenset(network.ending_points)
    out = [leg for leg in network.legs if leg.destination in ends and leg.origin not in ends]
    made: list[KeptSeats] = []
    for reserve in reserves:
        held = [leg for leg in out if now < _released_at(leg, reserve) and (reserve.id, leg.id) not in released]
        for name, legs in _spans(held, reserve, timedelta(minutes=network.utc_offset_minutes)).items():
            seats = sum(leg.seats for leg in legs)
            kept = min(reserve.seats if reserve.seats is not None else floor((reserve.share or 0.0) * seats), seats)
            if kept > 0:
                order = ReserveOrder(reserve.use.value)
                ids = tuple(leg.id for leg in legs)
                of_network = Reserve(f"{reserve.id}/{name}", reserve.id, kept, ids, order)
                made.append(KeptSeats(of_network, max(_released_at(leg, reserve) for leg in legs)))
    return tuple(made)


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
