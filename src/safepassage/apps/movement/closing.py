"""Closes manifests: what is on a closed one is changed by closing it anew, by two people if it has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.damage import is_same
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.movement.bookings import persons_booked_on
from safepassage.apps.movement.models import ManifestRecord
from safepassage.apps.movement.selectors import network_read, plan_read, plan_record_now
from safepassage.apps.movement.values import MANIFEST
from safepassage.core.errors import ForbiddenError
from safepassage.core.ids import LegId
from safepassage.core.ledger import EventKind
from safepassage.core.movement import Manifest, manifest_of


@transaction.atomic
def manifest_close(*, leg: LegId, account: str, now: datetime, second: str = "") -> Manifest:
    """Closes the manifest of a leg of the published plan; changed content makes a new version.

    Raises:
        ForbiddenError: no plan is published.
        NotFoundError: no such leg.
    """
    acts_in_turn()
    record = plan_record_now()
    if record is None:
        raise ForbiddenError("No plan is published.", advice="Publish one: `safepassage plan publish`.")
    last = ManifestRecord.objects.filter(leg=leg).order_by("-version").first()
    network, plan = network_read(record.network), plan_read(record)
    previous = _manifest_before(last, manifest_of(network, plan, leg)) if last else None
    persons = persons_booked_on(leg)
    if last and previous and not is_same(last.persons, persons):
        previous = replace(previous, lines=())  # as many people, but others: a new version all the same
    manifest = manifest_of(network, plan, leg, previous=previous)
    if last and manifest.version == last.version:
        return manifest
    ManifestRecord.objects.create(
        leg=leg,
        version=manifest.version,
        plan=record,
        content=MANIFEST.dump_python(manifest, mode="json"),
        persons=persons,
        heads=manifest.heads,
        digest=manifest.digest,
        made_at=now,
        made_by=account,
    )
    body = {"leg": leg, "version": manifest.version, "digest": manifest.digest, "heads": manifest.heads}
    if second:
        body |= {"first": account, "second": second}
    event_append(kind=EventKind.MANIFEST_CLOSED, body=body, account=account, now=now)
    return manifest


def _manifest_before(last: ManifestRecord, fresh: Manifest) -> Manifest:
    """The manifest closed last; where it can't be read, one with nobody on it: the next has the next number."""
    if MANIFEST.is_fit(last.content):
        return MANIFEST.validate_python(last.content)
    return replace(fresh, version=last.version, lines=())
