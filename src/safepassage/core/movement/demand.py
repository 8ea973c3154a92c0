"""What is asked of a plan: parties as the planner sees them (no names, no documents, only what decides a seat)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from safepassage.core.ids import PartyId, PointId
from safepassage.core.movement.network import Network
from safepassage.core.people import AgeBand, Need


class Commitment(StrEnum):
    """How far a party has been promised its place in the plan before this one."""

    FREE = "free"
    TOLD = "told"
    """They know when and where: they keep it as long as it can be kept."""
    FROZEN = "frozen"
    """Under way, or past the freeze: kept whatever happens; changed by override only."""


@dataclass(frozen=True, slots=True)
class Start:
    """A point where the party can begin, and how long it needs to get there once told."""

    point: PointId
    travel_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Clearance:
    """Something that opens legs to a party (a document, a country's yes, vetting), from and until when."""

    code: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """How many members of a party have a need; care is counted per case, not per member."""

    need: Need
    cases: int


@dataclass(frozen=True, slots=True)
class BandHeads:
    """How many members of a party are of an age band."""

    band: AgeBand
    heads: int


@dataclass(frozen=True, slots=True)
class Demand:
    """One party, whole: it goes together or not at all.

    `heads` counts everyone with a seat, infants on laps too. `tier` 1 goes first, None means: not eligible. `rank` is
    the total order inside the tier, lower first. `destinations`: points where they may end (empty: any).
    `not_before`: the earliest moment that they can be at a start point. `told_at`: when they were told; travel counts
    from there, or from the plan's `now` if they have not been told. `groups`: reserves they belong to. `hold`: a code
    that says why the party may not be planned now (unconfirmed members, a child without a confirmed adult); empty if
    it may.
    """

    party: PartyId
    heads: int
    tier: int | None
    rank: int
    starts: tuple[Start, ...]
    bands: tuple[BandHeads, ...] = ()
    cases: tuple[Cases, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    destinations: tuple[PointId, ...] = ()
    groups: tuple[str, ...] = ()
    not_before: datetime | None = None
    told_at: datetime | None = None
    commitment: Commitment = Commitment.FREE
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A network and the demand on it, as a file of `spec/scenario-v1.schema.json` holds them.

    `now`: the moment for which it is planned; None if the file leaves that to whoever plans.
    """

    network: Network
    demands: tuple[Demand, ...]
    now: datetime | None = None
    name: str = ""
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}
    """A key of a text that nothing reads is an error, here and in everything inside."""
