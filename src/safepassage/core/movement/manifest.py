"""The manifest of a leg: closed, numbered, corrected by a new version."""

from __future__ import annotations

from safepassage.core.ids import LegId
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Manifest, Plan


def manifest_of(network: Network, plan: Plan, leg: LegId, *, previous: Manifest | None = None) -> Manifest:
    """Who is on the leg by this plan, in policy order.

    With `previous`, equal content gives `previous` back, other content its version + 1.

    Raises:
        NotFoundError: no such leg in the network.
    """
    raise NotImplementedError
