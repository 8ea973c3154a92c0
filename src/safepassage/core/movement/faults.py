"""What the judge can find; closed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safepassage.core.ids import PartyId


class FaultCode(StrEnum):
    """One kind of fault in a plan; closed."""

    UNKNOWN_PARTY = "unknown-party"
    UNKNOWN_LEG = "unknown-leg"
    TWICE = "twice"
    """A party has two places, or a place and a line among the unplaced."""
    MISSING = "missing"
    """A party is neither placed nor unplaced."""
    SPLIT = "split"
    """The heads, tier or rank placed are not those of the party."""
    NOT_PLANNABLE = "not-plannable"
    """Not eligible, or on hold."""
    BROKEN_WAY = "broken-way"
    """Legs that do not connect in place or time, or do not begin or end where they may."""
    TOO_EARLY = "too-early"
    """Before the party can be there."""
    WAIT = "wait"
    """Longer at a point than anyone may be planned to wait."""
    CLEARANCE = "clearance"
    DESTINATION = "destination"
    CLOSED = "closed"
    CURFEW = "curfew"
    FROZEN = "frozen"
    WINDOW = "window"
    """Access point or window missing, or not fitting the legs."""
    BED_MISSING = "bed-missing"
    """A seat without a bed at the staging base."""
    SEATS = "seats"
    CARE = "care"
    THROUGHPUT = "throughput"
    HOLDING = "holding"
    BEDS = "beds"
    COUNTERPART = "counterpart"
    RESERVE = "reserve"
    TURN_AROUND = "turn-around"
    """One vehicle in two places."""
    CONVOY = "convoy"
    """Legs of one convoy that do not go together."""
    PROMISE = "promise"
    """A frozen party lost its place, or a kept place is not the one of the plan before."""
    INVERSION = "inversion"
    """A party of a later tier or rank has a place that an earlier one, left out, could have used."""
    TOTALS = "totals"
    """The plan's own figures do not add up."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a plan, in a sentence of ids and figures.

    `taken` and `most` are how much is taken of what has a limit, and the limit; None where the fault is no excess.
    """

    code: FaultCode
    message: str
    party: PartyId | None = None
    where: str = ""
    taken: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class TierCount:
    """People of a tier as the judge counts them."""

    tier: int
    people: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The judge's report on one plan: what was found, and its own count of people by tier."""

    plan_digest: str
    faults: tuple[Fault, ...]
    tiers: tuple[TierCount, ...]
    parties: int
    people: int

    @property
    def is_clean(self) -> bool:
        """Whether the plan may be published."""
        return not self.faults
