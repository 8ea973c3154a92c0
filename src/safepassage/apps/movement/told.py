"""What parties were told of their place: kept whatever later plans do, so that who knows another hour is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from safepassage.apps.movement.models import Booking, Told
from safepassage.core.ids import PartyId


def told_note(bookings: Iterable[Booking], *, at: datetime) -> None:
    """Notes that these parties know this hour and place from now on."""
    Told.objects.bulk_create(
        [told_by(booking, at) for booking in bookings],
        update_conflicts=True,
        unique_fields=["party"],
        update_fields=["at", "heads", "start", "report_at", "access_point", "window_start"],
        batch_size=500,
    )


def told_by(booking: Booking, at: datetime) -> Told:
    """What a party knows that was told this booking."""
    return Told(
        party=booking.party,
        at=at,
        heads=booking.heads,
        start=booking.start,
        report_at=booking.report_at,
        access_point=booking.access_point,
        window_start=booking.window_start,
    )


def told_of(parties: Iterable[str] | None = None) -> dict[PartyId, Told]:
    """What each of these parties (all without them) was told last, booked or not."""
    told = Told.objects.all() if parties is None else Told.objects.filter(party__in=list(parties))
    return {PartyId(one.party): one for one in told}


def parties_told_otherwise(parties: Iterable[str] | None = None) -> frozenset[PartyId]:
    """Of these parties (all without them): who was told another hour or place than they have now."""
    known = told_of(parties)
    booked = Booking.objects.filter(party__in=list(known))
    return frozenset(PartyId(one.party) for one in booked if not known[PartyId(one.party)].holds_of(one))


def told_moments() -> dict[PartyId, datetime]:
    """When each booked party was told that it has a place, though perhaps at another hour: the place is promised.

    A party that has grown or shrunk since was promised nothing for as many as it is.
    """
    known = told_of()
    moments: dict[PartyId, datetime] = {}
    for booking in Booking.objects.filter(Q(told_at__isnull=False) | Q(party__in=list(known))):
        party = PartyId(booking.party)
        told = known.get(party)
        if booking.told_at:
            moments[party] = booking.told_at
        elif told and told.heads == booking.heads and not told.holds_of(booking):
            moments[party] = told.at
    return moments
