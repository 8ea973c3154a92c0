"""The seal: COSE_Encrypt0 (RFC 9052, 5.2) with AES-256-GCM under a point-and-day key, then base45 for the QR.

Outside stand the version and a key hint, nothing else; the hint is keyed by the nonce, so that it differs for
each pass and tells nobody without the key which passes belong together.
"""

from __future__ import annotations

from collections.abc import Iterable

import base45
import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safepassage.core.errors import UnreadableError
from safepassage.core.passes.keys import KEY_ID_BYTES, PointDayKey
from safepassage.core.passes.payload import VERSION, load_exactly
from safepassage.core.passes.sign import BadSignatureError, UnknownKeyError

NONCE_BYTES = 12
_ALGORITHM, _KEY_ID, _NONCE, _A256GCM = 1, 4, 5, 3
_OUTSIDE = bytes([VERSION])
_MOST_CHARACTERS = 2000


def seal(inside: bytes, *, key: PointDayKey, nonce: bytes) -> bytes:
    """Seals signed bytes. A nonce serves one pass of a key and never another."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes")
    protected = _protected(key.hint(nonce))
    ciphertext = AESGCM(key.subkey("seal")).encrypt(nonce, inside, _sealed_with(protected))
    return _OUTSIDE + _outside(protected, nonce, ciphertext)


def open_seal(data: bytes, *, keys: Iterable[PointDayKey]) -> tuple[bytes, PointDayKey]:
    """What is inside, and the key that opened it.

    Raises:
        UnreadableError: not a pass in our layout.
        UnknownKeyError: the hint fits none of `keys`.
        BadSignatureError: a hint fits, yet something was altered.
    """
    if data[:1] != _OUTSIDE:
        raise UnreadableError("not a pass of version 1", code="unreadable", advice="Scan again.")
    protected, nonce, ciphertext = _parts(data[1:])
    hint = protected[-KEY_ID_BYTES:]
    fitting = [key for key in keys if key.hint(nonce) == hint]
    if not fitting:
        raise UnknownKeyError("no key on this device opens it", advice="Another point or day, or not ours.")
    for key in fitting:
        try:
            return AESGCM(key.subkey("seal")).decrypt(nonce, ciphertext, _sealed_with(protected)), key
        except InvalidTag:
            continue
    raise BadSignatureError("the seal is broken", advice="Take it for altered or forged.")


def write_text(data: bytes) -> str:
    """Bytes as the QR holds them (base45, RFC 9285)."""
    return str(base45.b45encode(data), "ascii")


def read_text(text: str) -> bytes:
    """The bytes of a QR's text.

    Raises:
        UnreadableError: not base45, or not the one base45 text of its bytes.
    """
    try:
        data = base45.b45decode(text) if len(text) <= _MOST_CHARACTERS else b""
    except ValueError:
        data = b""
    if not data or write_text(data) != text:
        raise UnreadableError("not base45", code="unreadable", advice="Scan again, or type the short code.")
    return bytes(data)


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The three parts; written again they must give `data` (5.0 is not 5, though Python finds them equal)."""
    parts = load_exactly(data)
    if isinstance(parts, list) and len(parts) == 3 and isinstance(parts[1], dict):
        protected, unprotected, ciphertext = parts
        nonce = unprotected.get(_NONCE)
        if (
            type(protected) is bytes
            and protected == _protected(protected[-KEY_ID_BYTES:])
            and type(nonce) is bytes
            and len(nonce) == NONCE_BYTES
            and type(ciphertext) is bytes
            and len(ciphertext) > 16
            and _outside(protected, nonce, ciphertext) == data
        ):
            return protected, nonce, ciphertext
    raise UnreadableError("not a pass of version 1", code="unreadable", advice="Scan again.")


def _outside(protected: bytes, nonce: bytes, ciphertext: bytes) -> bytes:
    return cbor2.dumps([protected, {_NONCE: nonce}, ciphertext], canonical=True)


def _protected(hint: bytes) -> bytes:
    return cbor2.dumps({_ALGORITHM: _A256GCM, _KEY_ID: hint}, canonical=True)


def _sealed_with(protected: bytes) -> bytes:
    return cbor2.dumps(["Encrypt0", protected, _OUTSIDE], canonical=True)
