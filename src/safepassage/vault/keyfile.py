"""keys/store.key: the store key, sealed under the site's passphrase.

The key is 32 random bytes. Argon2id (as for backups: `core.exchange.sealing`) makes a key of the passphrase,
AES-256-GCM seals the store key with it; the operation's code stands beside it in clear and is authenticated, so that
whoever has to burn can be asked for it without opening anything.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, UnreadableError
from safepassage.core.exchange.sealing import NONCE, SALT, derive_key, passphrase_check
from safepassage.vault.files import write_whole

FORMAT = "safepassage/store-key/v1"
LENGTH = 32


def key_path(home: Path) -> Path:
    """Where the sealed key of an operation's folder is."""
    return home / "keys" / "store.key"


def is_sealed(home: Path) -> bool:
    """Whether this folder's store and keys are sealed under a store key."""
    return key_path(home).exists()


def key_make(home: Path, passphrase: str, *, operation: str, key: bytes | None = None, under: str = "") -> bytes:
    """Makes the store key of a folder and seals it.

    Args:
        home: The operation's folder.
        passphrase: At least twelve characters.
        operation: The operation's code; it stands in clear in the file.
        key: A known key (a restored backup, a demo); drawn if not given.
        under: Another file name, for a key that does not hold yet.

    Returns:
        The open key.

    Raises:
        ConflictError: there is one; it is never overwritten.
        ForbiddenError: too short a passphrase.
    """
    path = key_path(home).with_name(under) if under else key_path(home)
    if path.exists():
        raise ConflictError("This folder has a store key already.", where="keys/store.key")
    made = key or secrets.token_bytes(LENGTH)
    write_whole(path, _seal(made, passphrase, operation))
    return made


def key_open(home: Path, passphrase: str) -> bytes:
    """Opens the store key.

    Raises:
        NotFoundError: there is none: never made, or burned.
        UnreadableError: the file is no key of ours.
        ForbiddenError: wrong passphrase (or the file was changed; these two can't be told apart).
    """
    fields = _read(home)
    salt, nonce, sealed = (bytes.fromhex(fields[name]) for name in ("salt", "nonce", "sealed"))
    try:
        return AESGCM(derive_key(passphrase, salt)).decrypt(nonce, sealed, _beside(fields["operation"]))
    except InvalidTag as error:
        raise ForbiddenError(
            "The passphrase does not open this store.",
            code="wrong-passphrase",
            where="keys/store.key",
            advice="Try again. If it is lost, a backup restores under its own passphrase.",
        ) from error


def key_operation(home: Path) -> str:
    """The code of the operation, as the key file says it; needs no passphrase.

    Raises:
        NotFoundError, UnreadableError: as for `key_open`.
    """
    return _read(home)["operation"]


def passphrase_change(home: Path, old: str, new: str) -> None:
    """Seals the store key under another passphrase. The key stays: a copy of the old file opens it still.

    Raises:
        NotFoundError, UnreadableError, ForbiddenError: as for `key_open`; or the new one is too short.
    """
    key = key_open(home, old)
    write_whole(key_path(home), _seal(key, new, key_operation(home)))


def _seal(key: bytes, passphrase: str, operation: str) -> bytes:
    passphrase_check(passphrase)
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    sealed = AESGCM(derive_key(passphrase, salt)).encrypt(nonce, key, _beside(operation))
    fields = {
        "format": FORMAT,
        "operation": operation,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "sealed": sealed.hex(),
    }
    return json.dumps(fields).encode() + b"\n"


def _beside(operation: str) -> bytes:
    return f"{FORMAT}\x1f{operation}".encode()


def _read(home: Path) -> dict[str, str]:
    try:
        content = key_path(home).read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(
            "There is no store key: it was never made, or it was burned.",
            where="keys/store.key",
            advice="Restore a backup into a new folder (`safepassage backup restore`).",
        ) from error
    try:
        fields = json.loads(content)
        is_ours = fields["format"] == FORMAT and {"operation", "salt", "nonce", "sealed"} <= fields.keys()
    except (ValueError, TypeError, KeyError, AttributeError):
        is_ours = False
    if not is_ours:
        raise UnreadableError(
            "The store key is damaged.",
            where="keys/store.key",
            advice="Restore a backup into a new folder (`safepassage backup restore`).",
        )
    return dict(fields)
