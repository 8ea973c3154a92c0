"""The open store key of this process, and the small secret files that are sealed under it."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from safepassage.core.errors import ForbiddenError, UnreadableError
from safepassage.vault.files import write_whole

MAGIC = b"safepassage/sealed-key/v1\x00"
_NONCE = 12
_held: list[bytes] = []
"""At most one: a process works on one operation."""
_locked: list[bool] = []
"""Whether a key was here and the store was locked: a secret is not written in plain for want of it."""


def hold(key: bytes) -> None:
    """Keeps the open key in this process, until it ends or `forget`."""
    _held[:] = [key]
    _locked.clear()


def held() -> bytes | None:
    """The open key, if this process has it."""
    return _held[0] if _held else None


def forget() -> None:
    """Lets the key go, and that there was one."""
    _held.clear()
    _locked.clear()


def let_go() -> None:
    """Lets the key go because the store was locked: until there is one again no secret is written either."""
    _locked[:] = [True]
    _held.clear()


def hand_over() -> bytes:
    """One line that gives the open key to a program that this one begins: over its standard input, no other way."""
    key = held()
    return (key.hex() if key else "").encode() + b"\n"


def take_over(line: bytes) -> None:
    """Takes the key from whoever began this program; nothing for an empty line."""
    text = line.decode().strip()
    if text:
        hold(bytes.fromhex(text))


def subkey(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, derived from the store key (HKDF-Expand, RFC 5869).

    Raises:
        ForbiddenError: the store is locked.
    """
    key = held()
    if key is None:
        raise ForbiddenError("The store is locked.", code="locked", advice="Run `safepassage unlock`.")
    return HKDFExpand(SHA256(), 32, b"safepassage/store-key/" + purpose.encode()).derive(key)


def secret_write(path: Path, content: bytes, *, name: str = "") -> None:
    """Writes a secret: sealed under the store key if this process holds it, else as it is, for its owner only.

    The name of the file (or `name`, if it takes that later) is authenticated: no key passes for another.

    Raises:
        ForbiddenError: the store was locked under this process.
    """
    if held() is not None or _locked:
        nonce = secrets.token_bytes(_NONCE)
        beside = MAGIC + (name or path.name).encode()
        content = MAGIC + nonce + AESGCM(subkey("files")).encrypt(nonce, content, beside)
    write_whole(path, content)


def secret_read(path: Path, *, name: str = "") -> bytes:
    """A secret as `secret_write` wrote it (under `name`, if that is not the file's); empty if there is none.

    Raises:
        ForbiddenError: it is sealed and the store is locked.
        UnreadableError: it was changed, or sealed under another store key.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b""
    if not content.startswith(MAGIC):
        return content
    begins = len(MAGIC) + _NONCE
    try:
        return AESGCM(subkey("files")).decrypt(
            content[len(MAGIC) : begins], content[begins:], MAGIC + (name or path.name).encode()
        )
    except InvalidTag as error:
        raise UnreadableError(
            "A key of this operation was changed, or belongs to another store key.",
            where=f"keys/{path.name}",
            advice="Restore store and key folder from one backup (`safepassage backup restore`).",
        ) from error
