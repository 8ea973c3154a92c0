"""How far each leg is loaded, and who is at a staging base: expected against seen, by the events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from safepassage.apps.movement.expected import ExpectedParty, legs_expected
from safepassage.apps.movement.selectors import network_of_plan
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import PersonId
from safepassage.core.ledger import Event, EventKind, LedgerState, Stage, places_now
from safepassage.core.ledger.clock import from_milliseconds
from safepassage.core.ledger.whereabouts import was_left_by
from safepassage.core.movement import Leg, Network, Point, PointKind

AT_DEPARTURE = "at-departure"
"""How heads were counted as a leg left: `method` of `heads-counted`."""
_ABOARD = (EventKind.PERSONS_SET_OUT, EventKind.PERSONS_BOARDED, EventKind.PERSONS_DEPARTED)
_LEAVING = (EventKind.HEADS_COUNTED, EventKind.PERSONS_DEPARTED)
_BEFORE_THE_GATE = frozenset({PointKind.ACCESS_POINT, PointKind.RALLY_POINT})


@dataclass(frozen=True, slots=True)
class LegLoading:
    """One leg: who is expected, who was seen aboard, and with how many heads it left."""

    leg: Leg
    version: int
    """Of its manifest; 0: none is closed, and the bookings of now are told."""
    parties: tuple[ExpectedParty, ...]
    is_before_gate: bool
    """Whether its people have yet to enter: they set out; after the gate they board."""
    aboard: frozenset[PersonId] = field(default_factory=frozenset)
    parties_aboard: Mapping[PersonId, str] = field(default_factory=dict)
    """Of whoever was seen aboard, with which party."""
    departed: datetime | None = None
    counted: int | None = None
    """Heads counted as it left."""

    @property
    def expected(self) -> frozenset[PersonId]:
        """Everybody on its manifest."""
        return frozenset(person for party in self.parties for person in party.persons)

    @property
    def missing(self) -> frozenset[PersonId]:
        """Expected and not seen aboard."""
        return self.expected - self.aboard

    @property
    def others(self) -> frozenset[PersonId]:
        """Aboard, and on no line of its manifest."""
        return self.aboard - self.expected


@dataclass(frozen=True, slots=True)
class BaseLoading:
    """A staging base: its beds tonight (None: no number is known), who is there, who is expected there."""

    point: Point
    beds: int | None
    here: frozenset[PersonId]
    due: frozenset[PersonId]
    """Booked on a leg to it, and never seen there yet."""

    @property
    def free(self) -> int | None:
        """Beds that nobody has; below nought where more people are there than beds."""
        return None if self.beds is None else self.beds - len(self.here)


def network_planned() -> Network | None:
    """The network of the published plan, if one is published."""
    try:
        return network_of_plan()
    except NotFoundError:
        return None


def legs_loading(state: LedgerState, *, legs: Collection[Leg]) -> tuple[LegLoading, ...]:
    """How far these legs are loaded, by departure.

    Cost: the events of boarding, setting out, leaving and counting; one read of bookings and manifests.
    """
    ids = {str(leg.id) for leg in legs}
    network = network_planned()
    expected = legs_expected(ids)
    aboard: dict[str, dict[PersonId, str]] = {}
    departed: dict[str, datetime] = {}
    counted: dict[str, int] = {}
    for event in _of_legs(state, ids):
        leg = event.code("leg")
        if event.kind in _ABOARD:
            named = ((PersonId(str(row[0])), str(row[1])) for row in event.rows)
            aboard.setdefault(leg, {}).update((state.redirects.get(one, one), party) for one, party in named)
        if event.kind is EventKind.HEADS_COUNTED and _is_leaving(event):
            counted[leg] = event.number("count")
        if _is_leaving(event):
            departed.setdefault(leg, from_milliseconds(event.occurred))
    return tuple(
        LegLoading(
            leg=leg,
            version=expected[leg.id].version,
            parties=_merged(expected[leg.id].parties, state),
            is_before_gate=_is_before_gate(leg, expected[leg.id].parties, network),
            aboard=frozenset(aboard.get(leg.id, ())),
            parties_aboard=aboard.get(leg.id, {}),
            departed=departed.get(leg.id),
            counted=counted.get(leg.id),
        )
        for leg in sorted(legs, key=lambda one: (one.departs, one.id))
    )


def people_not_aboard(state: LedgerState) -> frozenset[PersonId]:
    """Whoever was left by a leg that somebody saw leave (`people_left_by`).

    Cost: the events of boarding, setting out, leaving and counting; bookings and manifests only if a leg has left.
    """
    gone = {event.code("leg") for event in state.told(*_LEAVING) if _is_leaving(event)}
    network = network_planned() if gone else None
    legs = [leg for leg in network.legs if leg.id in gone] if network else []
    loadings = legs_loading(state, legs=legs) if legs else ()
    return frozenset(person for one in loadings for person in people_left_by(one, state))


def people_left_by(loading: LegLoading, state: LedgerState) -> frozenset[PersonId]:
    """Whom a leg that has left did not take: expected, not seen aboard, and nobody has said since where they are.

    Who is unaccounted for, `core.ledger.whereabouts.was_left_by` says.
    """
    return frozenset(
        one for one in loading.missing if was_left_by(state.people.get(one), is_before_gate=loading.is_before_gate)
    )


def _is_leaving(event: Event) -> bool:
    if event.kind is EventKind.HEADS_COUNTED:
        return event.code("method") == AT_DEPARTURE
    return event.kind is EventKind.PERSONS_DEPARTED


def bases_loading(state: LedgerState, *, now: datetime) -> tuple[BaseLoading, ...]:
    """The staging bases of the published plan: beds, who is there, who is due.

    Cost: one walk over the people, and over everything that names whoever is at a base.
    """
    network = network_planned()
    bases = [point for point in network.points if point.kind is PointKind.STAGING_BASE] if network else []
    if network is None or not bases:
        return ()
    where = places_now(state, stage=Stage.AT_STAGING_BASE)
    zone = network.utc_offset_minutes
    expected = legs_expected([leg.id for leg in network.legs])
    found = []
    for point in bases:
        here = people_at(state, where, point.id)
        booked = {
            state.redirects.get(person, person)
            for leg in network.legs
            if leg.destination == point.id
            for party in expected[leg.id].parties
            for person in party.persons
        }
        due = frozenset(booked) - here - _arrived_at(state, point.id)
        found.append(BaseLoading(point, beds_tonight(point, now=now, offset_minutes=zone), here, due))
    return tuple(found)


def people_at(state: LedgerState, where: Mapping[PersonId, str], point: str) -> frozenset[PersonId]:
    """Who is at a staging base by the events."""
    at_base = (person for person, place in where.items() if place == point)
    return frozenset(person for person in at_base if state.people[person].stage is Stage.AT_STAGING_BASE)


def _arrived_at(state: LedgerState, point: str) -> frozenset[PersonId]:
    """Whoever was ever seen to arrive there."""
    told = state.told(EventKind.PERSONS_ARRIVED)
    rows = (PersonId(str(row[0])) for event in told if event.code("point") == point for row in event.rows)
    return frozenset(state.redirects.get(person, person) for person in rows)


def beds_tonight(point: Point, *, now: datetime, offset_minutes: int) -> int | None:
    """Beds of the night that follows the day of the operation's clock; None if no number is known."""
    today = (now + timedelta(minutes=offset_minutes)).date()
    return next((one.beds for one in point.beds_by_day if one.day == today), point.beds)


def _of_legs(state: LedgerState, legs: set[str]) -> Iterator[Event]:
    return (one for one in state.told(*_ABOARD, EventKind.HEADS_COUNTED) if one.code("leg") in legs)


def _merged(parties: tuple[ExpectedParty, ...], state: LedgerState) -> tuple[ExpectedParty, ...]:
    """The parties with their people under the ids that hold now: who was merged since is one person."""
    return tuple(
        replace(one, persons=tuple(dict.fromkeys(state.redirects.get(person, person) for person in one.persons)))
        for one in parties
    )


def _is_before_gate(leg: Leg, parties: tuple[ExpectedParty, ...], network: Network | None) -> bool:
    """Whether its people have yet to pass their access point; of an empty leg, by where it ends."""
    ends = {one.id: one.destination for one in network.legs} if network else {}
    for party in parties:
        if leg.id in party.way:
            cut = next((at for at, one in enumerate(party.way) if ends.get(one) == party.access_point), -1)
            return party.way.index(leg.id) <= cut
    kinds = {point.id: point.kind for point in network.points} if network else {}
    return kinds.get(leg.destination) in _BEFORE_THE_GATE
