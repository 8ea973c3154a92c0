"""Overbooking: heads beyond the seats, only so far that hardly ever somebody who came is left standing.

How many of those booked on a leg come is worked out exactly from their parties' sizes and their rates, with the doubt
about the rates. Lap infants are heads like everybody. What is added is reckoned as if it surely came, and the plan
that comes of it is looked at again, leg by leg, before it is given back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from safepassage.core.ids import LegId
from safepassage.core.movement.demand import Commitment, Demand
from safepassage.core.movement.linear import Floats
from safepassage.core.movement.network import Mode, Network
from safepassage.core.movement.no_shows import Expected, NoShowRate, NoShowRates, notice_of
from safepassage.core.movement.plan import Plan
from safepassage.core.policy import Overbooking

NODES = 40
"""Rates that stand for the doubt about one, each as likely as the others."""
ROUNDS = 4
"""How often extra seats are cut down before a leg that still breaks the limit gets none."""


@dataclass(frozen=True, slots=True)
class LegRisk:
    """One leg with somebody booked: seats, heads booked, the chance that more come than it seats, who stays away.

    `empty_likely`: seats that stay empty nine times of ten at least. `rate_low` and `rate_high` are the least and the
    most of the rates' intervals of those aboard.
    """

    leg: LegId
    seats: int
    booked: int
    bump_chance: float
    empty_likely: int
    rate: float
    rate_low: float
    rate_high: float
    is_last: bool

    @property
    def beyond(self) -> int:
        """Heads booked beyond the seats."""
        return max(0, self.booked - self.seats)


def coming_heads(parties: Sequence[tuple[int, NoShowRate]]) -> Floats:
    """How likely each number of heads is to come, from none to all: `parties` are heads and rate of each.

    The rates are in doubt together (a bad day is bad for all), which makes many and few more likely than if each
    were in doubt by itself.
    """
    shares = (np.arange(NODES) + 0.5) / NODES
    nodes: dict[tuple[float, float], Floats] = {}
    heads = sum(size for size, _ in parties)
    chance = np.zeros((NODES, heads + 1))
    chance[:, 0] = 1.0
    reached = 0
    for size, rate in parties:
        key = (rate.a, rate.b)
        if key not in nodes:
            nodes[key] = np.array([rate.quantile(share) for share in shares])
        away = nodes[key][:, None]
        new = chance * away
        new[:, size : reached + size + 1] += chance[:, : reached + 1] * (1 - away)
        chance, reached = new, reached + size
    mean: Floats = chance.mean(axis=0)
    return mean


def bump_chance(coming: Floats, seats: int) -> float:
    """The chance that more come than there are seats."""
    return float(coming[seats + 1 :].sum())


def empty_likely(coming: Floats, seats: int) -> int:
    """Seats that stay empty nine times of ten at least."""
    at_most = int(np.searchsorted(np.cumsum(coming), 0.9 - 1e-9))
    return max(0, seats - at_most)


def leg_risks(network: Network, demands: Sequence[Demand], plan: Plan, rates: NoShowRates) -> tuple[LegRisk, ...]:
    """Each leg on which somebody is booked, by departure. `network` is that with the real seats."""
    legs = {leg.id: leg for leg in network.legs}
    aboard = _aboard(network, demands, plan, rates)
    last = last_legs(network)
    risks = []
    for key in sorted((key for key in aboard if key in legs), key=lambda key: (legs[key].departs, key)):
        coming = coming_heads(aboard[key])
        booked, seats = len(coming) - 1, legs[key].seats
        mean = sum(size * rate.mean for size, rate in aboard[key]) / booked if booked else 0.0
        low, high = min(rate.low for _, rate in aboard[key]), max(rate.high for _, rate in aboard[key])
        chance, empty = bump_chance(coming, seats), empty_likely(coming, seats)
        risks.append(LegRisk(key, seats, booked, chance, empty, mean, low, high, key in last))
    return tuple(risks)


def _aboard(
    network: Network, demands: Sequence[Demand], plan: Plan, rates: NoShowRates
) -> dict[LegId, list[tuple[int, NoShowRate]]]:
    """Heads and rate of each party on each leg; who stays away from the first leg is missing on the later ones."""
    legs = {leg.id: leg for leg in network.legs}
    told = {demand.party: demand.told_at for demand in demands}
    aboard: defaultdict[LegId, list[tuple[int, NoShowRate]]] = defaultdict(list)
    for one in plan.assignments:
        first = legs.get(one.legs[0]) if one.legs else None
        if first is not None:
            notice = notice_of(first.departs - (told.get(one.party) or plan.now))
            rate = rates.of(Expected(first.mode.value, one.start, notice))
            for leg in one.legs:
                aboard[leg].append((one.heads, rate))
    return aboard


def last_legs(network: Network) -> frozenset[LegId]:
    """Legs that take people to where a movement may end."""
    ends = frozenset(network.ending_points)
    return frozenset(leg.id for leg in network.legs if leg.destination in ends and leg.origin not in ends)


def with_extra_seats(network: Network, extra: Mapping[LegId, int]) -> Network:
    """The network as it may be booked: with heads beyond the seats."""
    return replace(network, legs=tuple(replace(leg, seats=leg.seats + extra.get(leg.id, 0)) for leg in network.legs))


def plan_overbooked(
    network: Network,
    demands: Sequence[Demand],
    *,
    rates: NoShowRates,
    rule: Overbooking | None,
    make: Callable[[Network], Plan],
    previous: Plan | None = None,
) -> tuple[Plan, Network]:
    """A plan that books beyond seats where the rule lets it, and the network as it was booked for the judge.

    `make` plans on a network. On every leg of the plan the chance that somebody who came finds no seat is at most
    the rule's. Nothing is overbooked before enough was seen to learn from. Legs on foot have no seats to fill.
    Whom `previous` told a place beyond the seats keeps it, whatever the rule says now: it was promised.
    """
    base = _promised(network, demands, previous) if previous is not None else {}
    usual = with_extra_seats(network, base)
    plan = make(usual)
    if rule is None or not rates.is_learnt:
        return plan, usual
    extra = _room(network, _aboard(network, demands, plan, rates), rule, base)
    for round_ in range(ROUNDS + 1):
        if not extra:
            break
        booked = with_extra_seats(network, base | extra)
        better = make(booked)
        over = [
            risk.leg
            for risk in leg_risks(network, demands, better, rates)
            if risk.beyond > base.get(risk.leg, 0) and risk.bump_chance > rule.bumped_at_most
        ]
        if not over:
            return (better, booked) if _people(better) >= _people(plan) else (plan, usual)
        for leg in over:
            extra[leg] = extra[leg] // 2 if round_ < ROUNDS - 1 else 0
        extra = {leg: more for leg, more in extra.items() if more > base.get(leg, 0)}
    return plan, usual


def _promised(network: Network, demands: Sequence[Demand], previous: Plan) -> dict[LegId, int]:
    """Heads beyond the seats of each leg that were told their place on it."""
    told = {demand.party for demand in demands if demand.commitment is not Commitment.FREE}
    heads: defaultdict[LegId, int] = defaultdict(int)
    for one in previous.assignments:
        for leg in one.legs if one.party in told else ():
            heads[leg] += one.heads
    return {leg.id: heads[leg.id] - leg.seats for leg in network.legs if heads[leg.id] > leg.seats}


def _people(plan: Plan) -> tuple[int, ...]:
    return tuple(tier.people for tier in plan.tiers)


def _room(
    network: Network,
    aboard: Mapping[LegId, list[tuple[int, NoShowRate]]],
    rule: Overbooking,
    base: Mapping[LegId, int],
) -> dict[LegId, int]:
    """Heads beyond the seats of each leg, more than `base`, that may be booked if all of those came for sure."""
    legs = {leg.id: leg for leg in network.legs}
    barred = frozenset() if rule.stand_by is not None else last_legs(network)
    extra = {}
    for key, parties in aboard.items():
        if key in legs and key not in barred and legs[key].mode is not Mode.FOOT:
            coming = coming_heads(parties)
            sure = int(np.searchsorted(np.cumsum(coming), 1 - rule.bumped_at_most))
            more = len(coming) - 1 - sure
            if more > base.get(key, 0):
                extra[key] = more
    return extra
