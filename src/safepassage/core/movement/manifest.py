"""The manifest of a leg: closed, numbered, corrected by a new version."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.errors import NotFoundError
from safepassage.core.ids import LegId
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Manifest, ManifestLine, Plan
from safepassage.core.movement.plan_text import digest_manifest


def manifest_of(network: Network, plan: Plan, leg: LegId, *, previous: Manifest | None = None) -> Manifest:
    """Who is on the leg by this plan, in policy order.

    With `previous`, equal lines give `previous` back, others its version + 1. The digest covers everything in it.

    Raises:
        NotFoundError: no such leg in the network.
    """
    seats = next((known.seats for known in network.legs if known.id == leg), None)
    if seats is None:
        raise NotFoundError("There is no such leg in the network.", where=leg, advice="Check the leg's id.")
    aboard = sorted(
        (assignment for assignment in plan.assignments if leg in assignment.legs),
        key=lambda assignment: (assignment.tier, assignment.rank, assignment.party),
    )
    lines = tuple(ManifestLine(number, a.party, a.heads, a.tier) for number, a in enumerate(aboard, start=1))
    if previous is not None and (previous.leg, previous.lines, previous.seats) == (leg, lines, seats):
        return previous
    manifest = Manifest(
        leg=leg,
        version=previous.version + 1 if previous else 1,
        plan=plan.id,
        lines=lines,
        heads=sum(line.heads for line in lines),
        seats=seats,
        digest="",
    )
    return replace(manifest, digest=digest_manifest(manifest))
