"""Who comes to which device when, and with what in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from safepassage.core.ids import PointId
from safepassage.core.movement import Window
from safepassage.core.sim.gateday.values import GateDevice, GateHabits, GateParty

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""Of base45 (RFC 9285)."""


class Bearer(StrEnum):
    """Who holds the pass up."""

    PARTY = "party"
    COPY = "copy"
    """Strangers with a copy."""
    FORGER = "forger"
    NOBODY = "nobody"
    """People without any pass."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One appearance before one device. `present` are places among the party's members."""

    at: datetime
    device: GateDevice
    bearer: Bearer
    text: str = ""
    party: GateParty | None = None
    present: tuple[int, ...] = ()
    extra_heads: int = 0
    attempt: int = 0
    """How often they have been here before."""
    rest: tuple[int, ...] = ()
    """Those who come later, by themselves."""
    is_returning: bool = True
    """Whether they come again when they are told to."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws the visits of one party. `by_point` are the devices of each access point."""

    rng: np.random.Generator
    habits: GateHabits
    by_point: dict[PointId, tuple[GateDevice, ...]]

    def visits_of(self, party: GateParty) -> list[Visit]:
        """What this party and those who have its pass will do; nothing for a no-show."""
        assignment, issued = party.assignment, party.issued
        assert assignment
        assert assignment.access_point
        assert assignment.access_window
        assert issued
        visits = self._strangers(party, assignment.access_point, assignment.access_window, issued.text)
        if self._happens(self.habits.no_show):
            return visits
        at = self._arrival(assignment.access_window)
        point = assignment.access_point
        others = [other for other in self.by_point if other != point]
        if others and self._happens(self.habits.wrong_gate):
            point = others[int(self.rng.integers(len(others)))]
        present, rest = self._who(party)
        visits.append(
            Visit(
                at,
                self._device(point),
                Bearer.PARTY,
                issued.text,
                party,
                present,
                extra_heads=int(self._happens(self.habits.extra_child)),
                rest=rest,
                is_returning=self._happens(0.8),
            )
        )
        if self._happens(self.habits.scanned_twice):
            again = at + timedelta(minutes=int(self.rng.integers(1, 12)))
            visits.append(Visit(again, self._device(point), Bearer.PARTY, issued.text, party, present, attempt=1))
        return visits

    def walk_in(self, window: Window, *, party: GateParty | None = None) -> Visit:
        """Somebody without a pass, at any access point."""
        points = list(self.by_point)
        device = self._device(points[int(self.rng.integers(len(points)))])
        present = tuple(range(len(party.members))) if party else ()
        return Visit(self._inside(window), device, Bearer.NOBODY, party=party, present=present)

    def at_point(self, visit: Visit, point: PointId, at: datetime) -> Visit:
        """The same people later, at this point."""
        return Visit(
            at,
            self._device(point),
            visit.bearer,
            visit.text,
            visit.party,
            visit.present,
            attempt=visit.attempt + 1,
            rest=visit.rest,
        )

    def _strangers(self, party: GateParty, point: PointId, window: Window, text: str) -> list[Visit]:
        visits: list[Visit] = []
        if self._happens(self.habits.copied):
            heads = int(self.rng.integers(1, 7))
            visits.append(
                Visit(self._inside(window), self._device(point), Bearer.COPY, text, party, extra_heads=heads)
            )
        if self._happens(self.habits.forged):
            forged = self._altered(text)
            heads = int(self.rng.integers(1, 7))
            visits.append(Visit(self._inside(window), self._device(point), Bearer.FORGER, forged, extra_heads=heads))
        return visits

    def _altered(self, text: str) -> str:
        at = int(self.rng.integers(len(text)))
        other = ALPHABET[(ALPHABET.index(text[at]) + 1 + int(self.rng.integers(len(ALPHABET) - 1))) % len(ALPHABET)]
        return text[:at] + other + text[at + 1 :]

    def _who(self, party: GateParty) -> tuple[tuple[int, ...], tuple[int, ...]]:
        everyone = tuple(range(len(party.members)))
        if len(everyone) > 1 and self._happens(self.habits.half):
            cut = int(self.rng.integers(1, len(everyone)))
            return everyone[:cut], everyone[cut:] if self._happens(0.6) else ()
        minors = [place for place in everyone if party.members[place].is_minor]
        if minors and len(minors) < len(everyone) and self._happens(self.habits.missing_child):
            lost = minors[int(self.rng.integers(len(minors)))]
            return tuple(place for place in everyone if place != lost), (lost,) if self._happens(0.5) else ()
        return everyone, ()

    def _arrival(self, window: Window) -> datetime:
        if self._happens(self.habits.early):
            return window.begins - timedelta(minutes=int(self.rng.integers(15, 180)))
        if self._happens(self.habits.late):
            return window.ends + timedelta(minutes=int(self.rng.integers(1, 180)))
        return self._inside(window)

    def _inside(self, window: Window) -> datetime:
        seconds = max(1, int((window.ends - window.begins).total_seconds()))
        return window.begins + timedelta(seconds=int(self.rng.integers(seconds)))

    def _device(self, point: PointId) -> GateDevice:
        devices: Sequence[GateDevice] = self.by_point[point]
        return devices[int(self.rng.integers(len(devices)))]

    def _happens(self, share: float) -> bool:
        return bool(self.rng.random() < share)
