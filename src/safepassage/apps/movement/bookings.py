"""Bookings of the published plan: by party, by leg, as they are told, and what was promised with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.movement.models import Booking
from safepassage.apps.movement.selectors import network_read, plan_read, plan_record_now
from safepassage.apps.movement.told import told_moments
from safepassage.apps.policy.selectors import standing_versions
from safepassage.core.ids import LegId, PartyId, PersonId, PointId
from safepassage.core.policy import Promise

WINDOW_MARGIN = timedelta(minutes=30)
"""An access point lets a party in from this much before the planned window until this much after it."""


def bookings_now() -> QuerySet[Booking]:
    """All bookings of the published plan, in policy order."""
    return Booking.objects.order_by("tier", "party")


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking as later stages need it; where there is no access point, it is where the movement ends.

    The window is planned at the access point; it is let in, and told so, from `admits_from` to `admits_until`.
    `gather_at` (a name) and `report_at` are where and when the party has to be before the first leg, which `departs`
    with `vehicle` (its plate, empty if none is stated). All that anybody is told of a place comes from here.
    """

    party: PartyId
    persons: tuple[PersonId, ...]
    legs: tuple[LegId, ...]
    access_point: PointId
    route: str
    window_start: datetime
    window_end: datetime
    gather_at: str
    report_at: datetime
    access_name: str = ""
    departs: datetime | None = None
    vehicle: str = ""

    @property
    def admits_from(self) -> datetime:
        """From when on the access point lets the party in, as its pass says."""
        return self.window_start - WINDOW_MARGIN

    @property
    def admits_until(self) -> datetime:
        """Until when the access point lets the party in, as its pass says."""
        return self.window_end + WINDOW_MARGIN


def bookings_lines(parties: Iterable[str] | None = None) -> list[BookingLine]:
    """The bookings of the published plan, of these parties or all, in the order of their windows."""
    record = plan_record_now()
    bookings = Booking.objects.order_by("window_start", "party")
    if parties is not None:
        bookings = bookings.filter(party__in=list(parties))
    if record is None or not bookings:
        return []
    ends = {one.party: one for one in plan_read(record).assignments}
    network = network_read(record.network)
    places = {point.id: point.name for point in network.points}
    legs = {leg.id: leg for leg in network.legs}
    lines = []
    for booking in bookings:
        one = ends[PartyId(booking.party)]
        access, first = one.access_point or one.end, legs[one.legs[0]] if one.legs else None
        lines.append(
            BookingLine(
                party=one.party,
                persons=tuple(PersonId(person) for person in booking.persons),
                legs=one.legs,
                access_point=access,
                route=one.legs[0] if one.legs else "",
                window_start=booking.window_start or one.report_at,
                window_end=booking.window_end or one.arrives,
                gather_at=places.get(one.start) or one.start,
                report_at=one.report_at,
                access_name=places.get(access) or access,
                departs=first.departs if first else None,
                vehicle=first.vehicle if first else "",
            )
        )
    return lines


def booking_line(party: str) -> BookingLine | None:
    """The booking of one party as it is told. Cost: reads the published plan."""
    return next(iter(bookings_lines([party])), None)


def booking_legs(party: str, legs: Sequence[str]) -> Sequence[str]:
    """The legs of a booking; of one that can't be read, those of the published plan, so that no seat is freed.

    Raises:
        UnreadableError: neither can be read.
    """
    if not is_damaged(legs):
        return legs
    record = plan_record_now()
    planned = {str(one.party): one.legs for one in plan_read(record).assignments} if record else {}
    return planned.get(party, legs)


def legs_booked() -> list[LegId]:
    """The legs of the published plan on which somebody is booked, by departure."""
    record = plan_record_now()
    if record is None:
        return []
    booked = {leg for booking in Booking.objects.all() for leg in booking_legs(booking.party, booking.legs)}
    legs = sorted(network_read(record.network).legs, key=lambda leg: (leg.departs, leg.id))
    return [leg.id for leg in legs if leg.id in booked]


def promises_now() -> dict[PartyId, Promise]:
    """What told parties were promised, under the policy that held then; later versions may have to honour it."""
    moments = told_moments()
    told = {booking.party: booking for booking in Booking.objects.filter(party__in=list(moments))}
    return {
        party: Promise(
            tier=told[party].tier,
            policy=policy,
            version=version,
            at=moments[party],
            persons=tuple(PersonId(person) for person in told[party].persons),
        )
        for party, (policy, version) in standing_versions().items()
        if party in told
    }


def booking_of(party: str) -> Booking | None:
    """The booking of one party."""
    return Booking.objects.filter(pk=party).first()


def bookings_of(parties: Iterable[PartyId]) -> dict[PartyId, Booking]:
    """The bookings of these parties, as far as they have one."""
    return {PartyId(booking.party): booking for booking in Booking.objects.filter(party__in=list(parties))}


def persons_booked_on(leg: str) -> dict[str, list[str]]:
    """Who of each party is booked on a leg now."""
    return {
        booked.party: booked.persons
        for booked in Booking.objects.order_by("party")
        if leg in booking_legs(booked.party, booked.legs)
    }
