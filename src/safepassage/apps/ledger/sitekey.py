"""The site's own device key: one file in the operation's key folder, sealed under the store key, never in the store.

keys/site.key       Ed25519, 32 bytes; signs the site's events and its receipts
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from safepassage import vault
from safepassage.core.errors import ConflictError, NotFoundError

LENGTH = 32


def site_key_path() -> Path:
    """Where the key is."""
    return Path(settings.HOME) / "keys" / "site.key"


def site_key_make(secret: bytes | None = None) -> Ed25519PrivateKey:
    """Makes the key of a new site; `secret` for a demo that has to be the same each time.

    Raises:
        ConflictError: if there is one; it is never overwritten.
    """
    path = site_key_path()
    if path.exists():
        raise ConflictError("This site has a key already.", where="keys/site.key", advice="It is never overwritten.")
    vault.secret_write(path, secret or secrets.token_bytes(LENGTH))
    return site_key_open()


def site_key_open() -> Ed25519PrivateKey:
    """Reads the key.

    Raises:
        NotFoundError: if it is missing or cut short, with what to do.
        ForbiddenError: the store is locked.
    """
    secret = vault.secret_read(site_key_path())
    if len(secret) != LENGTH:
        raise NotFoundError(
            "The site's key is missing or damaged.",
            where="keys/site.key",
            advice="Restore the key folder from the sealed backup (`safepassage backup restore`).",
        )
    return Ed25519PrivateKey.from_private_bytes(secret)


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, as the ledger writes it."""
    return key.public_key().public_bytes_raw().hex()
