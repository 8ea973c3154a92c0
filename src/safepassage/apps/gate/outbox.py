"""Events that devices sealed to this site before they could send them: opened here, then received like any other."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from safepassage.apps.ledger.sitekey import site_key_open
from safepassage.core.errors import UnreadableError
from safepassage.core.ledger.outbox import derive_outbox_key, open_outbox, outbox_public_key


def outbox_key() -> str:
    """The public key (X25519, hex) to which devices of this site seal what they have not handed in."""
    return outbox_public_key(_secret()).hex()


def items_open(items: Iterable[Any]) -> Iterator[Any]:
    """Items as the ledger takes them; what can't be opened goes on as it came, and is parked by itself."""
    secret = _secret()
    for item in items:
        sealed = item.get("sealed") if isinstance(item, Mapping) else None
        yield item if sealed is None else _opened(item, sealed, secret)


def _opened(item: Mapping[str, Any], sealed: object, secret: bytes) -> Mapping[str, Any]:
    try:
        data = base64.b64decode(sealed, validate=True)  # type: ignore[arg-type]  # anything else raises
        content, signature = open_outbox(data, secret=secret)
    except (TypeError, ValueError, binascii.Error, UnreadableError):
        return item
    return {"content": base64.b64encode(content).decode(), "signature": base64.b64encode(signature).decode()}


def _secret() -> bytes:
    return derive_outbox_key(site_key_open().private_bytes_raw())
