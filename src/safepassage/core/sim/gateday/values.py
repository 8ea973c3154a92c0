"""What a simulated gate day takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safepassage.core.ids import DeviceId, OperationId, PartyId, PersonId, PointId
from safepassage.core.ledger import Event, Stage
from safepassage.core.movement import Assignment, Network
from safepassage.core.passes import BindingFact, IssuedPass, VerifierState
from safepassage.core.people import AgeBand, Sex


@dataclass(frozen=True, slots=True)
class GateMember:
    """One member of a party: who they are, how they look, which documents they can show."""

    person: PersonId
    sex: Sex = Sex.UNKNOWN
    age_band: AgeBand = AgeBand.UNKNOWN
    documents: tuple[BindingFact, ...] = ()

    @property
    def is_minor(self) -> bool:
        """Whether the age band is that of somebody under 18."""
        return self.age_band in {AgeBand.INFANT, AgeBand.CHILD, AgeBand.ADOLESCENT}


@dataclass(frozen=True, slots=True)
class GateParty:
    """A party that may come. `members` are in the order of the pass, so that places in both are the same.

    `assignment` is None for a party that is on no plan, `issued` None where it holds no pass.
    `is_eligible_by_document`: what they can show makes them eligible, whatever becomes of the pass.
    """

    party: PartyId
    members: tuple[GateMember, ...]
    assignment: Assignment | None = None
    issued: IssuedPass | None = None
    is_eligible_by_document: bool = False


@dataclass(frozen=True, slots=True)
class GateDevice:
    """A device that signs events.

    `point` is the access point where it stands; None for the site's own device, which writes whatever happens away
    from the access points. An offline device knows what it did itself, no more.
    """

    id: DeviceId
    secret: bytes = field(repr=False)
    """32 bytes: its Ed25519 private key."""
    point: PointId | None = None
    is_offline: bool = False

    @property
    def key(self) -> Ed25519PrivateKey:
        """The signing key."""
        return Ed25519PrivateKey.from_private_bytes(self.secret)


@dataclass(frozen=True, slots=True)
class GateScene:
    """Everything that is on stage when the day begins.

    `verifiers` holds for each access point what its devices brought along (keys, revocations, policies); uses are
    added as the day goes on. `owner` is who answers for missing people and head counts (a team).
    """

    operation: OperationId
    network: Network
    parties: tuple[GateParty, ...]
    devices: tuple[GateDevice, ...]
    verifiers: Mapping[PointId, VerifierState]
    owner: str = "team-gate"


@dataclass(frozen=True, slots=True)
class GateHabits:
    """How often what happens: shares of the parties expected, except where something else is said."""

    no_show: float = 0.06
    early: float = 0.07
    late: float = 0.05
    wrong_gate: float = 0.03
    half: float = 0.05
    missing_child: float = 0.02
    extra_child: float = 0.02
    scanned_twice: float = 0.03
    """The party itself is scanned at two devices, minutes apart."""
    copied: float = 0.04
    """Strangers show a copy of the pass, before or after its party."""
    forged: float = 0.02
    walk_ins: float = 0.04
    """People whom no list knows, as a share of parties expected."""
    unbooked: float = 0.05
    """Of the parties without a pass, those that come all the same."""
    drop_out: float = 0.01
    """Admitted parties that aren't there when the leg boards."""
    miscounted: float = 0.1
    """Of the legs, those where a lap child is missed in the head count."""
    uploaded_twice: float = 0.1
    """Of the uploads, those that are sent again."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Events of one device as they reach the site together at `at` (aware UTC)."""

    device: DeviceId
    at: datetime
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class GateTotals:
    """What the ledger must say in the end; people, not parties, except where something else is said.

    `stages` is the stage of everyone whom the days touched. `refused` are parties and strangers not admitted at an
    encounter, by the heaviest code of the verdict on their pass (`no-pass` where they had none). `admitted_twice`:
    admitted by a device that could not know of the first time; the ledger counts them once, with an alarm.
    """

    stages: Mapping[PersonId, Stage]
    encounters: int
    admitted: int
    boarded: int
    departed: int
    arrived: int
    no_shows: int
    walk_ins: int
    refused: Mapping[str, int]
    admitted_twice: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class GateDays:
    """Uploads in the order in which they reach the site (late and repeated ones included), and what must come out."""

    uploads: tuple[Upload, ...]
    totals: GateTotals

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event once, by device and place in its chain."""
        every = {event.id: event for upload in self.uploads for event in upload.events}
        return tuple(sorted(every.values(), key=lambda event: (event.device, event.sequence)))
