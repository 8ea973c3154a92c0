"""Issuing: from an order to a pass and its codes."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from safepassage.core.errors import Problems
from safepassage.core.passes.binding import binding_tag
from safepassage.core.passes.codes import code_tag, draw_recognition_code, short_code
from safepassage.core.passes.keys import PointDayKey, SigningKey, day_of, derive_point_day_key, refer
from safepassage.core.passes.payload import (
    MAX_MEMBERS,
    MAX_TAGS,
    MAX_WINDOW_MINUTES,
    PASS_ID_BYTES,
    encode_content,
    pass_id,
)
from safepassage.core.passes.seal import NONCE_BYTES, seal, write_text
from safepassage.core.passes.sign import sign
from safepassage.core.passes.values import ExpectedMember, IssuedPass, PassContent, PassMember, PassOrder

PURPOSE = b"safe-passage/pass-v1"
RANDOM_BYTES = 32
_CODE_BYTES = 16


def issue_pass(
    order: PassOrder,
    *,
    signing_key: SigningKey,
    pass_secret: bytes,
    now: datetime,
    randomness: bytes,
    taken: Container[bytes] = (),
) -> IssuedPass:
    """Issues one pass.

    Args:
        order: For whom, where, when.
        signing_key: The site's issuing key.
        pass_secret: 32 bytes from which point-and-day keys are derived.
        now: Aware UTC; the issue time, to the second.
        randomness: 32 fresh bytes for each pass, never used twice: id, nonce and codes come from them. The id
            isn't derived from the party: what is printed must not let anybody test a guess.
        taken: Recognition and watched tags of the other passes of this point and day, so that no code means two.

    Raises:
        ProblemsError: the order can't be a pass; every mistake is listed.
    """
    _check_order(order, now=now, randomness=randomness)
    key = derive_point_day_key(pass_secret, order.operation, order.point, day_of(order.window_start))
    content = PassContent(
        operation=refer("operation", order.operation),
        id=pass_id(_draw(randomness, "id", PASS_ID_BYTES)),
        policy=refer("policy", order.policy_version),
        issued_at=now.replace(microsecond=0),
        window_start=order.window_start,
        window_end=order.window_end,
        point=refer("point", order.point),
        route=refer("route", order.route),
        members=tuple(_member(expected, key) for expected in order.members),
    )
    signed = sign(encode_content(content), key=signing_key, purpose=PURPOSE)
    recognition, watched = _draw_codes(randomness, key, taken)
    return IssuedPass(
        id=content.id,
        text=write_text(seal(signed, key=key, nonce=_draw(randomness, "nonce", NONCE_BYTES))),
        short_code=short_code(content.id),
        recognition_code=recognition,
        watched_code=watched,
        recognition_tag=code_tag(recognition, key=key, is_watched=False),
        watched_tag=code_tag(watched, key=key, is_watched=True),
        issuing_key=signing_key.id,
        content=content,
    )


def _member(expected: ExpectedMember, key: PointDayKey) -> PassMember:
    tags = (binding_tag(fact, key=key) for fact in expected.documents[:MAX_TAGS])
    return PassMember(expected.sex, expected.age_band, tuple(dict.fromkeys(tags)))


def _draw(randomness: bytes, purpose: str, length: int) -> bytes:
    return HKDFExpand(SHA256(), length, b"safe-passage/pass-v1/draw/" + purpose.encode()).derive(randomness)


def _draw_codes(randomness: bytes, key: PointDayKey, taken: Container[bytes]) -> tuple[str, str]:
    """Two codes that differ and that no other pass of the point and day has in either meaning."""
    drawn: list[str] = []
    attempt = 0
    while len(drawn) < 2:
        code = draw_recognition_code(_draw(randomness, f"code-{attempt}", _CODE_BYTES))
        tags = [code_tag(code, key=key, is_watched=is_watched) for is_watched in (False, True)]
        if code not in drawn and not any(tag in taken for tag in tags):
            drawn.append(code)
        attempt += 1
    return drawn[0], drawn[1]


def _check_order(order: PassOrder, *, now: datetime, randomness: bytes) -> None:
    problems = Problems()
    moments = (order.window_start, order.window_end, now)
    if any(moment.utcoffset() is None for moment in moments):
        problems.add("naive-time", "A time without its zone.", advice="Give aware UTC datetimes.")
    elif not timedelta(0) < order.window_end - order.window_start <= timedelta(minutes=MAX_WINDOW_MINUTES):
        problems.add("window", "The window is empty or longer than a week.", advice="Check its start and end.")
    elif any(moment.second or moment.microsecond for moment in moments[:2]):
        problems.add("window", "The window isn't to the full minute.", advice="Round its start and end.")
    if not 0 < len(order.members) <= MAX_MEMBERS:
        problems.add("members", f"A pass is for 1 to {MAX_MEMBERS} people.", advice="Issue several passes.")
    if not order.point:
        problems.add("point", "A pass needs an access point.", advice="Book the party first.")
    if len(randomness) != RANDOM_BYTES:
        problems.add("randomness", f"A pass needs {RANDOM_BYTES} fresh random bytes.", advice="Draw them anew.")
    problems.raise_if_any("the order of a pass")
