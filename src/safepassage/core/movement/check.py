"""The judge: an independent check of a plan. Imports nothing that plans."""

from __future__ import annotations

from collections.abc import Sequence

from safepassage.core.movement.demand import Demand
from safepassage.core.movement.faults import CheckReport
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Plan


def check_plan(
    network: Network, demands: Sequence[Demand], plan: Plan, *, previous: Plan | None = None
) -> CheckReport:
    """Everything wrong with a plan, recomputed from the values alone."""
    raise NotImplementedError
