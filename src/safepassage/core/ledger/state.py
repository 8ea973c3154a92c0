"""What the events add up to: where each person is, who answers for them, and what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from safepassage.core.ids import DeviceId, EventId, LegId, PartyId, PersonId, PointId, TeamId
from safepassage.core.ledger.body import Row
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.stages import Stage

UNKNOWN = "unknown"
"""The category of whoever no policy has been applied to: a figure of its own, never left out."""


@dataclass(frozen=True, slots=True)
class PersonState:
    """One person as the events leave them. Times are UTC milliseconds since 1970."""

    person: PersonId
    stage: Stage
    furthest: Stage
    """The furthest stage of the corridor that an event proves, whatever stands beside it."""
    since: int
    """When the event that proves `stage` happened."""
    proof: EventId
    category: str = UNKNOWN
    tier: int = 0
    """0: none."""
    policy: str = ""
    policy_version: int = 0
    parties: tuple[PartyId, ...] = ()
    legs: tuple[LegId, ...] = ()
    """Booked and not unbooked."""
    point: str = ""
    """Where last seen: a point or a leg; empty if never seen."""
    seen_at: int | None = None
    """When somebody last saw them (encounter, admission, boarding …); None: declared only."""
    team: TeamId | None = None
    """The responsible team."""
    offered_to: TeamId | None = None
    """A hand-over that waits for its answer."""
    next_step: str = ""
    owner: str = ""
    ids: tuple[PersonId, ...] = ()
    """Every id that leads to this person, their own first."""
    ever: Stage = Stage.KNOWN
    """The furthest stage of the corridor that they ever stood at, whatever a later policy or plan made of it."""
    is_called: bool = False
    """Whether they were ever reached by a call; a booking alone is none."""


@dataclass(frozen=True, slots=True)
class PartyState:
    """One party: confirmed members, and members that are only proposed (they take no seat)."""

    party: PartyId
    confirmed: tuple[PersonId, ...]
    proposed: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class PassState:
    """One pass as issued, and why it no longer holds (empty: it holds). Times are UTC milliseconds."""

    id: str
    party: PartyId
    point: PointId
    begins: int
    ends: int
    heads: int
    revoked: str = ""
    used_at: int | None = None


@dataclass(frozen=True, slots=True)
class HeadCount:
    """Heads counted by eye at a point or on a leg."""

    event: EventId
    at: int
    count: int
    owner: str
    point: str = ""
    leg: str = ""
    closed: str = ""
    """Reason with which a person closed its discrepancy."""


@dataclass(frozen=True, slots=True, order=True)
class Alarm:
    """A contradiction between events: stored, flagged, never resolved by dropping one of them.

    Codes about a person: `admitted-twice`, `seen-after-death`, `turned-away-inside` (after an admission),
    `handover-not-offered`, `not-responsible` (a team gave what it did not have), `taken-without-handover`,
    `never-assigned` (no assignment of the id is here yet). About others: `redirect-circle`, `nonce-reused`,
    `annuls-nothing`, `revoked-pass-used`, `after-revocation` (of a withdrawn device, not proven earlier: it
    has no effect until confirmed), `clock-ahead` (it claims a time that had not come when a site had it).
    """

    code: str
    subject: str
    events: tuple[EventId, ...] = ()
    devices: tuple[DeviceId, ...] = ()


Touch = tuple[Event, Row]
"""An event that names a person, and the row that does."""


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Everything derived from a set of events; equal sets give equal states, whatever their order.

    `people` holds each person once, under the id that redirects lead to, in the order of ids.
    """

    people: Mapping[PersonId, PersonState] = field(default_factory=dict)
    redirects: Mapping[PersonId, PersonId] = field(default_factory=dict)
    """Ids that lead to another, straight to the last one."""
    parties: Mapping[PartyId, PartyState] = field(default_factory=dict)
    passes: Mapping[str, PassState] = field(default_factory=dict)
    head_counts: tuple[HeadCount, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    annulled: frozenset[EventId] = frozenset()
    claims: frozenset[EventId] = frozenset()
    """Events of withdrawn devices that nothing proves to be earlier: no effect until somebody confirms them."""
    events: Mapping[tuple[DeviceId, str], Event] = field(default_factory=dict, repr=False)
    """The events stored, by device and nonce, annulled ones and claims too."""
    withdrawn: Mapping[DeviceId, int] = field(default_factory=dict)
    """Withdrawn devices, and from when on each is not believed, UTC milliseconds."""
    admissions: Mapping[EventId, int] = field(default_factory=dict, repr=False)
    """By when a site had each event, UTC milliseconds; of events that are not here yet too."""
    touches: Mapping[PersonId, tuple[Touch, ...]] = field(default_factory=dict, repr=False)
    """What names a person, by the id that it names, in the order of events."""
    by_kind: Mapping[EventKind, tuple[Event, ...]] = field(default_factory=dict, repr=False)
    """What had happened by the moment of the state, by kind, in the order of events; what has no effect too."""
    doubles: Mapping[tuple[DeviceId, str], tuple[EventId, ...]] = field(default_factory=dict, repr=False)
    """Different events under one device and nonce; the first counts."""

    @property
    def silent(self) -> frozenset[EventId]:
        """Events that have no effect: annulled, or claims."""
        return self.annulled | self.claims

    def told(self, *kinds: EventKind) -> list[Event]:
        """What happened of these kinds and has an effect, in the order of events.

        Cost: the number of events of these kinds, not of all that are stored.
        """
        found = [self.by_kind[kind] for kind in kinds if kind in self.by_kind]
        silent = self.silent
        counting = [event for events in found for event in events if event.id not in silent]
        return counting if len(found) == 1 else sorted(counting, key=lambda event: event.order)
