"""What happens on the legs: setting out, boarding, departing, arriving; heads counted by eye."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import EventKind, Stage
from safepassage.core.movement import Leg, PointKind
from safepassage.core.people import AgeBand
from safepassage.core.sim.gateday.acts import Acts
from safepassage.core.sim.gateday.values import GateDevice, GateHabits, GateParty, GateScene
from safepassage.core.sim.gateday.whereabouts import Whereabouts

_PLACES = {
    PointKind.STAGING_BASE: ("staging-base", Stage.AT_STAGING_BASE),
    PointKind.SAFE_HAVEN: ("safe-haven", Stage.AT_SAFE_HAVEN),
}
_LEAST_BOARDING = timedelta(minutes=15)
_NEVER_EARLIER = timedelta(minutes=5)


@dataclass(slots=True)
class Legs:
    """The legs of the plan, run after the work at the access points is known."""

    rng: np.random.Generator
    scene: GateScene
    habits: GateHabits
    site: GateDevice
    acts: Acts
    people: Whereabouts
    _by_leg: dict[str, list[GateParty]] = field(default_factory=dict)
    _gone: set[PartyId] = field(default_factory=set)
    _travelling: dict[PartyId, tuple[PersonId, ...]] = field(default_factory=dict)

    def set_out(self, coming: dict[PartyId, datetime]) -> None:
        """Approach legs leave with those parties that come (with the moment of their first visit)."""
        legs = {leg.id: leg for leg in self.scene.network.legs}
        aboard: dict[str, list[tuple[PersonId, PartyId]]] = {}
        for party in self.scene.parties:
            approach, _ = split_legs(party, legs.values())
            if approach and party.party in coming and approach[0].departs < coming[party.party]:
                aboard.setdefault(approach[0].id, []).extend((one.person, party.party) for one in party.members)
        for leg_id, rows in sorted(aboard.items()):
            leg = next(leg for leg in self.scene.network.legs if leg.id == leg_id)
            self.acts.add(leg.departs, self.site, EventKind.PERSONS_SET_OUT, {"leg": leg.id, "rows": tuple(rows)})
            self.people.see([person for person, _ in rows], Stage.UNDER_WAY)

    def run(self) -> None:
        """Every leg after the access point, in the order of departure."""
        for party in self.scene.parties:
            _, onward = split_legs(party, self.scene.network.legs)
            for leg in onward:
                self._by_leg.setdefault(leg.id, []).append(party)
        for leg in sorted(self.scene.network.legs, key=lambda leg: (leg.departs, leg.id)):
            if leg.id in self._by_leg:
                self._run_leg(leg)

    def _run_leg(self, leg: Leg) -> None:
        boarding = leg.departs - max(_LEAST_BOARDING, timedelta(minutes=leg.boarding_minutes))
        rows: list[tuple[PersonId, PartyId]] = []
        lap_children = 0
        for party in self._by_leg[leg.id]:
            ready = self._ready(party, boarding)
            if not ready:
                self._gone.add(party.party)
                continue
            self._travelling[party.party] = ready
            rows += [(person, party.party) for person in ready]
            lap_children += sum(one.person in ready and one.age_band is AgeBand.INFANT for one in party.members)
        if not rows:
            return
        self._write_leg(leg, boarding, tuple(rows), lap_children)

    def _ready(self, party: GateParty, boarding: datetime) -> tuple[PersonId, ...]:
        """Who of the party is there to board: those of the leg before, or those admitted in time."""
        if party.party in self._gone or self.rng.random() < self.habits.drop_out:
            return ()
        if party.party in self._travelling:
            return self._travelling[party.party]
        members = tuple(member.person for member in party.members)
        if party.assignment is not None and party.assignment.access_point is None:
            return members if self.rng.random() >= self.habits.no_show else ()
        limit = boarding - _NEVER_EARLIER
        return tuple(
            one for one in members if one in self.people.admitted_at and self.people.admitted_at[one] < limit
        )

    def _write_leg(
        self, leg: Leg, boarding: datetime, rows: tuple[tuple[PersonId, PartyId], ...], lap_children: int
    ) -> None:
        who = [person for person, _ in rows]
        fresh = tuple(row for row in rows if self.people.stages.get(row[0]) is Stage.ADMITTED)
        if fresh:
            body = {"point": leg.origin, "rows": fresh}
            self.acts.add(boarding, self.site, EventKind.PERSONS_PROCESSED, body)
        half_way = boarding + (leg.departs - boarding) / 2
        self.acts.add(half_way, self.site, EventKind.PERSONS_BOARDED, {"leg": leg.id, "rows": rows})
        self.acts.add(leg.departs, self.site, EventKind.PERSONS_DEPARTED, {"leg": leg.id, "rows": rows})
        missed = lap_children if self.rng.random() < self.habits.miscounted else 0
        count = {"leg": leg.id, "count": len(rows) - missed, "owner": self.scene.owner, "method": "by-eye"}
        self.acts.add(leg.departs, self.site, EventKind.HEADS_COUNTED, count)
        self.people.see(who, Stage.DEPARTED)
        kind = next(point.kind for point in self.scene.network.points if point.id == leg.destination)
        if kind in _PLACES:
            place, stage = _PLACES[kind]
            arrival = {"point": leg.destination, "place": place, "leg": leg.id, "rows": rows}
            self.acts.add(leg.arrives, self.site, EventKind.PERSONS_ARRIVED, arrival)
            self.people.see(who, stage)


def split_legs(party: GateParty, legs: Iterable[Leg]) -> tuple[list[Leg], list[Leg]]:
    """The legs of a party up to its access point, and those after it."""
    if party.assignment is None:
        return [], []
    by_id = {leg.id: leg for leg in legs}
    way = [by_id[leg] for leg in party.assignment.legs]
    point = party.assignment.access_point
    if point is None:
        return [], way
    cut = next((i + 1 for i, leg in enumerate(way) if leg.destination == point), 0)
    return way[:cut], way[cut:]
