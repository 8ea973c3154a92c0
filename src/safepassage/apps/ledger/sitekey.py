"""The site's own device key: one file in the operation's key folder, sealed under the store key, never in the store.

keys/site.key       Ed25519, 32 bytes; signs the site's receipts, opens what phones seal to it, and signs its events
keys/chain.key      only in a restored copy: signs the copy's events, so that no two laptops write one chain
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
    return _open(site_key_path(), "The site's key is missing or damaged.")


def chain_key_open() -> Ed25519PrivateKey:
    """The key that signs this copy's events: its own if it was restored from a backup, else the site's.

    Raises:
        NotFoundError: it is missing or cut short.
        ForbiddenError: the store is locked.
    """
    path = chain_key_path()
    if not path.exists():
        return site_key_open()
    return _open(path, "The key of this copy's chain is missing or damaged.")


def _open(path: Path, lack: str) -> Ed25519PrivateKey:
    secret = vault.secret_read(path)
    if len(secret) != LENGTH:
        advice = "Restore the sealed backup (`safepassage backup restore`)."
        raise NotFoundError(lack, where=f"keys/{path.name}", advice=advice)
    return Ed25519PrivateKey.from_private_bytes(secret)


def chain_key_path() -> Path:
    """Where the key of a restored copy's chain is."""
    return Path(settings.HOME) / "keys" / "chain.key"


def chain_key_replace(secret: bytes) -> None:
    """Gives this copy a chain key of its own; one that came with the backup is the other copy's."""
    chain_key_path().unlink(missing_ok=True)
    vault.secret_write(chain_key_path(), secret)


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, as the ledger writes it."""
    return key.public_key().public_bytes_raw().hex()
