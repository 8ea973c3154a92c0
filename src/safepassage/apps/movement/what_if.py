"""What a change of the network would bring, before it is real; and making it real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from safepassage.apps.movement.demands import demands_now
from safepassage.apps.movement.models import NetworkRecord
from safepassage.apps.movement.no_shows import no_show_rates, overbooking_rule
from safepassage.apps.movement.reserves import seats_keep
from safepassage.apps.movement.selectors import network_read, network_record_now, plan_read, plan_record_now
from safepassage.apps.movement.services import network_keep
from safepassage.core.ids import LegId, PointId
from safepassage.core.movement import (
    Commitment,
    Demand,
    Method,
    Network,
    NoShowRates,
    Plan,
    PlanDiff,
    Window,
    cancel_leg,
    check_plan,
    close_point,
    compare_plans,
    move_leg,
    plan_movement,
    plan_overbooked,
)
from safepassage.core.movement.soundness import require_sound
from safepassage.core.policy import Overbooking

MANY = 3_000
"""Parties above which the effect is worked out by the quick plan; the real one is looked for in full."""
SECONDS = 5.0


class ChangeKind(StrEnum):
    """What is tried; closed."""

    MOVE = "move"
    CANCEL = "cancel"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the network: a leg moved by minutes or taken out, or a point closed from a moment for hours."""

    kind: ChangeKind
    leg: str = ""
    minutes: int = 0
    point: str = ""
    begins: datetime | None = None
    hours: int = 0

    def applied_to(self, network: Network) -> Network:
        """The network with the change.

        Raises:
            NotFoundError: the network has no such leg or point.
        """
        if self.kind is ChangeKind.MOVE:
            return move_leg(network, LegId(self.leg), timedelta(minutes=self.minutes))
        if self.kind is ChangeKind.CANCEL:
            return cancel_leg(network, LegId(self.leg))
        if self.begins is None:
            return network
        window = Window(self.begins, self.begins + timedelta(hours=self.hours))
        return close_point(network, PointId(self.point), window)


@dataclass(frozen=True, slots=True)
class TierEffect:
    """People of one tier with a place now and after the change."""

    tier: int
    before: int
    after: int

    @property
    def gain(self) -> int:
        """How many more go, or (below zero) fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would bring: people by tier, whose place changes, how many told people among them, faults."""

    tiers: tuple[TierEffect, ...]
    diff: PlanDiff
    told: int
    faults: int


def effect_of(change: Change, *, now: datetime) -> Effect:
    """Plans on the network as it is and as it would be, from the same moment and promises; writes nothing.

    Raises:
        NotFoundError: no network is known, or it has no such leg or point.
        ProblemsError: the changed network contradicts itself, such as a vehicle that is not back in time.
    """
    network = network_read(network_record_now())
    standing = plan_record_now()
    basis = _Basis(now, plan_read(standing) if standing else None, no_show_rates(now=now), overbooking_rule(now))
    before, demands, _ = basis.planned(network)
    after, _, faults = basis.planned(change.applied_to(network))
    diff = compare_plans(before, after)
    told = {one.party for one in demands if one.commitment is not Commitment.FREE}
    was, will = ({one.tier: one.people for one in plan.tiers} for plan in (before, after))
    tiers = tuple(TierEffect(tier, was.get(tier, 0), will.get(tier, 0)) for tier in sorted(was.keys() | will.keys()))
    return Effect(tiers, diff, sum(one.heads for one in diff.changes if one.party in told), faults)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What both plans are made from: the moment, the plan that stands, who stays away, and the policy's rule."""

    now: datetime
    previous: Plan | None
    rates: NoShowRates
    rule: Overbooking | None

    def planned(self, network: Network) -> tuple[Plan, tuple[Demand, ...], int]:
        """The plan on a network, whom it is for, and how many faults the judge finds."""
        values, _ = seats_keep(network, now=self.now)
        demands = demands_now(values, now=self.now)
        method = Method.GREEDY if len(demands) > MANY else Method.AUTO

        def make(booked: Network) -> Plan:
            return plan_movement(
                booked, demands, now=self.now, previous=self.previous, method=method, time_limit_seconds=SECONDS
            )

        plan, booked = plan_overbooked(
            values, demands, rates=self.rates, rule=self.rule, make=make, previous=self.previous
        )
        return plan, demands, len(check_plan(booked, demands, plan, previous=self.previous).faults)


def change_adopt(change: Change, *, account: str, now: datetime) -> NetworkRecord:
    """Records the network with the change as the one that holds; no plan is changed until one is made and published.

    Raises:
        NotFoundError: no network is known, or it has no such leg or point.
        ProblemsError: the changed network contradicts itself; nothing is recorded.
    """
    network = change.applied_to(network_read(network_record_now()))
    require_sound(network, ())
    return network_keep(network=network, account=account, now=now)
