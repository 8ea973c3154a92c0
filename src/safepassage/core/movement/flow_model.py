"""What a model of flows is: its kinds of people, its program, and what the columns mean."""

from __future__ import annotations

from dataclasses import dataclass

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.linear import LinearProgram
from safepassage.core.movement.parties import EarliestStart
from safepassage.core.people import Need


@dataclass(frozen=True, slots=True)
class FlowKind:
    """What parties share that flow together: legs they may ride, ends, groups, needs."""

    legs: frozenset[LegId]
    destinations: tuple[PointId, ...]
    groups: tuple[str, ...]
    needs: tuple[Need, ...]
    size_band: int
    """Of parties with needs: small, middling or large, since care counts per case."""


@dataclass(slots=True)
class FlowModel:
    """The program and what its columns mean."""

    program: LinearProgram
    tiers: tuple[int, ...]
    sources: dict[int, list[int]]
    """By tier, the columns that count people who set out."""
    people: dict[int, int]
    """By tier, the people whom these columns could count."""
    kind_of: dict[int, FlowKind]
    """By the identity of a class (`Draft.classes`)."""
    leg_columns: dict[FlowKind, dict[LegId, int]]
    window_columns: dict[FlowKind, dict[tuple[PointId, int], int]]
    """By access point and hour, who came by a leg and is let through in the block of hours that holds it."""
    enter_columns: dict[FlowKind, dict[tuple[PointId, int], int]]
    """The same for who begins there."""
    onward_columns: dict[FlowKind, dict[LegId, int]]
    """By leg that comes to a point where the movement may end or go on: who goes on."""
    start_columns: dict[tuple[FlowKind, tuple[EarliestStart, ...], int], list[int]]
    """By kind, starts and tier: who sets out from each of the starts."""
    resource_rows: dict[int, int]
    """By resource (`Capacities.resources`): its row. The last hour of a block of access hours stands for it."""
