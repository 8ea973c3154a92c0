"""Closed manifests as they were kept: versions, who was on them, the network that they were closed for."""

from __future__ import annotations

from django.db.models import QuerySet

from safepassage.apps.movement.bookings import persons_booked_on
from safepassage.apps.movement.models import ManifestRecord
from safepassage.apps.movement.selectors import network_read
from safepassage.apps.movement.values import MANIFEST
from safepassage.core.errors import NotFoundError
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.movement import Manifest, Network


def manifests_of(leg: str = "") -> QuerySet[ManifestRecord]:
    """Manifests, the newest version first."""
    manifests = ManifestRecord.objects.order_by("leg", "-version")
    return manifests.filter(leg=leg) if leg else manifests


def manifest_read(leg: str, version: int) -> Manifest:
    """One closed manifest.

    Raises:
        NotFoundError: no such leg, or no such version of it.
    """
    record = ManifestRecord.objects.filter(leg=leg, version=version).first()
    if record is None:
        raise NotFoundError("No manifest of that leg has that version.", where=leg, advice="Close one first.")
    return MANIFEST.validate_python(record.content, where=leg)


def manifest_persons(leg: str, version: int) -> dict[PartyId, tuple[PersonId, ...]]:
    """Who of each party was on a manifest when it was closed; what was booked since changes nothing in it.

    One that was closed before this was kept tells who is booked now.
    """
    record = ManifestRecord.objects.filter(leg=leg, version=version).first()
    told = record.persons if record and record.persons else persons_booked_on(leg)
    return {PartyId(party): tuple(PersonId(person) for person in persons) for party, persons in told.items()}


def network_of_manifest(leg: str, version: int) -> Network:
    """The network for which a manifest was closed: a later one may have no such leg.

    Raises:
        NotFoundError: no such leg, or no such version of it.
    """
    record = ManifestRecord.objects.filter(leg=leg, version=version).select_related("plan__network").first()
    if record is None:
        raise NotFoundError("No manifest of that leg has that version.", where=leg, advice="Close one first.")
    return network_read(record.plan.network)
