"""Acts on the record: append the site's own events, receive those of devices, note who looked at what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from safepassage.apps.ledger.models import AccessEntry, EventRecord, SiteChain
from safepassage.apps.ledger.reading import events_read
from safepassage.apps.ledger.receiving import Receipt, events_receive, parked_settle, receipts_sign
from safepassage.apps.ledger.selectors import claims_waiting
from safepassage.apps.ledger.sitechain import chain_lock, chain_write, records_insert, site_found, site_restore
from safepassage.core.errors import ConflictError, NotFoundError
from safepassage.core.ids import EventId, derived_id
from safepassage.core.ledger import Event, EventKind

__all__ = [
    "Receipt",
    "access_note",
    "account_ref",
    "acts_in_turn",
    "claim_confirm",
    "claim_discard",
    "event_append",
    "events_receive",
    "parked_settle",
    "receipts_sign",
    "site_found",
    "site_restore",
]

ACCOUNT_FIELDS = ("account", "requester", "first", "second", "subject")
"""Fields of events that name an account: the ledger holds an id derived from it."""


def account_ref(username: str) -> str:
    """How the ledger names an account: an id derived from its user name."""
    return derived_id("A", username)


def acts_in_turn() -> None:
    """No other act writes events until this transaction ends: what is looked at now still holds at its end.

    An act that decides by what it finds (who is due a pass, which plan stands) calls this first, inside its own
    transaction: `event_append` comes too late for that. SQLite lets one writer in anyway; PostgreSQL does not wait.
    """
    chain_lock()


@transaction.atomic
def event_append(
    *, kind: EventKind, body: Mapping[str, Any], now: datetime | None = None, account: str = "", nonce: str = ""
) -> Event:
    """Appends one event of the site, chained and signed with the site's key.

    Call it inside the transaction of the act that it records: both are stored or neither. `now` defaults to the
    server's clock. `nonce` makes a repeated act recognisable: appending it again returns the event stored before.
    User names (`account`, and the body's requester, first and second) are replaced by derived ids.

    Raises:
        ProblemsError: what is wrong with the body.
        NotFoundError: the site's key is missing.
        ConflictError: the key is not the one that this chain began with, or another act has this nonce.
    """
    moment = now or timezone.now()
    chain = chain_lock()
    if nonce and (known := _appended_before(chain, nonce, kind)):
        return known
    event = chain_write(chain, kind, _with_account_refs(body, account), moment=moment, nonce=nonce)
    records_insert(chain, [(event, "")], moment)
    return replace(event, server_time=moment)


def _appended_before(chain: SiteChain, nonce: str, kind: EventKind) -> Event | None:
    records = EventRecord.objects.filter(device=chain.device, nonce=nonce)
    known = records.values_list("event", "kind").first()
    if known is None:
        return None
    if known[1] != kind:
        raise ConflictError("Another act has this nonce.", advice="Draw a nonce for each act.")
    event = next(events_read(records), None)
    if event is None:
        raise ConflictError(
            "This was done before, and its row of the record can't be read any more.",
            where=str(known[0]),
            advice="`safepassage gate check` says what to do.",
        )
    return event


def _with_account_refs(body: Mapping[str, Any], account: str) -> dict[str, Any]:
    named = {**body, "account": account} if account else dict(body)
    return {name: account_ref(value) if name in ACCOUNT_FIELDS else value for name, value in named.items()}


@transaction.atomic
def claim_confirm(*, event: EventId, reason: str, account: str, now: datetime | None = None) -> None:
    """Stands behind what a withdrawn device wrote and nothing proves: it counts from now on, as of when it says.

    Raises:
        NotFoundError: no such claim waits.
    """
    _claim(event)
    body = {"reason": reason, "rows": ((event,),)}
    event_append(kind=EventKind.CLAIMS_CONFIRMED, body=body, account=account, now=now)


@transaction.atomic
def claim_discard(*, event: EventId, reason: str, account: str, now: datetime | None = None) -> None:
    """Says of what a withdrawn device wrote that it never was; it stays on record and waits no longer.

    Raises:
        NotFoundError: no such claim waits.
    """
    _claim(event)
    event_append(kind=EventKind.ANNULLED, body={"event": event, "reason": reason}, account=account, now=now)


def _claim(event: EventId) -> None:
    chain_lock()
    if all(one.id != event for one in claims_waiting()):
        raise NotFoundError("No such claim waits.", advice="`safepassage gate claims` lists those that do.")


def access_note(
    *, account: str, subjects: Iterable[str], act: str, purpose: str = "", now: datetime | None = None
) -> None:
    """Notes that an account looked at these persons, parties or listings: one row each, one write."""
    moment = now or timezone.now()
    AccessEntry.objects.bulk_create(
        (
            AccessEntry(account=account, subject=subject, act=act, purpose=purpose, at=moment)
            for subject in dict.fromkeys(subjects)
        ),
        batch_size=500,
    )
