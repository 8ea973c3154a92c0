"""Revocations: a signed list with an age of its own; each entry lapses with its pass and never hits another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from safepassage.core.ids import OperationId, PassId
from safepassage.core.passes.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Revocation:
    """One pass withdrawn. `lapses_at` is the end of its window: later it is refused as expired anyway."""

    pass_id: PassId
    lapses_at: datetime


@dataclass(frozen=True, slots=True)
class RevocationList:
    """All that is withdrawn in one operation as of `issued_at` (aware UTC). `keys` are revoked issuing key ids."""

    operation: OperationId
    issued_at: datetime
    serial: int
    passes: tuple[Revocation, ...] = ()
    keys: tuple[bytes, ...] = ()


def sign_revocations(revocations: RevocationList, *, key: SigningKey) -> bytes:
    """The list as devices load it: COSE_Sign1 over CBOR."""
    raise NotImplementedError


def read_revocations(data: bytes, *, operation: OperationId, issuing_keys: Iterable[bytes]) -> RevocationList:
    """Reads a signed list.

    Raises:
        UnreadableError: not a list of this operation, or not signed by a key that is known.
    """
    raise NotImplementedError
