"""What people hold out on a bus or at a staging base: it leads to their party, and opens nothing.

A phone there holds keyed hashes of the texts, ids and slips that may be shown, under a key that is new with each
answer: whoever takes it learns from them neither a pass nor whom it is for. The twin that asks is
`field/src/legs/presented.ts`; `docs/gate-protocol.md` has the form, `spec/vectors/presented-v1.json` holds both.
"""

from __future__ import annotations

import hmac
from typing import Literal

PRESENTED_BYTES = 8
"""Two of a million texts fall together once in ten million answers."""
Presented = Literal["text", "pass", "slip"]
"""The square's own text; the id behind the code beside it (`read_short_code`); the number of a walk-in's slip."""


def presented_tag(key: bytes, kind: Presented, value: str) -> bytes:
    """Eight bytes that say nothing without the key: HMAC-SHA-256 over kind, 0x1f, value."""
    return hmac.digest(key, f"{kind}\x1f{value}".encode(), "sha256")[:PRESENTED_BYTES]
