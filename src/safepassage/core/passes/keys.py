"""Keys of passes: issuing (Ed25519) and point-and-day (derived). Who holds which: docs/keys.md."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from safepassage.core.ids import OperationId, PointId

KEY_ID_BYTES = 4
OPERATION_BYTES = 6
REFERENCE_BYTES = 4
_LABEL = b"safe-passage/pass-v1/"


def refer(kind: str, text: str) -> bytes:
    """The reference by which a pass names an operation (6 bytes), a point, a route or a policy version (4 bytes).

    Whoever knows the text can tell the reference; nobody else can turn it back. It stands inside the seal only.
    """
    length = OPERATION_BYTES if kind == "operation" else REFERENCE_BYTES
    return hashlib.sha256(_LABEL + kind.encode() + b"\x1f" + text.encode()).digest()[:length]


def key_id(public: bytes) -> bytes:
    """The four bytes by which a signature names its key: SHA-256 of the raw public key, truncated."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key of the site that issues (or, apart from it, signs counterpart sheets): 32 secret bytes."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The raw public key, 32 bytes."""
        return self._key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def id(self) -> bytes:
        """Its four-byte key id."""
        return key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature (RFC 8032), 64 bytes, deterministic."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is of `message` under the raw public key."""
    from cryptography.exceptions import InvalidSignature

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class PointDayKey:
    """What the enrolled devices of one access point and its route hold for one day (UTC): 32 secret bytes.

    Four keys are derived from it: `seal` (AES-256-GCM), `hint`, `bind` and `code` (HMAC-SHA-256).
    """

    point: PointId
    day: date
    secret: bytes = field(repr=False)

    def subkey(self, purpose: str) -> bytes:
        """HKDF-Expand of the secret for one purpose, 32 bytes."""
        return HKDFExpand(SHA256(), 32, _LABEL + purpose.encode()).derive(self.secret)

    def hint(self, nonce: bytes) -> bytes:
        """The four bytes outside the seal: other ones for each pass, so that two can't be told to share a key."""
        return hmac.digest(self.subkey("hint"), nonce, "sha256")[:KEY_ID_BYTES]


def derive_point_day_key(secret: bytes, operation: OperationId, point: PointId, day: date) -> PointDayKey:
    """The key of a point and a day, by HKDF-SHA-256 from the site's pass secret.

    Args:
        secret: 32 secret bytes of the issuing site, apart from its signing key.
        operation: Salt: the same secret never serves two operations.
        point: The access point.
        day: UTC day on which the windows of the passes start.
    """
    info = _LABEL + b"point-day\x1f" + day.isoformat().encode() + b"\x1f" + point.encode()
    derived = HKDF(SHA256(), 32, salt=operation.encode(), info=info).derive(secret)
    return PointDayKey(point, day, derived)


def day_of(moment: datetime) -> date:
    """The UTC day whose key serves a window that starts at `moment`."""
    return moment.astimezone(UTC).date()
