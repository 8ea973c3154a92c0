"""COSE_Sign1 (RFC 9052, 4.2) with Ed25519, built by hand: a fixed layout that leaves nothing to choose."""

from __future__ import annotations

from collections.abc import Iterable

import cbor2

from safepassage.core.errors import UnreadableError
from safepassage.core.passes.keys import KEY_ID_BYTES, SigningKey, is_signed, key_id
from safepassage.core.passes.payload import load_exactly

_ALGORITHM, _KEY_ID, _EDDSA = 1, 4, -8
_SIGNATURE_BYTES = 64


class UnknownKeyError(UnreadableError):
    """Signed by a key that isn't known here."""

    default_code = "unknown-key"


class BadSignatureError(UnreadableError):
    """The signature doesn't hold."""

    default_code = "bad-signature"


def sign(payload: bytes, *, key: SigningKey, purpose: bytes) -> bytes:
    """Signs; `purpose` is the external data, so that a list can never pass for a pass."""
    protected = _protected(key.id)
    signature = key.sign(_signed_bytes(protected, payload, purpose))
    return cbor2.dumps([protected, {}, payload, signature], canonical=True)


def open_signed(data: bytes, *, keys: Iterable[bytes], purpose: bytes) -> tuple[bytes, bytes]:
    """The payload, and the id of the key that signed it.

    Raises:
        UnreadableError: not a COSE_Sign1 in our layout.
        UnknownKeyError: none of `keys` (raw public keys) has the key id that it names.
        BadSignatureError: the signature doesn't hold.
    """
    parts = load_exactly(data)
    if not isinstance(parts, list) or len(parts) != 4 or parts[1] != {}:
        raise UnreadableError("not signed in our way", code="unreadable", advice="Ask the site for a new one.")
    protected, _, payload, signature = parts
    if not all(type(part) is bytes for part in (protected, payload, signature)):
        raise UnreadableError("not signed in our way", code="unreadable", advice="Ask the site for a new one.")
    named = protected[-KEY_ID_BYTES:]
    if protected != _protected(named) or len(signature) != _SIGNATURE_BYTES:
        raise UnreadableError("not signed in our way", code="unreadable", advice="Ask the site for a new one.")
    candidates = [public for public in keys if key_id(public) == named]
    if not candidates:
        raise UnknownKeyError("signed by a key that isn't known here", advice="Sync this device, or ask the site.")
    if not any(is_signed(public, signature, _signed_bytes(protected, payload, purpose)) for public in candidates):
        raise BadSignatureError("the signature doesn't hold", advice="Take it for altered or forged.")
    return payload, named


def _protected(named: bytes) -> bytes:
    return cbor2.dumps({_ALGORITHM: _EDDSA, _KEY_ID: named}, canonical=True)


def _signed_bytes(protected: bytes, payload: bytes, purpose: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, purpose, payload], canonical=True)
