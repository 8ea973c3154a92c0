"""The truth of a simulated day: where everyone is. By the ledger's rules of precedence, written apart from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from safepassage.core.ids import DeviceId, PersonId
from safepassage.core.ledger import Stage


@dataclass(slots=True)
class Whereabouts:
    """Stage of everyone touched; when each was admitted, and by which devices."""

    stages: dict[PersonId, Stage] = field(default_factory=dict)
    admitted_at: dict[PersonId, datetime] = field(default_factory=dict)
    admissions: dict[PersonId, list[DeviceId]] = field(default_factory=dict)
    seen_at_gate: set[PersonId] = field(default_factory=set)

    def see(self, people: Iterable[PersonId], stage: Stage) -> None:
        """They were seen there: the furthest stage counts, and whatever stood beside the corridor ends."""
        for person in people:
            before = self.stages.get(person)
            if before is None or before.is_beside or stage.place > before.place:
                self.stages[person] = stage
            if stage is not Stage.UNDER_WAY:
                self.seen_at_gate.add(person)

    def admit(self, people: Iterable[PersonId], device: DeviceId, at: datetime) -> None:
        """They were let in; again changes nothing but the list of devices."""
        for person in people:
            self.see((person,), Stage.ADMITTED)
            self.admitted_at.setdefault(person, at)
            self.admissions.setdefault(person, []).append(device)

    def send_back(self, people: Iterable[PersonId], stage: Stage) -> None:
        """Turned away or not there: only whoever isn't inside."""
        for person in people:
            if person not in self.admitted_at and not self.is_past_gate(person):
                self.stages[person] = stage

    def hold(self, people: Iterable[PersonId], stage: Stage) -> None:
        """Missing: holds until somebody sees them."""
        for person in people:
            self.stages[person] = stage

    def is_past_gate(self, person: PersonId) -> bool:
        """Whether they were admitted or went further."""
        stage = self.stages.get(person)
        return stage is not None and stage.place >= Stage.ADMITTED.place

    def count(self, stage: Stage) -> int:
        """People who came at least as far."""
        return sum(found.place >= stage.place for found in self.stages.values())
