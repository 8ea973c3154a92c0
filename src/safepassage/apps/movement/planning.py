"""A plan on a network, as all that holds now makes it: whoever waits, who stays away, the seats kept, the policy.

Made for good (`services.plan_make`) or to see what a change would bring (`what_if`): the same plan in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.movement.demands import demands_now
from safepassage.apps.movement.no_shows import no_show_rates, overbooking_rule
from safepassage.apps.movement.reserves import seats_keep
from safepassage.apps.movement.selectors import plan_read, plan_record_now
from safepassage.core.movement import (
    CheckReport,
    Demand,
    KeptSeats,
    Method,
    Network,
    NoShowRates,
    Plan,
    check_plan,
    plan_movement,
    plan_overbooked,
)
from safepassage.core.policy import Overbooking

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, what it was made of, and what the judge says of it.

    Attributes:
        network: The network with the seats kept on it.
        booked: The same with as many seats as may be booked: more than there are, where people stay away.
    """

    plan: Plan
    network: Network
    booked: Network
    demands: tuple[Demand, ...]
    kept: tuple[KeptSeats, ...]
    report: CheckReport


@dataclass(frozen=True, slots=True)
class Basis:
    """What plans of one moment are made from: the plan that stands, who stays away, and the policy's rule."""

    now: datetime
    previous: Plan | None
    rates: NoShowRates
    rule: Overbooking | None

    def planned(
        self, network: Network, *, method: Method, seconds: float, progress: Progress | None = None, many: int = 0
    ) -> Planned:
        """The plan on a network for everyone who stands in a tier.

        Args:
            network: As it is recorded.
            method: How it is looked for.
            seconds: For how long at most.
            progress: Is told how far it is.
            many: Of more parties than these, the quick way; 0: never.
        """
        values, kept = seats_keep(network, now=self.now)
        demands = demands_now(values, now=self.now)
        way = Method.GREEDY if many and len(demands) > many else method

        def make(booked: Network) -> Plan:
            return plan_movement(
                booked,
                demands,
                now=self.now,
                previous=self.previous,
                method=way,
                time_limit_seconds=seconds,
                progress=progress,
            )

        plan, booked = plan_overbooked(
            values, demands, rates=self.rates, rule=self.rule, make=make, previous=self.previous
        )
        report = check_plan(booked, demands, plan, previous=self.previous)
        return Planned(plan, values, booked, demands, kept, report)


def basis_now(now: datetime) -> Basis:
    """What a plan of this moment is made from."""
    standing = plan_record_now()
    return Basis(now, plan_read(standing) if standing else None, no_show_rates(now=now), overbooking_rule(now))
