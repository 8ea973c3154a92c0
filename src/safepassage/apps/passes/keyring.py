"""The site's secret keys: files in the operation's key folder, sealed under the store key, never in the store.

    keys/issuing.key       Ed25519, signs passes and revocation lists
    keys/counterpart.key   Ed25519, signs counterpart sheets and nothing else
    keys/pass.secret       32 bytes, from which point-and-day keys are derived
    keys/token.secret      32 bytes, from which counterpart tokens are derived; leaves this machine never

Who holds which key, for how long, and what is lost with it: docs/keys.md.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from safepassage import vault
from safepassage.apps.passes.models import IssuingKey
from safepassage.core.errors import ConflictError, NotFoundError
from safepassage.core.passes import SigningKey
from safepassage.vault.files import sync_folder

NAMES = ("issuing.key", "counterpart.key", "pass.secret", "token.secret")
LENGTH = 32


@dataclass(frozen=True, slots=True)
class Keyring:
    """The unlocked keys of the site."""

    issuing: SigningKey
    counterpart: SigningKey
    pass_secret: bytes = field(repr=False)
    token_secret: bytes = field(repr=False)


_COMING = "issuing.coming"


def key_folder() -> Path:
    """Where the keys of this operation are."""
    return Path(settings.HOME) / "keys"


def keys_make(fresh: dict[str, bytes] | None = None) -> Keyring:
    """Makes the keys of a new operation.

    Args:
        fresh: 32 bytes for each of `NAMES`, for a demo that has to be the same each time; drawn if not given.

    Raises:
        ConflictError: if there are keys already; they are never overwritten.
    """
    folder = key_folder()
    if any((folder / name).exists() for name in NAMES):
        raise ConflictError("This operation has keys already.", advice="Keys are rotated, never overwritten.")
    for name in NAMES:
        vault.secret_write(folder / name, fresh[name] if fresh else secrets.token_bytes(LENGTH))
    return keyring_open()


def keyring_open() -> Keyring:
    """Reads the keys.

    Raises:
        NotFoundError: if one is missing or cut short, with what to do.
        ForbiddenError: the store is locked.
    """
    if (key_folder() / _COMING).exists():
        _issuing_key_finish()
    found: dict[str, bytes] = {}
    for name in NAMES:
        content = vault.secret_read(key_folder() / name)
        if len(content) != LENGTH:
            raise NotFoundError(
                "A key of this operation is missing or damaged.",
                where=f"keys/{name}",
                advice="Restore the key folder from the sealed backup (`safepassage backup restore`).",
            )
        found[name] = content
    return Keyring(
        SigningKey(found["issuing.key"]),
        SigningKey(found["counterpart.key"]),
        found["pass.secret"],
        found["token.secret"],
    )


def issuing_key_prepare(secret: bytes) -> SigningKey:
    """Lays a new issuing key beside the one in force; it signs nothing until `issuing_key_take`."""
    vault.secret_write(key_folder() / _COMING, secret, name="issuing.key")
    return SigningKey(secret)


def issuing_key_take() -> None:
    """Puts the prepared key in force. The old one's file is gone; verifiers know its public half from the store."""
    coming = key_folder() / _COMING
    if coming.exists():
        coming.replace(key_folder() / "issuing.key")
        sync_folder(key_folder())


def _issuing_key_finish() -> None:
    """A kill between the store's word and the file's: whoever the store knows is in force."""
    secret = vault.secret_read(key_folder() / _COMING, name="issuing.key")
    if len(secret) == LENGTH and IssuingKey.objects.filter(key_id=SigningKey(secret).id.hex()).exists():
        issuing_key_take()
