"""What a doomed child does: found a store, one of three acts, and the look at what is left afterwards."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import AutoField

from safepassage.apps.accounts.founding import operation_found
from safepassage.apps.gate.models import Device
from safepassage.apps.gate.services import device_invite, device_join, encounters_receive
from safepassage.apps.intake.models import Batch
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.intake.sources import source_register
from safepassage.apps.ledger.checking import record_check
from safepassage.apps.ledger.models import EventRecord
from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.ledger.services import site_found
from safepassage.apps.registry.models import PersonListing, ResolveRun
from safepassage.apps.registry.services import resolve_run
from safepassage.core.ids import DeviceId, OperationId, derived_id
from safepassage.core.ledger import EventKind, begin_chain, encode_event, state_digest, write_event
from tests.make import csv_file, many_families

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
OPERATION = "crash-2026"
PHONE = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a phone that exists in tests only").digest())
UPLOADS, EVENTS_AN_UPLOAD = 12, 4
Say = Callable[[str], None]


def found(say: Say) -> None:
    """A store with a site, an enrolled phone and two lists that nobody has matched yet."""
    home = Path(settings.HOME)
    call_command("migrate", verbosity=0, interactive=False)
    operation_found(
        code=OPERATION,
        name="Crash test (invented)",
        controller="Example Task Force",
        retention_days=30,
        time_zone="UTC",
        default_region="AF",
        began_at=NOW,
    )
    site_found(operation=OPERATION, secret=hashlib.sha256(b"a site that exists in tests only").digest())
    public = PHONE.public_key().public_bytes_raw().hex()
    code = device_invite(role="access-point", point="access-1", account="desk", now=NOW)
    device_join(code=code, public_key=public, now=NOW)
    for folder in ("before", "new"):
        (home / folder).mkdir()
    for number in range(2):
        csv_file(home / "before" / f"list-{number}.csv", many_families(8, first=1 + 5 * number))
    for number in range(3):
        csv_file(home / "new" / f"list-{number}.csv", many_families(6, first=100 + 6 * number))
    for batch in _take_in(home / "before"):
        say(batch)


def _take_in(folder: Path) -> Iterable[str]:
    for number, path in enumerate(sorted(folder.iterdir())):
        now = NOW + timedelta(minutes=number)
        name = f"{folder.name} {path.stem}"
        source = source_register(name=name, owner="Example desk", basis="vital interests", trust=2, now=now)
        batch, _ = batch_receive(path=path, source=source, account="clerk-1", now=now)
        yield batch.id


def intake(say: Say) -> None:
    """Takes three lists in; acknowledges each batch."""
    for batch in _take_in(Path(settings.HOME) / "new"):
        say(batch)


def resolve(say: Say) -> None:
    """One run of the matcher; acknowledges its digest."""
    say(resolve_run(account="adjudicator-1", now=NOW + timedelta(hours=1)).digest)


def gate(say: Say) -> None:
    """Uploads what a phone has written, in twelve requests; acknowledges each event of which a receipt came back."""
    device = Device.objects.get()
    head = begin_chain(OperationId(OPERATION), DeviceId(device.id))
    party = derived_id("PT", "invented")
    for number in range(UPLOADS):
        now = NOW + timedelta(hours=2, minutes=number)
        items = []
        for one in range(EVENTS_AN_UPLOAD):
            person = derived_id("P", f"invented {number * EVENTS_AN_UPLOAD + one}")
            body = {"point": "access-1", "rows": ((person, party),)}
            nonce = f"n{number}-{one}"
            event, head = write_event(head, EventKind.PERSONS_ADMITTED, body, now=now, nonce=nonce, key=PHONE)
            content, signature = (base64.b64encode(part).decode() for part in (encode_event(event), event.signature))
            items.append({"content": content, "signature": signature})
        for receipt in encounters_receive(device=device, items=items, now=now):
            say(receipt.event if receipt.outcome in {"stored", "known"} else f"parked {receipt.reason}")


ACTS: dict[str, Callable[[Say], None]] = {"found": found, "intake": intake, "resolve": resolve, "gate": gate}


def lost(act: str, acknowledged: list[str]) -> list[str]:
    """What was acknowledged and is not there, and what is there by half."""
    if act == "intake":
        there = set(Batch.objects.values_list("id", flat=True))
    elif act == "resolve":
        there = set(ResolveRun.objects.values_list("digest", flat=True))
    else:
        there = set(EventRecord.objects.values_list("event", flat=True))
    missing = [one for one in acknowledged if one not in there]
    halves = [
        batch.id
        for batch in Batch.objects.all()
        if (batch.rows.count(), batch.listings.count()) != (batch.rows_read, batch.listings_made)
    ]
    run = ResolveRun.objects.last()
    if PersonListing.objects.count() != (run.listings if run else 0):
        halves.append("persons without their run")
    return missing + [f"half: {one}" for one in halves] + [str(problem) for problem in record_check()]


def content_digest() -> str:
    """A digest of every row of every table of ours; only numbers that the store itself counts up are left out."""
    running = hashlib.sha256(state_digest(state_now()).encode())
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if not model.__module__.startswith("safepassage."):
            continue
        names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
        rows = sorted(repr([_plain(value) for value in row]) for row in model.objects.values_list(*names))
        running.update(repr((model._meta.label, rows)).encode())
    return running.hexdigest()


def _plain(value: object) -> object:
    """The same on both stores: jsonb sorts keys, bytes come as memory views."""
    if isinstance(value, dict):
        return sorted((key, _plain(inner)) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return bytes(value) if isinstance(value, memoryview) else value
