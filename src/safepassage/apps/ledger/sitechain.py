"""The site's own chain: begun once, then one lock through which every append goes.

Beside the chain of each device, the record as a whole is chained: each row's `site_digest` covers the row before.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from safepassage.apps.ledger.models import EventRecord, SiteChain
from safepassage.apps.ledger.sitekey import (
    LENGTH,
    chain_key_open,
    chain_key_replace,
    public_hex,
    site_key_make,
    site_key_open,
    site_key_path,
)
from safepassage.core.errors import ConflictError
from safepassage.core.ids import DeviceId, OperationId
from safepassage.core.ledger import ChainHead, ClockReading, Event, EventKind, write_event
from safepassage.core.ledger.rows import next_link

UNFOUNDED = "unfounded"
"""The operation of a site that nobody has founded (a test, a try)."""


@transaction.atomic
def site_found(*, operation: str, secret: bytes | None = None) -> str:
    """Makes the site's key if there is none, and begins its chain. Returns the site's device id.

    Raises:
        ConflictError: if the site's chain has begun.
    """
    if SiteChain.objects.exists():
        raise ConflictError("This site's chain has begun already.", advice="Use another folder: --home FOLDER.")
    key = site_key_open() if site_key_path().exists() else site_key_make(secret)
    public = public_hex(key)
    device = f"site-{public[:12]}"
    SiteChain.objects.create(operation=operation, device=device, public_key=public)
    return device


@transaction.atomic
def site_restore(*, backup: str, moment: datetime, secret: bytes | None = None) -> str:
    """Gives a restored copy a chain and a device id of its own. Returns that id.

    The backup may be restored twice, or the first laptop may come back: two that went on signing one chain would
    write different events under one place of it, and each would refuse the other's. The last event that the copy
    writes under the former name says who it is from now on; so whoever knows the former site knows the copy, both
    records can be taken into one, and the fork shows there (`chain-forked`).

    Args:
        backup: SHA-256 of the sealed file, hex.
        moment: Aware UTC.
        secret: 32 bytes for a test that has to be the same each time.
    """
    chain = chain_lock()
    secret = secret or secrets.token_bytes(LENGTH)
    public = public_hex(Ed25519PrivateKey.from_private_bytes(secret))
    device = f"site-{public[:12]}"
    body = {"site": device, "public_key": public, "former_key": chain.public_key, "backup": backup}
    event = chain_write(chain, EventKind.SITE_RESTORED, body, moment=moment, nonce=f"restored-{public[:12]}")
    records_insert(chain, [(event, "")], moment)
    chain.device, chain.public_key, chain.sequence, chain.previous = device, public, 0, ""
    chain.save()
    chain_key_replace(secret)
    return device


def chain_lock() -> SiteChain:
    """The site's chain, locked until the transaction ends: whoever appends comes one after the other."""
    chain = SiteChain.objects.select_for_update().order_by("id").first()
    if chain is None:
        site_found(operation=UNFOUNDED)
        chain = SiteChain.objects.select_for_update().get()
    return chain


def chain_write(
    chain: SiteChain, kind: EventKind, body: Mapping[str, Any], *, moment: datetime, nonce: str = ""
) -> Event:
    """The site's next event, signed with its key; `chain` is carried on, and `records_insert` stores both.

    Raises:
        ProblemsError: what is wrong with the body.
        NotFoundError: the site's key is missing.
        ConflictError: the key is not the one that this chain began with.
    """
    key = chain_key_open()
    if public_hex(key) != chain.public_key:
        raise ConflictError(
            "The key folder belongs to another site than this store.",
            where="keys/site.key",
            advice="Restore store and key folder from one backup.",
        )
    event, head = write_event(
        ChainHead(
            OperationId(chain.operation),
            DeviceId(chain.device),
            chain.sequence,
            chain.previous,
            ClockReading(chain.wall, chain.counter, chain.device),
        ),
        kind,
        body,
        now=moment,
        nonce=nonce or f"s{chain.sequence + 1}",
        key=key,
    )
    chain.sequence, chain.previous = head.sequence, head.previous
    chain.wall, chain.counter = head.clock.wall, head.clock.counter
    return event


def records_insert(chain: SiteChain, flagged: Iterable[tuple[Event, str]], moment: datetime) -> None:
    """Inserts events with their flags and carries the site's chain on; `chain` is locked and saved here."""
    records: list[EventRecord] = []
    for event, flag in flagged:
        chain.site_digest = next_link(chain.site_digest, event.digest)
        records.append(EventRecord.of_event(event, flag=flag, server_time=moment, site_digest=chain.site_digest))
    EventRecord.objects.bulk_create(records, batch_size=200)
    chain.save()
