"""Rows of a stored record, read back: an event, or what is wrong with the row, so that one bad row stops no other.

Whatever was stored was checked on its way in. So a row whose bytes still have the digest under which they were
stored, and whose link to the row before holds, is taken at its word (`read_row`). Where anything in a record does
not fit, every row of it is judged by itself (`judge_row`): bytes, body, signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from safepassage.core.errors import ProblemsError, UnreadableError
from safepassage.core.ids import DeviceId
from safepassage.core.ledger.events import UNKNOWN_KIND, Event, decode_event, verify_event


class RowFault(StrEnum):
    """Why a stored row is set aside."""

    ROW_UNREADABLE = "row-unreadable"
    EVENT_UNREADABLE = "event-unreadable"
    EVENT_UNKNOWN = UNKNOWN_KIND
    BODY_REFUSED = "body-refused"
    CONTENT_CHANGED = "content-changed"
    BAD_SIGNATURE = "bad-signature"
    LINK_BROKEN = "link-broken"


@dataclass(frozen=True, slots=True)
class StoredRow:
    """What a store gives back for one event; each part as damaged as it may be."""

    position: int
    event: str
    device: str
    digest: str
    """Under which the bytes were stored, hex."""
    content: object
    signature: object
    server_time: object
    link: str
    """The digest of the record's own chain up to here, as stored."""
    is_linked: bool
    """Whether the record's own chain leads from the row before to this one."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that counts for nothing, and why; kept as it is."""

    position: int
    event: str
    """The id under which it was stored."""
    device: str
    fault: RowFault


def next_link(before: str, digest: str) -> str:
    """The digest of a record's chain after one more row: SHA-256 of the one before and the row's, both hex."""
    try:
        return hashlib.sha256(bytes.fromhex(before + digest)).hexdigest()
    except ValueError:
        return ""


def read_row(row: StoredRow) -> Event | None:
    """The event of a row that is as it was stored; None if anything about it does not fit."""
    if not row.is_linked:
        return None
    try:
        event = _decode(row, is_trusted=True)
    except (UnreadableError, ProblemsError):
        return None
    return event if (event.id, event.digest) == (row.event, row.digest) else None


def judge_row(
    row: StoredRow, keys: Mapping[DeviceId, Ed25519PublicKey], admitted: Set[str] = frozenset()
) -> Event | RowFault:
    """The event of a row, or why there is none, by all that can be held against it.

    A signature outweighs what stands beside the bytes: an event that its device signed counts, although a row
    before it was taken out or a column was edited. Without a key for the device, the site's own word decides that it
    had the event (`admitted`, ids from `events-admitted`), or digest and link do.
    """
    try:
        event = _decode(row, is_trusted=False)
    except ProblemsError:
        return RowFault.BODY_REFUSED
    except UnreadableError as error:
        known = {fault.value for fault in RowFault}
        return RowFault(error.code) if error.code in known else RowFault.EVENT_UNREADABLE
    key = keys.get(event.device)
    is_as_stored = (event.id, event.digest) == (row.event, row.digest)
    if key is not None:
        if verify_event(event, key):
            return event
        return RowFault.BAD_SIGNATURE if is_as_stored else RowFault.CONTENT_CHANGED
    if not is_as_stored:
        return RowFault.CONTENT_CHANGED
    return event if row.is_linked or event.id in admitted else RowFault.LINK_BROKEN


def _decode(row: StoredRow, *, is_trusted: bool) -> Event:
    content, signature, moment = row.content, row.signature, row.server_time
    if isinstance(content, memoryview):
        content = bytes(content)
    if isinstance(signature, memoryview):
        signature = bytes(signature)
    if not (isinstance(content, bytes) and isinstance(signature, bytes) and isinstance(moment, datetime)):
        raise UnreadableError("the row holds no event", code=RowFault.ROW_UNREADABLE)
    return decode_event(content, signature=signature, server_time=moment, is_trusted=is_trusted)
