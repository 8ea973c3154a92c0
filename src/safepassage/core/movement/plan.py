"""What a planner proposes: assignments, who is left out and why, and the manifest of a leg."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.ids import LegId, PartyId, PlanId, PointId
from safepassage.core.movement.network import Window


class PlanStatus(StrEnum):
    """Where a plan stands; only a plan with a clean report may be published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Method(StrEnum):
    """How a plan was found."""

    AUTO = "auto"
    GREEDY = "greedy"
    GUIDED = "guided"
    """Guided by flows, with bounds."""
    EXACT = "exact"


class BlockCode(StrEnum):
    """The first thing that kept a party from an option; closed."""

    # Every resource is looked up by its code among others: an enumeration's own hash is worked out in Python.
    __hash__ = str.__hash__

    NO_TIER = "no-tier"
    HELD = "held"
    NO_START = "no-start"
    """No leg leaves any point where the party can begin."""
    NO_WAY = "no-way"
    """Legs leave, but none leads on to a point where the movement may end."""
    TOO_EARLY = "too-early"
    """The party can't be there in time."""
    CLEARANCE = "clearance"
    """A leg requires something that the party does not hold then."""
    DESTINATION = "destination"
    """The way ends where the party does not go."""
    CLOSED = "closed"
    """A point is closed then."""
    CURFEW = "curfew"
    FROZEN = "frozen"
    """The leg no longer takes anyone."""
    SEATS = "seats"
    CARE = "care"
    THROUGHPUT = "throughput"
    HOLDING = "holding"
    BEDS = "beds"
    COUNTERPART = "counterpart"
    RESERVE = "reserve"


Values = tuple[tuple[str, str], ...]
"""What stands in a sentence, by name, for whoever says it in another language; moments are in ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Why nobody, or nobody of a kind, may go by something: a code, a sentence, and the values in it."""

    code: BlockCode
    reason: str
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """A party's beds at a staging base."""

    point: PointId
    arrives: datetime
    leaves: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """One party's movement: be at `start` by `report_at`, then these legs in order.

    `access_point` and `access_window` say where and in which hour the party enters the controlled area (None where
    the way has no access point). `stays` are its beds, in order. `is_kept`: taken over from the plan before.
    """

    party: PartyId
    heads: int
    tier: int
    rank: int
    start: PointId
    report_at: datetime
    legs: tuple[LegId, ...]
    end: PointId
    arrives: datetime
    access_point: PointId | None = None
    access_window: Window | None = None
    stays: tuple[Stay, ...] = ()
    is_kept: bool = False

    @property
    def bed(self) -> Stay | None:
        """The last beds of the way, where the plan leaves the party."""
        return self.stays[-1] if self.stays else None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A party without a place, and the first thing that blocked the option that came nearest."""

    party: PartyId
    heads: int
    tier: int | None
    rank: int
    code: BlockCode
    reasons: tuple[str, ...] = ()
    had_place: bool = False
    """It was told or frozen and its place could not be kept: someone has to call."""


@dataclass(frozen=True, slots=True)
class TierPeople:
    """People of a tier: out by this plan, asked for, and at most possible where that is proven (else None)."""

    tier: int
    people: int
    demanded: int
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposed set of assignments for a network at a moment; equal content, equal digest.

    `version` counts the plans of one operation (1 is first; a plan made from a previous one has its version + 1).
    `method` says how it was found, `is_optimal` whether no plan gets more people out, tier by tier.
    """

    id: PlanId
    version: int
    now: datetime
    network_digest: str
    digest: str
    assignments: tuple[Assignment, ...]
    unplaced: tuple[Unplaced, ...]
    tiers: tuple[TierPeople, ...]
    method: Method
    is_optimal: bool = False
    status: PlanStatus = PlanStatus.DRAFT
    previous: PlanId | None = None
    lost: tuple[PartyId, ...] = ()
    """Told or frozen parties whose place could not be kept, whether they have another one now or none."""

    @property
    def people(self) -> int:
        """Everyone with a place."""
        return sum(assignment.heads for assignment in self.assignments)


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One party on a leg, numbered in policy order."""

    number: int
    party: PartyId
    heads: int
    tier: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The closed, numbered list for one leg; corrected by a new version, never edited."""

    leg: LegId
    version: int
    plan: PlanId
    lines: tuple[ManifestLine, ...]
    heads: int
    seats: int
    digest: str
