"""Typed ids, and how ids are derived.

Every id is short text, safe in URLs and spoken aloud: a letter for the kind, a dash, and Crockford base32
(no I, L, O, U). Ids are derived from what they name, never drawn, so that the same input gives the same
ids on every machine; they hold nothing personal and can't be turned back (SHA-256, truncated).
"""

from __future__ import annotations

import hashlib
from typing import NewType

OperationId = NewType("OperationId", str)
SourceId = NewType("SourceId", str)
BatchId = NewType("BatchId", str)
RowId = NewType("RowId", str)
ListingId = NewType("ListingId", str)
ListGroupId = NewType("ListGroupId", str)
PersonId = NewType("PersonId", str)
PartyId = NewType("PartyId", str)
PolicyId = NewType("PolicyId", str)
PointId = NewType("PointId", str)
LegId = NewType("LegId", str)
PlanId = NewType("PlanId", str)
PassId = NewType("PassId", str)
EventId = NewType("EventId", str)
DeviceId = NewType("DeviceId", str)
TeamId = NewType("TeamId", str)
AccountId = NewType("AccountId", str)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: https://www.crockford.com/base32.html."""

_UNSEEN = "\x1f"


def base32(data: bytes, length: int) -> str:
    """The first `length` Crockford digits of `data` (5 bits each, most significant first)."""
    number = int.from_bytes(data, "big")
    bits = len(data) * 8
    if length * 5 > bits:
        raise ValueError(f"{length} digits need {length * 5} bits, got {bits}")
    return "".join(ALPHABET[(number >> (bits - 5 * (i + 1))) & 31] for i in range(length))


def derived_id(kind: str, *parts: str, length: int = 12) -> str:
    """An id such as `P-7ZK3M0Q2R9TX` that depends on `parts` alone.

    Twelve digits are 60 bits: among ten million ids the chance of any clash is below one in ten thousand.

    Args:
        kind: One or two capital letters that say what is named.
        parts: What the id is derived from; order and division matter.
        length: Number of base32 digits.
    """
    digest = hashlib.sha256(_UNSEEN.join((kind, *parts)).encode()).digest()
    return f"{kind}-{base32(digest, length)}"
