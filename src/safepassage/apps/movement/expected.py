"""Who is expected on legs: by the manifest closed last, or by the bookings of now where none is closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from safepassage.apps.movement.bookings import booking_legs
from safepassage.apps.movement.models import Booking, ManifestRecord
from safepassage.apps.movement.values import MANIFEST
from safepassage.core.ids import LegId, PartyId, PersonId, PointId


@dataclass(frozen=True, slots=True)
class ExpectedParty:
    """One party on a leg. `way`: all legs of its booking, in order, and the access point on it (empty: none)."""

    party: PartyId
    number: int
    """On the closed manifest; 0 where none is closed."""
    persons: tuple[PersonId, ...]
    way: tuple[LegId, ...]
    access_point: PointId


@dataclass(frozen=True, slots=True)
class LegExpected:
    """Who is expected on one leg; `version` of its manifest, 0 if none is closed."""

    version: int
    parties: tuple[ExpectedParty, ...]


def legs_expected(legs: Collection[str]) -> dict[LegId, LegExpected]:
    """Who is expected on each of these legs, in policy order. Cost: one read of the bookings and of the manifests."""
    bookings = {one.party: one for one in Booking.objects.order_by("tier", "party")}
    ways = {party: tuple(booking_legs(party, one.legs)) for party, one in bookings.items()}
    closed = {one.leg: one for one in ManifestRecord.objects.filter(leg__in=legs).order_by("leg", "version")}
    found: dict[LegId, LegExpected] = {}
    for leg in sorted(legs):
        record = closed.get(leg)
        numbers, told = _closed(record) if record else ({}, {})
        told = told or {party: one.persons for party, one in bookings.items() if leg in ways[party]}
        parties = [
            ExpectedParty(
                party=PartyId(party),
                number=numbers.get(party, 0),
                persons=tuple(PersonId(person) for person in persons),
                way=tuple(LegId(one) for one in ways.get(party, ())),
                access_point=PointId(bookings[party].access_point if party in bookings else ""),
            )
            for party, persons in told.items()
        ]
        parties.sort(key=lambda one: one.number)
        found[LegId(leg)] = LegExpected(record.version if record else 0, tuple(parties))
    return found


def _closed(record: ManifestRecord) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Numbers and people of a closed manifest; of one that can't be read, no numbers."""
    lines = MANIFEST.validate_python(record.content).lines if MANIFEST.is_fit(record.content) else ()
    return {str(line.party): line.number for line in lines}, record.persons or {}
