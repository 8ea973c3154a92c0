"""Revocations: a signed list with an age of its own; each entry lapses with its pass and never hits another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import cbor2

from safepassage.core.errors import UnreadableError
from safepassage.core.ids import OperationId, PassId
from safepassage.core.passes.keys import KEY_ID_BYTES, SigningKey, refer
from safepassage.core.passes.payload import (
    PASS_ID_BYTES,
    VERSION,
    load_exactly,
    pass_id,
    pass_id_bytes,
    seconds,
)
from safepassage.core.passes.sign import open_signed, sign

PURPOSE = b"safe-passage/revocations-v1"
LATE_AT_MOST = timedelta(hours=24)
"""Nobody is "late through a checkpoint" for longer; a revocation outlives its pass's window by as much."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """One pass withdrawn. `window_end` is the pass's: a day later it is refused as expired anyway."""

    pass_id: PassId
    window_end: datetime


@dataclass(frozen=True, slots=True)
class RevocationList:
    """All that is withdrawn in one operation as of `issued_at` (aware UTC). `keys` are revoked issuing key ids."""

    operation: OperationId
    issued_at: datetime
    serial: int
    passes: tuple[Revocation, ...] = ()
    keys: tuple[bytes, ...] = ()

    def holds(self, identity: PassId) -> bool:
        """Whether a pass is on the list."""
        return any(entry.pass_id == identity for entry in self.passes)

    def renewed(
        self, *, now: datetime, passes: Iterable[Revocation] = (), keys: Iterable[bytes] = ()
    ) -> RevocationList:
        """The next list: with more on it, and without passes whose window ended more than a day ago."""
        every = {entry.pass_id: entry for entry in (*self.passes, *passes)}
        kept = tuple(every[key] for key in sorted(every) if every[key].window_end + LATE_AT_MOST > now)
        return replace(
            self, issued_at=now, serial=self.serial + 1, passes=kept, keys=tuple(sorted({*self.keys, *keys}))
        )


def sign_revocations(revocations: RevocationList, *, key: SigningKey) -> bytes:
    """The list as devices load it: COSE_Sign1 over CBOR."""
    fields = [
        VERSION,
        refer("operation", revocations.operation),
        seconds(revocations.issued_at),
        revocations.serial,
        [[pass_id_bytes(entry.pass_id), seconds(entry.window_end)] for entry in revocations.passes],
        list(revocations.keys),
    ]
    return sign(cbor2.dumps(fields, canonical=True), key=key, purpose=PURPOSE)


def read_revocations(data: bytes, *, operation: OperationId, issuing_keys: Iterable[bytes]) -> RevocationList:
    """Reads a signed list.

    Raises:
        UnreadableError: not a list of this operation, or not signed by a key that is known.
    """
    payload, _ = open_signed(data, keys=issuing_keys, purpose=PURPOSE)
    fields = load_exactly(payload)
    if not isinstance(fields, list) or len(fields) != 6 or fields[:2] != [VERSION, refer("operation", operation)]:
        raise UnreadableError("not a revocation list of this operation", advice="Sync from this operation's site.")
    _, _, issued, serial, passes, keys = fields
    try:
        return RevocationList(
            operation=operation,
            issued_at=_moment(issued),
            serial=int(serial),
            passes=tuple(_entry(identity, end) for identity, end in passes),
            keys=tuple(_key_id(item) for item in keys),
        )
    except (TypeError, ValueError, OverflowError, OSError):
        raise UnreadableError("a revocation list with wrong entries", advice="Sync again from the site.") from None


def _entry(identity: bytes, end: int) -> Revocation:
    if len(identity) != PASS_ID_BYTES:
        raise ValueError("a pass id has eight bytes")
    return Revocation(pass_id(identity), _moment(end))


def _key_id(item: bytes) -> bytes:
    if type(item) is not bytes or len(item) != KEY_ID_BYTES:
        raise ValueError("a key id has four bytes")
    return item


def _moment(since_1970: int) -> datetime:
    return datetime.fromtimestamp(since_1970, UTC)
