"""Sealing to a site: what a device could not send yet, in a form that the device itself can't open again.

    sealed = ephemeral X25519 public key (32) ‖ AES-256-GCM of CBOR [content, signature]
    key    = HKDF-SHA-256( X25519(ephemeral, site), salt = ephemeral ‖ site, info = "safepassage/outbox/v1" )

The nonce is twelve zero bytes: each key seals one message. Additional data: `CONTEXT`. The twin is
`field/src/vault/outbox.ts`; both are held to `spec/vectors/outbox-v1.json`.
"""

from __future__ import annotations

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safepassage.core.errors import UnreadableError

CONTEXT = b"safepassage/outbox/v1"
_KEY_CONTEXT = b"safepassage/outbox-key/v1"
_POINT_BYTES = 32
_NONCE = bytes(12)


def derive_outbox_key(site_secret: bytes) -> bytes:
    """The site's X25519 secret (32 bytes) from the secret of its Ed25519 key: one file to guard, two keys."""
    return HKDF(SHA256(), 32, salt=b"", info=_KEY_CONTEXT).derive(site_secret)


def outbox_public_key(secret: bytes) -> bytes:
    """The public half, 32 bytes: what a device gets when it joins."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def seal_outbox(content: bytes, signature: bytes, *, site: bytes, ephemeral: bytes) -> bytes:
    """Seals one event to the site's public key; `ephemeral` is 32 fresh random bytes, used once."""
    private = X25519PrivateKey.from_private_bytes(ephemeral)
    public = private.public_key().public_bytes_raw()
    key = _key(private.exchange(X25519PublicKey.from_public_bytes(site)), public, site)
    return public + AESGCM(key).encrypt(_NONCE, cbor2.dumps([content, signature], canonical=True), CONTEXT)


def open_outbox(sealed: bytes, *, secret: bytes) -> tuple[bytes, bytes]:
    """Content and signature of a sealed event; whether the signature holds is not looked at.

    Raises:
        UnreadableError: sealed to somebody else, changed, or no seal at all.
    """
    private = X25519PrivateKey.from_private_bytes(secret)
    public, site = sealed[:_POINT_BYTES], private.public_key().public_bytes_raw()
    try:
        key = _key(private.exchange(X25519PublicKey.from_public_bytes(public)), public, site)
        found = cbor2.loads(AESGCM(key).decrypt(_NONCE, sealed[_POINT_BYTES:], CONTEXT))
        content, signature = found
    except (InvalidTag, ValueError, TypeError, cbor2.CBORError) as error:
        raise UnreadableError(
            "This is not sealed to this site.", advice="Hand it in at the site it is for."
        ) from error
    if not (isinstance(content, bytes) and isinstance(signature, bytes)):
        raise UnreadableError("What is under the seal is no event.", advice="Update the app on the device.")
    return content, signature


def _key(shared: bytes, ephemeral: bytes, site: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=ephemeral + site, info=CONTEXT).derive(shared)
