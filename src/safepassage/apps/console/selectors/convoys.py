"""Convoys of the published plan at the checkpoints that they pass: what a counterpart sheet is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from safepassage.apps.movement.loads import LegLoad, legs_load
from safepassage.apps.movement.selectors import network_of_plan, plan_record_now
from safepassage.core.errors import NotFoundError
from safepassage.core.passes import Convoy, ConvoyVehicle

WINDOW = timedelta(minutes=30)
"""A sheet holds this much before and after the planned passage."""


@dataclass(frozen=True, slots=True)
class ConvoyVehicleLine:
    """One vehicle of a convoy: its leg, what we call it, and how many are booked on it."""

    leg: str
    vehicle: str
    heads: int


@dataclass(frozen=True, slots=True)
class ConvoyLine:
    """One convoy through one checkpoint."""

    reference: str
    checkpoint: str
    at: datetime
    vehicles: tuple[ConvoyVehicleLine, ...]

    @property
    def heads(self) -> int:
        """All heads of the convoy."""
        return sum(vehicle.heads for vehicle in self.vehicles)

    def convoy(self, plates: Mapping[str, str]) -> Convoy:
        """The convoy with the plates of its vehicles, by leg; a vehicle without people stays at home."""
        return Convoy(
            reference=self.reference,
            checkpoint=self.checkpoint,
            window_start=self.at - WINDOW,
            window_end=self.at + WINDOW,
            vehicles=tuple(
                ConvoyVehicle(plates.get(one.leg, "").strip(), one.heads) for one in self.vehicles if one.heads
            ),
        )


def convoys_now() -> list[ConvoyLine]:
    """Every convoy with people on it, at each checkpoint that it passes, by time; none without a published plan."""
    if plan_record_now() is None:
        return []
    loads: dict[str, LegLoad] = {load.leg: load for load in legs_load()}
    groups: dict[tuple[str, str], tuple[datetime, list[ConvoyVehicleLine]]] = {}
    for leg in network_of_plan().legs:
        for passage in leg.passages:
            found = groups.setdefault((leg.convoy or leg.id, passage.point), (passage.at, []))
            found[1].append(ConvoyVehicleLine(leg.id, leg.vehicle, loads[leg.id].booked))
    lines = [
        ConvoyLine(reference, checkpoint, at, tuple(vehicles))
        for (reference, checkpoint), (at, vehicles) in groups.items()
    ]
    return sorted((line for line in lines if line.heads), key=lambda line: (line.at, line.reference))


def convoy_at(reference: str, checkpoint: str) -> ConvoyLine:
    """One convoy at one checkpoint.

    Raises:
        NotFoundError: the published plan has none.
    """
    for line in convoys_now():
        if (line.reference, line.checkpoint) == (reference, checkpoint):
            return line
    raise NotFoundError("The published plan has no such convoy.", advice="Load the page again.")
