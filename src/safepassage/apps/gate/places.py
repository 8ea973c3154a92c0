"""Where a device of each role can stand: known once a network is recorded; before that nobody can tell."""

from __future__ import annotations

from safepassage.apps.gate.models import Device
from safepassage.apps.movement.selectors import network_read, network_record_now
from safepassage.apps.passes.selectors import passes_living
from safepassage.core.errors import NotFoundError
from safepassage.core.movement import PointKind

NEED_POINT = frozenset({Device.Role.BUS, Device.Role.STAGING_BASE})
"""Roles that get keys and manifests of one point or none: a rover's keys without a point are those of all."""
CHECKING = frozenset({Device.Role.ACCESS_POINT, Device.Role.ROVER})
_KINDS: dict[str, frozenset[PointKind]] = {
    Device.Role.ACCESS_POINT: frozenset({PointKind.ACCESS_POINT}),
    Device.Role.ROVER: frozenset({PointKind.ACCESS_POINT}),
    Device.Role.BUS: frozenset(PointKind) - {PointKind.COUNTERPART_CHECKPOINT},
    Device.Role.STAGING_BASE: frozenset({PointKind.STAGING_BASE}),
}
"""A bus is any vehicle that is loaded: it stands wherever legs begin or end."""


def places_of_role(role: str) -> list[str] | None:
    """Ids of the points at which a device of this role can work; None before a network is recorded.

    Where passes are checked counts, besides the access points, wherever a living pass is for.
    """
    try:
        network = network_read(network_record_now())
    except NotFoundError:
        return None
    found = {str(point.id) for point in network.points if point.kind in _KINDS.get(role, frozenset())}
    if role in CHECKING:
        found.update(passes_living().order_by().values_list("access_point", flat=True).distinct())
    return sorted(found)
