"""The content of a pass as CBOR: one array in fixed order, in the one deterministic encoding (RFC 8949, 4.2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2

from safepassage.core.errors import UnreadableError
from safepassage.core.ids import ALPHABET, PassId, base32
from safepassage.core.passes.keys import OPERATION_BYTES, REFERENCE_BYTES
from safepassage.core.passes.values import PassContent, PassMember
from safepassage.core.people import AgeBand, Sex

VERSION = 1
PASS_ID_BYTES = 8
TAG_BYTES = 6
MAX_MEMBERS = 40
MAX_TAGS = 7
MAX_WINDOW_MINUTES = 7 * 24 * 60

_SEXES = (Sex.FEMALE, Sex.MALE, Sex.OTHER, Sex.UNKNOWN)
_BANDS = (AgeBand.INFANT, AgeBand.CHILD, AgeBand.ADOLESCENT, AgeBand.ADULT, AgeBand.OLDER, AgeBand.UNKNOWN)
_ID_DIGITS = 12
_FILLER = b"\x1f"
PACK_BYTES = 28
"""Four members with one tag each."""
_LATEST = 0xFFFFFFFF
"""Seconds since 1970 end in 2106: an unsigned 32-bit figure."""


def pass_id(raw: bytes) -> PassId:
    """The id that eight bytes stand for: `K-` and twelve base32 digits (the first 60 bits)."""
    return PassId(f"K-{base32(raw, _ID_DIGITS)}")


def pass_id_bytes(identity: PassId) -> bytes:
    """The eight bytes of a pass id; the last four bits are 0.

    Raises:
        ValueError: not a pass id.
    """
    digits = identity.removeprefix("K-")
    if len(digits) != _ID_DIGITS:
        raise ValueError("a pass id is K- and twelve digits")
    number = 0
    for digit in digits:
        number = number << 5 | ALPHABET.index(digit)
    return (number << 4).to_bytes(PASS_ID_BYTES, "big")


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970, UTC."""
    return int(moment.timestamp())


def encode_content(content: PassContent) -> bytes:
    """The bytes that are signed. Members: one byte (sex, age band, number of tags), then the tags, six bytes each."""
    minutes = (content.window_end - content.window_start) // timedelta(minutes=1)
    fields = [
        VERSION,
        content.operation,
        pass_id_bytes(content.id),
        content.policy,
        seconds(content.issued_at),
        seconds(content.window_start),
        minutes,
        content.point,
        content.route,
        _pack(content.members),
    ]
    return cbor2.dumps(fields, canonical=True)


def _pack(members: tuple[PassMember, ...]) -> bytes:
    """Padded to a multiple of 28 bytes, so that a pass's length tells four heads from eight, not one from two."""
    packed = b"".join(_encode_member(member) for member in members)
    return packed + _FILLER * (-len(packed) % PACK_BYTES)


def _encode_member(member: PassMember) -> bytes:
    head = len(member.tags) * 32 + _SEXES.index(member.sex) * len(_BANDS) + _BANDS.index(member.age_band)
    return bytes([head]) + b"".join(member.tags)


def load_exactly(data: bytes) -> Any:  # noqa: ANN401 - CBOR can be anything; callers check
    """Decodes CBOR that is in its one deterministic encoding.

    Raises:
        UnreadableError: anything else, so that no byte can be changed without being seen.
    """
    try:
        value = cbor2.loads(data)
        again = cbor2.dumps(value, canonical=True)
    except (cbor2.CBORDecodeError, cbor2.CBOREncodeError, ValueError, TypeError, OverflowError, RecursionError):
        raise UnreadableError(
            "not CBOR", code="unreadable", advice="Scan again; if it stays so, issue anew."
        ) from None
    if again != data:
        raise UnreadableError("not deterministic CBOR", code="unreadable", advice="Issue the pass anew.")
    return value


def decode_content(data: bytes) -> PassContent:
    """Reads what `encode_content` wrote.

    Raises:
        UnreadableError: wrong version, shape, length or range.
    """
    fields = load_exactly(data)
    if not _has_shape(fields):
        raise UnreadableError(
            "not the content of a pass, version 1", code="unreadable", advice="Issue the pass anew."
        )
    _, operation, identity, policy, issued, start, minutes, point, route, packed = fields
    starts = _moment(start)
    return PassContent(
        operation=operation,
        id=pass_id(identity),
        policy=policy,
        issued_at=_moment(issued),
        window_start=starts,
        window_end=starts + timedelta(minutes=minutes),
        point=point,
        route=route,
        members=_decode_members(packed),
    )


def _has_shape(fields: object) -> bool:
    if not isinstance(fields, list) or len(fields) != 10 or type(fields[0]) is not int or fields[0] != VERSION:
        return False
    _, operation, identity, policy, issued, start, minutes, point, route, packed = fields
    lengths = (
        (operation, OPERATION_BYTES),
        (identity, PASS_ID_BYTES),
        *((reference, REFERENCE_BYTES) for reference in (policy, point, route)),
    )
    figures = ((issued, _LATEST), (start, _LATEST), (minutes, MAX_WINDOW_MINUTES))
    return (
        all(type(value) is bytes and len(value) == length for value, length in lengths)
        and identity[-1] & 15 == 0
        and all(type(value) is int and 0 <= value <= limit for value, limit in figures)
        and minutes > 0
        and type(packed) is bytes
    )


def _decode_members(packed: bytes) -> tuple[PassMember, ...]:
    members = []
    at = 0
    while at < len(packed) and packed[at : at + 1] != _FILLER:
        count, head = divmod(packed[at], 32)
        end = at + 1 + count * TAG_BYTES
        if head >= len(_SEXES) * len(_BANDS) or end > len(packed):
            raise UnreadableError("members cut short", code="unreadable", advice="Issue the pass anew.")
        sex, band = divmod(head, len(_BANDS))
        tags = tuple(packed[tag : tag + TAG_BYTES] for tag in range(at + 1, end, TAG_BYTES))
        members.append(PassMember(_SEXES[sex], _BANDS[band], tags))
        at = end
    is_filled = packed[at:] == _FILLER * (-at % PACK_BYTES)
    if not is_filled or not 0 < len(members) <= MAX_MEMBERS:
        raise UnreadableError(
            "no member, too many, or badly packed", code="unreadable", advice="Issue the pass anew."
        )
    return tuple(members)


def _moment(since_1970: int) -> datetime:
    return datetime.fromtimestamp(since_1970, UTC)
