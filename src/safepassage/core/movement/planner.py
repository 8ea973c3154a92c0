"""The planner's front door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from safepassage.core.movement.demand import Demand
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Method, Plan


def plan_movement(
    network: Network,
    demands: Sequence[Demand],
    *,
    now: datetime,
    previous: Plan | None = None,
    method: Method = Method.AUTO,
    time_limit_seconds: float = 10.0,
    progress: Callable[[float, str], None] | None = None,
) -> Plan:
    """A plan that gets the most people out, tier by tier: parties whole, capacities and windows held."""
    raise NotImplementedError
