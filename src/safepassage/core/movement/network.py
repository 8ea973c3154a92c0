"""The network: points, legs between them, and everything at them that can run out.

All times are aware UTC. A *day* and an *hour* are those of the operation's own clock (`Network.utc_offset_minutes`),
because that is how gates, curfews and counterparts count. A window holds its beginning and not its end.
A capacity of `None` means: no limit known or none that matters; it is never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from safepassage.core.ids import LegId, PointId
from safepassage.core.people import Need


class PointKind(StrEnum):
    """What a point of the network is; closed."""

    RALLY_POINT = "rally-point"
    """Where a party is told to gather."""
    COUNTERPART_CHECKPOINT = "counterpart-checkpoint"
    """Held by an authority that isn't ours; legs pass it, nobody starts or ends there."""
    ACCESS_POINT = "access-point"
    """Where passes are checked and people enter the controlled area."""
    CONTROL_CENTRE = "control-centre"
    """Evacuation control centre: people are registered, screened, manifested."""
    EMBARKATION_POINT = "embarkation-point"
    DEBARKATION_POINT = "debarkation-point"
    STAGING_BASE = "staging-base"
    """Transit site on the way, with beds."""
    SAFE_HAVEN = "safe-haven"
    """Declared destination, where responsibility ends or onward care begins."""


class Mode(StrEnum):
    """How a leg is travelled; closed."""

    BUS = "bus"
    CAR = "car"
    FOOT = "foot"
    FLIGHT = "flight"
    HELICOPTER = "helicopter"
    BOAT = "boat"
    RAIL = "rail"

    @property
    def is_on_land(self) -> bool:
        """Whether a curfew holds it."""
        return self in ON_LAND


ON_LAND = frozenset((Mode.BUS, Mode.CAR, Mode.FOOT, Mode.RAIL))


CARE_NEEDS = (Need.WHEELCHAIR, Need.STRETCHER, Need.MEDICAL)
"""Needs that take a place of their own on a leg, counted per case; a leg that states none for one has none."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, aware UTC; holds its beginning and not its end."""

    begins: datetime
    ends: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends

    def overlaps(self, other: Window) -> bool:
        """Whether the two share a moment."""
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True)
class CareCapacity:
    """How many cases of one need a leg, or a point on one night, can take."""

    need: Need
    cases: int


@dataclass(frozen=True, slots=True)
class HourCapacity:
    """Heads that a point lets through in the hour of the operation's clock that holds `hour`.

    `low` and `high` say how sure that is (None: not known); plans use `heads`.
    """

    hour: datetime
    heads: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class DayBeds:
    """Free beds at a staging base for the night that follows `day`, where they differ from the usual number."""

    day: date
    beds: int


@dataclass(frozen=True, slots=True)
class Point:
    """One place of the network.

    `opens`: when it is open (empty: always); `closures` are cut out of that. `throughput_per_hour`: heads let through
    in an hour, `hours` where an hour differs. `holding`: heads that may wait there at once. `processing_minutes`:
    least time between being let through (or arriving) and the next departure; screening and vetting that every
    party waits for is time here. `max_wait_minutes`: nobody is planned to wait longer. `beds`, `stay_hours`: at a
    staging base, the free beds and how long a party stays that has no onward leg in this plan. `care` limits cases
    per night at a staging base; a need that isn't listed has no limit there.
    """

    id: PointId
    kind: PointKind
    name: str = ""
    opens: tuple[Window, ...] = ()
    closures: tuple[Window, ...] = ()
    throughput_per_hour: int | None = None
    hours: tuple[HourCapacity, ...] = ()
    holding: int | None = None
    processing_minutes: int = 0
    max_wait_minutes: int = 1440
    beds: int | None = None
    beds_by_day: tuple[DayBeds, ...] = ()
    stay_hours: int = 24
    care: tuple[CareCapacity, ...] = ()
    country: str = ""
    """ISO 3166-1 alpha-3, empty if it is of no matter."""
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    """Where the figures come from."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A leg passes a checkpoint at this moment."""

    point: PointId
    at: datetime


@dataclass(frozen=True, slots=True)
class Leg:
    """One vehicle, one departure, one arrival, and what it can carry.

    `seats` are heads: an infant on a lap is a head. `care`: cases per need (see `CARE_NEEDS`). `boarding_minutes`:
    how long before departure people have to be there. `requires`: clearances of which a party must hold every one at
    departure. `vehicle` and `turnaround_minutes`: the same vehicle departs again no earlier than that after its
    arrival. Legs of one `convoy` depart together and pass the same checkpoints. From `freezes_at` on nobody is added
    or taken off except by override.
    """

    id: LegId
    mode: Mode
    origin: PointId
    destination: PointId
    departs: datetime
    arrives: datetime
    seats: int
    care: tuple[CareCapacity, ...] = ()
    passages: tuple[Passage, ...] = ()
    requires: tuple[str, ...] = ()
    boarding_minutes: int = 0
    convoy: str = ""
    vehicle: str = ""
    turnaround_minutes: int = 0
    freezes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CounterpartLimit:
    """What the authority at a checkpoint lets pass in a window (a day, as a rule): heads, vehicles, or both."""

    id: str
    point: PointId
    window: Window
    heads: int | None = None
    vehicles: int | None = None


@dataclass(frozen=True, slots=True)
class Curfew:
    """Nothing moves on land in this window: a leg on land that is under way in it is not used.

    `points`: only legs that start, pass or end at one of them (empty: everywhere).
    """

    window: Window
    points: tuple[PointId, ...] = ()


class ReserveOrder(StrEnum):
    """Which seats a member of the group takes first; a choice of the policy."""

    RESERVE_FIRST = "reserve-first"
    OPEN_FIRST = "open-first"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats kept for a group over `legs` together: one leg for a reserve per leg, a day's legs for one per day.

    Parties outside the group never fill more than the seats of those legs less `seats`.
    """

    id: str
    group: str
    seats: int
    legs: tuple[LegId, ...]
    order: ReserveOrder = ReserveOrder.RESERVE_FIRST


@dataclass(frozen=True, slots=True)
class Network:
    """Everything that a plan may use.

    `ends`: where a planned movement may end; empty means every staging base and safe haven, or, where there is none,
    every access point and control centre.
    """

    points: tuple[Point, ...]
    legs: tuple[Leg, ...]
    limits: tuple[CounterpartLimit, ...] = ()
    curfews: tuple[Curfew, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    ends: tuple[PointId, ...] = ()
    utc_offset_minutes: int = 0
    max_legs: int = 5
    """Most legs that one party travels within the plan."""
    name: str = ""

    def local(self, moment: datetime) -> datetime:
        """A moment on the operation's own clock."""
        return moment.astimezone(timezone(timedelta(minutes=self.utc_offset_minutes)))

    def clock(self, moment: datetime) -> str:
        """A moment as people read it, on the operation's own clock and with its zone: "24 Aug 14:00 UTC+04:30"."""
        return f"{self.local(moment):%d %b %H:%M %Z}"

    @property
    def ending_points(self) -> tuple[PointId, ...]:
        """Where a planned movement may end, the default worked out."""
        if self.ends:
            return self.ends
        kinds = (PointKind.STAGING_BASE, PointKind.SAFE_HAVEN)
        if not any(point.kind in kinds for point in self.points):
            kinds = (PointKind.ACCESS_POINT, PointKind.CONTROL_CENTRE)
        return tuple(point.id for point in self.points if point.kind in kinds)
