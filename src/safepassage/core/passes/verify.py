"""The check of a pass, with no network. The twin in field/src/verify.ts obeys the same spec and vectors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from safepassage.core.errors import UnreadableError
from safepassage.core.ids import PointId
from safepassage.core.passes.issue import PURPOSE
from safepassage.core.passes.keys import day_of, refer
from safepassage.core.passes.payload import decode_content
from safepassage.core.passes.revocation import LATE_AT_MOST
from safepassage.core.passes.seal import open_seal, read_text
from safepassage.core.passes.sentences import ADVICE, LEVELS, REASONS
from safepassage.core.passes.sign import BadSignatureError, open_signed
from safepassage.core.passes.values import PassContent, Use, Verdict, VerdictCode
from safepassage.core.passes.verifier import VerifierState

_ORDER = {code: place for place, code in enumerate(VerdictCode)}


def verify_pass(text: str, *, verifier: VerifierState, now: datetime, point: PointId, zone: tzinfo = UTC) -> Verdict:
    """Says what a pass is worth here and now; never raises for what a camera read.

    Args:
        text: What the QR holds.
        verifier: What the device knows.
        now: The device's clock, aware UTC.
        point: The access point at which the device stands.
        zone: The zone in which the reasons tell the window: that of whoever reads them.
    """
    if point not in verifier.points:
        return _verdict([VerdictCode.DEVICE_NOT_ALLOWED], now=now, verifier=verifier)
    try:
        content, key_id = open_pass(text, verifier=verifier)
    except UnreadableError as error:
        return _verdict([VerdictCode(error.code)], now=now, verifier=verifier)
    used = _uses_of(content, verifier)
    remaining = _remaining(content, used, verifier)
    findings = [
        *_identity_findings(content, key_id, verifier, point),
        *_clock_findings(content, verifier, now),
        *_use_findings(content, used, remaining, point),
        *_window_findings(content, verifier, now),
        *_currency_findings(content, verifier, now),
    ]
    return _verdict(
        findings or [VerdictCode.VALID],
        content=content,
        remaining=remaining,
        now=now,
        verifier=verifier,
        zone=zone,
    )


def open_pass(text: str, *, verifier: VerifierState) -> tuple[PassContent, bytes]:
    """Opens seal and signature: the content, and the id of the key that signed it.

    Raises:
        UnreadableError: with the code of the verdict.
    """
    inside, key = open_seal(read_text(text), keys=verifier.point_day_keys)
    payload, key_id = open_signed(inside, keys=verifier.issuing_keys, purpose=PURPOSE)
    content = decode_content(payload)
    if content.point != refer("point", key.point) or day_of(content.window_start) != key.day:
        raise BadSignatureError("sealed under another point's or day's key", advice="Take it for forged.")
    return content, key_id


def _identity_findings(
    content: PassContent, key_id: bytes, verifier: VerifierState, point: PointId
) -> Iterator[VerdictCode]:
    if content.operation != refer("operation", verifier.operation):
        yield VerdictCode.WRONG_OPERATION
    revocations = verifier.revocations
    if revocations and (key_id in revocations.keys or revocations.holds(content.id)):
        yield VerdictCode.REVOKED
    if content.point != refer("point", point):
        yield VerdictCode.WRONG_POINT


def _clock_findings(content: PassContent, verifier: VerifierState, now: datetime) -> Iterator[VerdictCode]:
    """No clock may be behind a time that the site has signed."""
    signed = [content.issued_at]
    signed += [verifier.newest_signed_time] if verifier.newest_signed_time else []
    signed += [verifier.revocations.issued_at] if verifier.revocations else []
    if now + verifier.clock_tolerance < max(signed):
        yield VerdictCode.CLOCK_WRONG


def _uses_of(content: PassContent, verifier: VerifierState) -> tuple[Use, ...]:
    return tuple(use for use in verifier.uses if use.pass_id == content.id)


def _remaining(content: PassContent, used: tuple[Use, ...], verifier: VerifierState) -> tuple[int, ...]:
    admitted = {ordinal for use in used for ordinal in use.members}
    return tuple(
        ordinal
        for ordinal, member in enumerate(content.members)
        if ordinal not in admitted and not any(tag in verifier.admitted_tags for tag in member.tags)
    )


def _use_findings(
    content: PassContent, used: tuple[Use, ...], remaining: tuple[int, ...], point: PointId
) -> Iterator[VerdictCode]:
    if len(remaining) == content.heads:
        return
    if remaining:
        yield VerdictCode.PART_ADMITTED
    elif not used:
        yield VerdictCode.ALREADY_ADMITTED
    else:
        is_here = any(use.point == point for use in used)
        yield VerdictCode.USED_HERE if is_here else VerdictCode.USED_ELSEWHERE


def _window_findings(content: PassContent, verifier: VerifierState, now: datetime) -> Iterator[VerdictCode]:
    if now < content.window_start:
        yield VerdictCode.TOO_EARLY
    elif now >= content.window_end:
        is_held = any(refer("route", delay.route) == content.route and now < delay.until for delay in verifier.delays)
        is_late = is_held and now < content.window_end + LATE_AT_MOST
        yield VerdictCode.LATE_CHECKPOINT if is_late else VerdictCode.EXPIRED


def _currency_findings(content: PassContent, verifier: VerifierState, now: datetime) -> Iterator[VerdictCode]:
    honoured = {refer("policy", policy.version): policy.is_honoured for policy in verifier.policies}
    if honoured.get(content.policy) is False:
        yield VerdictCode.POLICY_NOT_HONOURED
    is_stale = _list_age(verifier, now) > verifier.list_stale_after
    if is_stale or content.policy not in honoured:
        yield VerdictCode.LIST_TOO_OLD


def _list_age(verifier: VerifierState, now: datetime) -> timedelta:
    revocations = verifier.revocations
    if revocations is None or revocations.operation != verifier.operation:
        return timedelta.max
    return now - revocations.issued_at


def _verdict(
    findings: list[VerdictCode],
    *,
    verifier: VerifierState,
    now: datetime,
    content: PassContent | None = None,
    remaining: tuple[int, ...] = (),
    zone: tzinfo = UTC,
) -> Verdict:
    codes = tuple(sorted(findings, key=_ORDER.__getitem__))
    reasons = [REASONS[code] for code in codes]
    policy_version = ""
    if content:
        policy_version = _policy_version(content, verifier)
        reasons += _details(content, remaining, verifier, now, zone)
        reasons += [f"Promised under policy version {policy_version}."] if policy_version else []
    return Verdict(LEVELS[codes[0]], codes, tuple(reasons), ADVICE[codes[0]], content, remaining, policy_version)


def _policy_version(content: PassContent, verifier: VerifierState) -> str:
    known = (policy.version for policy in verifier.policies if refer("policy", policy.version) == content.policy)
    return next(known, "")


def _details(
    content: PassContent, remaining: tuple[int, ...], verifier: VerifierState, now: datetime, zone: tzinfo
) -> Iterator[str]:
    start, end = (moment.astimezone(zone) for moment in (content.window_start, content.window_end))
    yield f"Window {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} {getattr(zone, 'key', None) or zone}."
    if len(remaining) < content.heads:
        yield f"{content.heads - len(remaining)} of {content.heads} already admitted."
    place = next((name for key, name in verifier.place_names.items() if refer("point", key) == content.point), "")
    if place:
        yield f"It is for {place}."
    age = _list_age(verifier, now)
    if verifier.list_warn_after < age <= verifier.list_stale_after:
        yield f"The list of withdrawn passes is {age // timedelta(hours=1)} hours old."
