"""An archive sealed with a passphrase: for backups that leave the laptop.

Argon2id (RFC 9106, its second recommended choice: 64 MiB, 3 passes, 4 lanes) makes the key, AES-256-GCM seals; both
from `cryptography`. Layout: magic, salt (16), nonce (12), sealed bytes. The magic and salt are authenticated.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safepassage.core.errors import ForbiddenError, UnreadableError

MAGIC = b"safepassage/archive/v1\x00"
SALT, NONCE = 16, 12
LARGEST = 2**31 - 1
"""What one AES-GCM call of `cryptography` takes; a larger store is backed up by its database's own means."""
SHORTEST_PASSPHRASE = 12


def derive_key(passphrase: str, salt: bytes) -> bytes:
    """The key of 32 bytes that a passphrase makes; a fifth of a second and 64 MiB, which is the point."""
    return Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(passphrase.encode())


def passphrase_check(passphrase: str) -> None:
    """Refuses a passphrase before anything is sealed with it.

    Raises:
        ForbiddenError: it is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ForbiddenError(
            f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.", advice="Take four random words."
        )


def seal_archive(content: bytes, passphrase: str, *, randomness: bytes) -> bytes:
    """Seals an archive.

    Args:
        content: At most `LARGEST` bytes.
        passphrase: At least twelve characters; it is the only way back.
        randomness: 28 fresh bytes, never used twice.

    Raises:
        ForbiddenError: too short a passphrase, or too large an archive.
    """
    passphrase_check(passphrase)
    if len(content) > LARGEST:
        raise ForbiddenError(
            "The archive is too large to be sealed at once.", advice="Use the database's own backup."
        )
    salt, nonce = randomness[:SALT], randomness[SALT : SALT + NONCE]
    sealed = AESGCM(derive_key(passphrase, salt)).encrypt(nonce, content, MAGIC + salt)
    return MAGIC + salt + nonce + sealed


def open_archive(sealed: bytes, passphrase: str) -> bytes:
    """Opens a sealed archive.

    Raises:
        UnreadableError: it is no such archive, the passphrase is wrong, or it was changed (these two can't be told
            apart).
    """
    head = len(MAGIC) + SALT + NONCE
    if not sealed.startswith(MAGIC) or len(sealed) < head:
        raise UnreadableError("This is no sealed backup of Safe Passage.", advice="Look for a file *.sealed.")
    salt, nonce = sealed[len(MAGIC) : len(MAGIC) + SALT], sealed[len(MAGIC) + SALT : head]
    try:
        return AESGCM(derive_key(passphrase, salt)).decrypt(nonce, sealed[head:], MAGIC + salt)
    except InvalidTag as error:
        raise UnreadableError(
            "The backup can't be opened: wrong passphrase, or the file was changed.", advice="Try the other copy."
        ) from error
