"""The record read back row by row: the events that hold, and the rows that are set aside with a reason.

A healthy record is read at its word. As soon as one row does not fit (its bytes, its digest, its link, the end of
the chain), every row is judged by its device's signature, so that what was forged to fit is found too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError
from django.db.models import QuerySet

from safepassage.apps.ledger.damage import is_damaged, is_undecodable
from safepassage.apps.ledger.models import EventRecord, SiteChain
from safepassage.core.ids import DeviceId
from safepassage.core.ledger import Event, EventKind
from safepassage.core.ledger.rows import RowFault, SetAside, StoredRow, judge_row, next_link, read_row

KEY_KINDS = (EventKind.DEVICE_ENROLLED, EventKind.SITE_RESTORED)
"""Events that vouch for a key."""
UNREADABLE = (ValueError, TypeError, OverflowError)
"""What the database layer raises where a column holds something that is none of its kind."""
_CHUNK = 500
_COLUMNS = ("position", "event", "device", "digest", "site_digest", "content", "signature", "server_time")
Keys = dict[DeviceId, tuple[Ed25519PublicKey, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The events of rows in the order of arrival, and the rows that are none."""

    events: tuple[Event, ...]
    set_aside: tuple[SetAside, ...] = ()
    is_as_stored: bool = True
    """Whether every row and link is as it was stored; a reading that is not has judged each row by itself."""


def stored_rows(records: QuerySet[EventRecord], *, link: str | None = None) -> Iterator[StoredRow]:
    """The rows of the record as the database gives them, in the order of arrival, the unreadable without content.

    Args:
        records: Which.
        link: The site digest before the first of them, if they are all that follow it; else no link is looked at.
    """
    behind, before = 0, link
    while True:
        found = records.filter(position__gt=behind).order_by("position")
        try:
            for values in found.values_list(*_COLUMNS).iterator(chunk_size=_CHUNK):
                row = _row(values, before)
                behind, before = row.position, row.link if link is not None else None
                yield row
        except (*UNREADABLE, DatabaseError) as error:
            _blame_row(error)
        else:
            return
        for position in list(found.values_list("position", flat=True)[:_CHUNK]):
            values = _one(position)
            row = _row(values, before)
            behind, before = position, row.link if link is not None else None
            yield row


def _one(position: int) -> tuple[object, ...]:
    """One row, column by column: one that cannot be read is none."""
    values: list[object] = []
    for column in _COLUMNS:
        try:
            values.append(EventRecord.objects.filter(pk=position).values_list(column, flat=True).get())
        except (*UNREADABLE, DatabaseError) as error:
            _blame_row(error)
            values.append(None)
    return (position, *values[1:])


def _blame_row(error: Exception) -> None:
    """Raises again what no row is to blame for: a lock, a lost connection."""
    if isinstance(error, DatabaseError) and not is_undecodable(error):
        raise error


def _row(values: tuple[object, ...], before: str | None) -> StoredRow:
    position, event, device, digest, link, content, signature, moment = (
        None if is_damaged(value) else value for value in values
    )
    return StoredRow(
        position=int(str(position)),
        event=str(event),
        device=str(device),
        digest=str(digest),
        content=content,
        signature=signature,
        server_time=moment,
        link=str(link),
        is_linked=before is None or next_link(before, str(digest)) == link,
    )


def record_read(after: int = 0, link: str = "", *, is_strict: bool = False) -> Reading:
    """All rows behind a position, judged; `link` is the site digest at that position.

    Args:
        after: The position.
        link: Its site digest.
        is_strict: Judge each row by itself, although all of them fit: several times slower.
    """
    end = SiteChain.objects.values_list("site_digest", flat=True).first()
    records = EventRecord.objects.filter(position__gt=after)
    if not is_strict:
        events: list[Event] = []
        is_end_seen = end is None or end == link
        for row in stored_rows(records, link=link):
            event = read_row(row)
            if event is None:
                break
            events.append(event)
            is_end_seen = is_end_seen or row.link == end
        else:
            if is_end_seen:
                return Reading(tuple(events))
    return _judged(records, link)


def _judged(records: QuerySet[EventRecord], link: str) -> Reading:
    keys = {device: key for device, (key, _) in keys_found().items()}
    judged = [(row, judge_row(row, keys)) for row in stored_rows(records, link=link)]
    admitted = names_admitted(event for _, event in judged if not isinstance(event, RowFault))
    events: list[Event] = []
    aside: list[SetAside] = []
    for row, first in judged:
        found = judge_row(row, keys, admitted) if first is RowFault.LINK_BROKEN else first
        if isinstance(found, RowFault):
            aside.append(SetAside(row.position, row.event, row.device, found))
        else:
            events.append(found)
    return Reading(tuple(events), tuple(aside), is_as_stored=False)


def names_admitted(events: Iterable[Event]) -> frozenset[str]:
    """The ids of events that the site says it had."""
    return frozenset(
        str(name) for event in events if event.kind is EventKind.EVENTS_ADMITTED for (name,) in event.rows
    )


def events_read(records: QuerySet[EventRecord]) -> Iterator[Event]:
    """The events of some rows of the record, those left out that are not as they were stored."""
    return (event for event in map(read_row, stored_rows(records)) if event is not None)


def keys_told(event: Event) -> Keys:
    """Public keys and roles that an event vouches for: a device enrolled, a site restored and its former self."""
    if event.kind is EventKind.DEVICE_ENROLLED:
        named = [(event.code("enrolled"), "public_key", event.code("role"))]
    elif event.kind is EventKind.SITE_RESTORED:
        named = [(event.device, "former_key", "site"), (event.code("site"), "public_key", "site")]
    else:
        return {}
    found: Keys = {}
    for device, name, role in named:
        key = _key(event.code(name))
        if key is not None:
            found[DeviceId(device)] = (key, role)
    return found


def keys_found() -> Keys:
    """Public key and role of every device ever enrolled, the site's own included."""
    keys: Keys = {}
    doubtful: list[StoredRow] = []
    for row in stored_rows(EventRecord.objects.filter(kind__in=KEY_KINDS)):
        event = read_row(row)
        if event is None:
            doubtful.append(row)
        else:
            keys |= keys_told(event)
    chain = SiteChain.objects.first()
    own = _key(chain.public_key) if chain else None
    for row in doubtful:
        signers = {device: key for device, (key, role) in keys.items() if role == "site"}
        if chain and own is not None:
            signers[DeviceId(chain.device)] = own
        judged = judge_row(row, signers)
        if not isinstance(judged, RowFault) and judged.device in signers:
            keys |= keys_told(judged)
    if chain and own is not None:
        keys[DeviceId(chain.device)] = (own, "site")
    return keys


def _key(public: str) -> Ed25519PublicKey | None:
    """The key of its hex; none if that is no key."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    except ValueError:
        return None
