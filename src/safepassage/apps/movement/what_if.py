"""What a change of the network would bring, before it is real; and making it real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from safepassage.apps.movement.models import NetworkRecord
from safepassage.apps.movement.planning import basis_now
from safepassage.apps.movement.selectors import network_read, network_record_now
from safepassage.apps.movement.services import network_keep
from safepassage.core.ids import LegId, PointId
from safepassage.core.movement import (
    Commitment,
    Method,
    Network,
    PlanDiff,
    Window,
    cancel_leg,
    close_point,
    compare_plans,
    move_leg,
)
from safepassage.core.movement.soundness import require_sound

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
    basis = basis_now(now)
    was, will = (
        basis.planned(one, method=Method.AUTO, seconds=SECONDS, many=MANY)
        for one in (network, change.applied_to(network))
    )
    before, after = was.plan, will.plan
    diff = compare_plans(before, after)
    told = {one.party for one in was.demands if one.commitment is not Commitment.FREE}
    now_in, then_in = ({one.tier: one.people for one in plan.tiers} for plan in (before, after))
    every = sorted(now_in.keys() | then_in.keys())
    tiers = tuple(TierEffect(tier, now_in.get(tier, 0), then_in.get(tier, 0)) for tier in every)
    missed = sum(one.heads for one in diff.changes if one.party in told)
    return Effect(tiers, diff, missed, len(will.report.faults))


def change_adopt(change: Change, *, account: str, now: datetime) -> NetworkRecord:
    """Records the network with the change as the one that holds; no plan is changed until one is made and published.

    Raises:
        NotFoundError: no network is known, or it has no such leg or point.
        ProblemsError: the changed network contradicts itself; nothing is recorded.
    """
    network = change.applied_to(network_read(network_record_now()))
    require_sound(network, ())
    return network_keep(network=network, account=account, now=now)
