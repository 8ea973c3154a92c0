"""Writes spec/vectors/pass-v1.json: `python -m tests.core.passes.make_vectors`. Same code, same bytes.

Each check gives a verifier, a text, a time and a point, and the verdict that both twins must reach.
Wrong ones outnumber right ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2

from safepassage.core.ids import OperationId, PointId
from safepassage.core.passes import (
    BindingFact,
    Delay,
    ExpectedMember,
    IssuedPass,
    PassContent,
    PolicyVersion,
    Revocation,
    RevocationList,
    SigningKey,
    Use,
    VerifierState,
    bind_document,
    binding_tag,
    recognise,
    sign_revocations,
    verify_pass,
)
from safepassage.core.passes.issue import PURPOSE
from safepassage.core.passes.keys import PointDayKey, refer
from safepassage.core.passes.payload import encode_content, pass_id_bytes, seconds
from safepassage.core.passes.seal import read_text, seal, write_text
from safepassage.core.passes.sign import sign
from safepassage.core.people import AgeBand, Sex
from tests.core.passes.orders import (
    GATE,
    HOUR,
    ISSUER,
    NOON,
    OPERATION,
    OTHER_GATE,
    TODAY,
    issued,
    point_day_key,
    verifier,
)

PATH = Path(__file__).parents[3] / "spec" / "vectors" / "pass-v1.json"
NEW_ISSUER = SigningKey(b"\x05" * 32)
FORGER = SigningKey(b"\x06" * 32)
PASS = issued()
SEXES, BANDS = list(Sex), list(AgeBand)


@dataclass(frozen=True)
class Check:
    """One question to the verifier."""

    name: str
    text: str
    verifier: VerifierState
    now: datetime = NOON
    point: PointId = GATE


def heads(count: int) -> tuple[ExpectedMember, ...]:
    """A party of so many, of every sex and age band."""
    return tuple(
        ExpectedMember(SEXES[n % 4], BANDS[n % 6], (BindingFact(f"P{n:07d}", f"80{1 + n % 12:02d}14"),) * (n % 3 > 0))
        for n in range(count)
    )


def sealed(inside: bytes, *, key: PointDayKey | None = None) -> str:
    """Bytes under a genuine seal: what somebody with a captured device could make."""
    return write_text(seal(inside, key=key or point_day_key(), nonce=b"\x0c" * 12))


def signed(fields: Any, *, key: SigningKey = ISSUER) -> str:
    """Fields under a genuine signature and seal: what only a broken issuer could make."""
    payload = fields if isinstance(fields, bytes) else cbor2.dumps(fields, canonical=True)
    return sealed(sign(payload, key=key, purpose=PURPOSE))


def flip(data: bytes, bit: int) -> bytes:
    """The bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def right_ones() -> Iterator[Check]:
    """Passes that are valid."""
    device = verifier()
    for count in range(1, 41):
        yield Check(f"a party of {count}", issued(count, members=heads(count)).text, device)
    for seed in range(100, 130):
        yield Check(f"the family, drawing {seed}", issued(seed).text, device)
    both = verifier(issuing_keys=(ISSUER.public, NEW_ISSUER.public))
    yield Check("the old key where both are known", PASS.text, both)
    yield Check("the new key where both are known", issued(key=NEW_ISSUER).text, both)
    for minutes in (-60, -59, 0, 59):
        yield Check(f"{minutes} minutes from the middle", PASS.text, device, NOON + timedelta(minutes=minutes))
    week = issued(window_end=NOON - HOUR + timedelta(days=7))
    yield Check("a window of a week", week.text, device, NOON)
    yield Check("no route", issued(route="").text, device)
    yield Check("a name of a point in Dari", issued(point=PointId("دروازهٔ شمالی")).text, dari_device(), NOON, DARI)


DARI = PointId("دروازهٔ شمالی")


def dari_device() -> VerifierState:
    """A device at a point whose id is not ASCII."""
    return verifier(points=(DARI,), point_day_keys=(point_day_key(DARI),))


def altered_ones() -> Iterator[Check]:
    """Texts that were changed on the way, or never were passes."""
    device = verifier()
    data = read_text(PASS.text)
    for bit in range(0, len(data) * 8, 17):
        yield Check(f"bit {bit} changed", write_text(flip(data, bit)), device)
    for length in (0, 1, 2, 8, 9, 20, 40, len(data) // 2, len(data) - 1):
        yield Check(f"cut to {length} bytes", write_text(data[:length]), device)
    for name, more in (("a zero", b"\0"), ("itself", data)):
        yield Check(f"with {name} behind it", write_text(data + more), device)
    for text in ("", "A", ":::", "GGW", "hello", "ABC DEF", "https://example.org/?pass=1", PASS.text.lower(),
                 PASS.text + " ", PASS.text[:-1], " " + PASS.text, PASS.text + "\n", "۱۲۳", "0" * 3000):  # fmt: skip
        yield Check(f"the text {text[-12:]!r} of {len(text)}", text, device)
    parts = cbor2.loads(data[1:])
    yield Check("version 2 outside", write_text(b"\x02" + data[1:]), device)
    for name, other in (
        ("a map outside", {0: parts}),
        ("two parts outside", parts[:2]),
        ("four parts outside", [*parts, b""]),
        ("a fraction names the nonce", [parts[0], {5.0: parts[1][5]}, parts[2]]),
        ("a text names the nonce", [parts[0], {"5": parts[1][5]}, parts[2]]),
        ("no nonce", [parts[0], {}, parts[2]]),
        ("a short nonce", [parts[0], {5: parts[1][5][:8]}, parts[2]]),
        ("one header too many", [parts[0], {**parts[1], 6: 1}, parts[2]]),
        ("a text for a ciphertext", [parts[0], parts[1], "no"]),
        ("an empty ciphertext", [parts[0], parts[1], b""]),
        ("another algorithm", [parts[0].replace(b"\x01\x03", b"\x01\x01"), parts[1], parts[2]]),
    ):
        yield Check(name, write_text(b"\x01" + cbor2.dumps(other, canonical=True)), device)
    yield Check("a long form of a length", write_text(data[:1] + b"\x98\x03" + data[2:]), device)
    yield Check("an array without an end", write_text(data[:1] + b"\x9f" + data[2:] + b"\xff"), device)


def forged_ones() -> Iterator[Check]:
    """What somebody with a captured device can make: genuine seals, no signature."""
    device = verifier()
    payload = encode_content(PASS.content)
    inside = sign(payload, key=ISSUER, purpose=PURPOSE)
    for bit in range(0, len(inside) * 8, 23):
        yield Check(f"bit {bit} changed inside the seal", sealed(flip(inside, bit)), device)
    forged = sign(payload, key=FORGER, purpose=PURPOSE)
    yield Check("signed by a stranger", sealed(forged), device)
    yield Check("signed by a stranger in our name", sealed(forged.replace(FORGER.id, ISSUER.id)), device)
    yield Check("signed for another purpose", sealed(sign(payload, key=ISSUER, purpose=b"other")), device)
    elsewhere = verifier(points=(OTHER_GATE,), point_day_keys=(point_day_key(OTHER_GATE),))
    moved = sealed(inside, key=point_day_key(OTHER_GATE))
    yield Check("sealed anew for another point", moved, elsewhere, NOON, OTHER_GATE)
    tomorrow = point_day_key(day=TODAY + timedelta(days=1))
    yield Check("sealed anew for another day", sealed(inside, key=tomorrow), verifier(point_day_keys=(tomorrow,)))
    yield Check("nothing inside", sealed(b""), device)
    yield Check("not CBOR inside", sealed(b"\xff" * 40), device)
    for name, other in (
        ("three parts inside", [b"", {}, payload]),
        ("a header inside", [cbor2.loads(inside)[0], {4: b"abcd"}, payload, bytes(64)]),
        ("a short signature", [cbor2.loads(inside)[0], {}, payload, bytes(63)]),
        ("no key named", [b"\xa1\x01\x27", {}, payload, bytes(64)]),
        ("a signature of zeros", [cbor2.loads(inside)[0], {}, payload, bytes(64)]),
    ):
        yield Check(name, sealed(cbor2.dumps(other, canonical=True)), device)


def malformed_ones() -> Iterator[Check]:
    """Signed, sealed, and yet not the content of a pass: both twins must be equally strict."""
    device = verifier()
    good = cbor2.loads(encode_content(PASS.content))

    def changed(place: int, value: Any) -> list[Any]:
        return [*good[:place], value, *good[place + 1 :]]

    wrong: dict[str, Any] = {
        "version 2": changed(0, 2), "version true": changed(0, True), "version 1.0": changed(0, 1.0),
        "a short operation": changed(1, b"12345"), "a text for an operation": changed(1, "123456"),
        "a short id": changed(2, b"1234567"), "an id with low bits": changed(2, b"\xff" * 8),
        "a long policy": changed(3, b"12345"), "issued before 1970": changed(4, -1),
        "issued after 2106": changed(4, 2**32), "issued as a fraction": changed(4, 1.5),
        "a start as a text": changed(5, "noon"), "a start far off": changed(5, 2**63),
        "no window": changed(6, 0), "a window of minus an hour": changed(6, -60),
        "a window beyond a week": changed(6, 10081), "a point of three bytes": changed(7, b"123"),
        "no point": changed(7, None), "a route of five bytes": changed(8, b"12345"),
        "a list of members": changed(9, [1, 2]), "no members": changed(9, b""),
        "only filler": changed(9, b"\x1f" * 28), "no filler": changed(9, b"\x00"),
        "too much filler": changed(9, b"\x00" + b"\x1f" * 55), "filler in the middle": changed(9, b"\x1f\x00" * 14),
        "an unknown head": changed(9, b"\x18" + b"\x1f" * 27), "a tag cut short": changed(9, b"\x20\x01"),
        "another filler": changed(9, b"\x00" + b"\x3f" * 27), "too many heads": changed(9, bytes(56)),
        "one field less": good[:9], "one field more": [*good, 0], "a map": dict(enumerate(good)),
        "a figure": 7, "a tagged array": cbor2.CBORTag(18, good), "nothing": b"", "a break": b"\xff",
        "a long form": b"\x98\x0a" + encode_content(PASS.content)[1:],
        "something behind": encode_content(PASS.content) + b"\x00",
    }  # fmt: skip
    for name, fields in wrong.items():
        yield Check(f"content: {name}", signed(fields), device)


def wrong_times_and_places() -> Iterator[Check]:
    """Genuine passes that open nothing here and now, or ask for a closer look."""
    device = verifier()
    patient = verifier(list_stale_after=timedelta(days=30))
    for minutes in (-61, -65, -66, -120, -1440):
        yield Check(f"{-minutes} minutes before the middle", PASS.text, device, NOON + timedelta(minutes=minutes))
    early = issued(now=NOON - 48 * HOUR)
    asleep = verifier(newest_signed_time=None, revocations=RevocationList(OPERATION, NOON - 48 * HOUR, 1))
    for hours in (2, 3, 10, 47):
        yield Check(f"{hours} hours early, clock right", early.text, asleep, NOON - hours * HOUR)
    for minutes in (60, 61, 120, 600, 1440, 10000):
        yield Check(f"{minutes} minutes after the middle", PASS.text, patient, NOON + timedelta(minutes=minutes))
    held = replace(patient, delays=(Delay("red-bus", NOON), Delay("blue-bus", NOON + 48 * HOUR)))
    for hours in (1, 2, 12, 24.9, 25, 26, 49):
        yield Check(f"held at a checkpoint, {hours} hours after", PASS.text, held, NOON + hours * HOUR)
    for minutes in (5, 6, 60, 6000):
        ahead = verifier(newest_signed_time=NOON + timedelta(minutes=minutes))
        yield Check(f"a signed time {minutes} minutes ahead", PASS.text, ahead)
        listed = verifier(revocations=RevocationList(OPERATION, NOON + timedelta(minutes=minutes), 2))
        yield Check(f"a list from {minutes} minutes ahead", PASS.text, listed)
        yield Check(f"issued {minutes} minutes ahead", issued(now=NOON + timedelta(minutes=minutes)).text, device)
    for hours in (3, 4, 5, 24, 25, 100):
        listed = verifier(revocations=RevocationList(OPERATION, NOON - hours * HOUR, 1))
        yield Check(f"a list {hours} hours old", PASS.text, listed)
    yield Check("no list", PASS.text, verifier(revocations=None))
    yield Check("a list of another operation", PASS.text, verifier(revocations=RevocationList(OTHER, NOON, 1)))
    two = verifier(points=(GATE, OTHER_GATE))
    yield Check("for another point, key at hand", PASS.text, two, NOON, OTHER_GATE)
    yield Check("for another point, no key", issued(point=OTHER_GATE).text, two, NOON, GATE)
    yield Check("a device withdrawn", PASS.text, verifier(points=()))
    yield Check("a device of another point", PASS.text, verifier(points=(OTHER_GATE,)))
    yield Check("no keys", PASS.text, verifier(point_day_keys=()))
    yield Check(
        "yesterday's key", PASS.text, verifier(point_day_keys=(point_day_key(day=TODAY - timedelta(days=1)),))
    )
    yield Check("no issuing key", PASS.text, verifier(issuing_keys=()))
    yield Check("only the new issuing key", PASS.text, verifier(issuing_keys=(NEW_ISSUER.public,)))
    yield Check("another operation", PASS.text, replace(device, operation=OTHER))


OTHER = OperationId("op-other")


def used_and_withdrawn() -> Iterator[Check]:
    """Passes used, withdrawn, or promised under a policy that holds no more."""
    end = PASS.content.window_end
    one = RevocationList(OPERATION, NOON, 2, (Revocation(PASS.id, end),))
    yield Check("withdrawn", PASS.text, verifier(revocations=one))
    yield Check("another pass withdrawn", issued(2).text, verifier(revocations=one))
    yield Check("withdrawn by its key", PASS.text, verifier(revocations=replace(one, passes=(), keys=(ISSUER.id,))))
    yield Check("another key withdrawn", PASS.text, verifier(revocations=replace(one, passes=(), keys=(FORGER.id,))))
    for point in (GATE, OTHER_GATE):
        for members in ((0,), (1,), (0, 2), (0, 1, 2), (9,)):
            use = Use(PASS.id, members, point, NOON - HOUR)
            yield Check(f"used at {point} by {members}", PASS.text, verifier(uses=(use,)))
            yield Check(f"another used at {point} by {members}", issued(2).text, verifier(uses=(use,)))
    halves = (Use(PASS.id, (0,), OTHER_GATE, NOON), Use(PASS.id, (1, 2), OTHER_GATE, NOON))
    yield Check("used by halves", PASS.text, verifier(uses=halves))
    single = issued(members=heads(2)[1:])
    tags = frozenset(single.content.members[0].tags)
    yield Check("admitted by document", single.text, verifier(admitted_tags=tags))
    family = frozenset(PASS.content.members[1].tags[1:])
    yield Check("one admitted by document", PASS.text, verifier(admitted_tags=family))
    yield Check(
        "late, and all admitted", PASS.text, verifier(uses=halves, list_stale_after=40 * HOUR), NOON + 9 * HOUR
    )
    known = PolicyVersion("2021-08-26.1")
    for name, policies in (
        ("honoured beside a newer", (known, PolicyVersion("2021-08-27.1"))),
        ("not honoured", (replace(known, is_honoured=False), PolicyVersion("2021-08-27.1"))),
        ("unknown", (PolicyVersion("2021-08-27.1"),)),
        ("unknown, as all are", ()),
    ):
        yield Check(f"a policy version {name}", PASS.text, verifier(policies=policies))


def binding_vectors() -> Iterator[dict[str, Any]]:
    """Documents beside the family's pass."""
    device = verifier()
    for number, birth in (
        ("P0000001", "800514"), ("p 0000001", "800514"), ("P0000001<", "800514"), ("P0000001", "800515"),
        ("P0000002", "840203"), ("1000-11111", "84<<<<"), ("1000-11111", "840203"), ("", "<<<<<<"), ("۱۲۳", "800514"),
    ):  # fmt: skip
        fact = BindingFact(number, birth)
        binding = bind_document(PASS.content, fact, keys=device.point_day_keys)
        tag = binding_tag(fact, key=point_day_key()).hex()
        yield {"number": number, "birth": birth, "tag": tag, "members": list(binding.members)}


def code_vectors() -> Iterator[dict[str, Any]]:
    """Codes said at the gate of the family's pass."""
    known = {PASS.recognition_tag: PASS.id, PASS.watched_tag: PASS.id}
    eastern = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    right = PASS.recognition_code
    typed = (right, PASS.watched_code, right.translate(eastern), right.replace(" ", "-"))
    for code in (*typed, issued(2).recognition_code, "0000 0000", "1234", ""):
        found = recognise(code, keys=(point_day_key(),), known=known)
        yield {"code": code, "pass": found.pass_id if found else None, "isWatched": bool(found and found.is_watched)}


def state_json(state: VerifierState) -> dict[str, Any]:
    """What a device knows, as JSON: bytes in hex, times in seconds."""
    listed = state.revocations
    return {
        "operation": state.operation,
        "points": list(state.points),
        "issuingKeys": [key.hex() for key in state.issuing_keys],
        "pointDayKeys": [
            {"point": key.point, "day": key.day.isoformat(), "secret": key.secret.hex()}
            for key in state.point_day_keys
        ],
        "revocations": listed
        and {
            "operation": listed.operation,
            "issuedAt": seconds(listed.issued_at),
            "serial": listed.serial,
            "passes": [entry.pass_id for entry in listed.passes],
            "keys": [key.hex() for key in listed.keys],
        },
        "uses": [{"pass": use.pass_id, "members": list(use.members), "point": use.point} for use in state.uses],
        "admittedTags": sorted(tag.hex() for tag in state.admitted_tags),
        "newestSignedTime": state.newest_signed_time and seconds(state.newest_signed_time),
        "policies": [{"version": item.version, "isHonoured": item.is_honoured} for item in state.policies],
        "delays": [{"route": delay.route, "until": seconds(delay.until)} for delay in state.delays],
        "listStaleAfter": int(state.list_stale_after.total_seconds()),
        "listWarnAfter": int(state.list_warn_after.total_seconds()),
        "clockTolerance": int(state.clock_tolerance.total_seconds()),
    }


def content_json(content: PassContent) -> dict[str, Any]:
    """What is inside a pass, as JSON."""
    return {
        "operation": content.operation.hex(),
        "id": content.id,
        "policy": content.policy.hex(),
        "issuedAt": seconds(content.issued_at),
        "windowStart": seconds(content.window_start),
        "windowEnd": seconds(content.window_end),
        "point": content.point.hex(),
        "route": content.route.hex(),
        "members": [
            {"sex": one.sex.value, "ageBand": one.age_band.value, "tags": [tag.hex() for tag in one.tags]}
            for one in content.members
        ],
    }


def make_vectors() -> dict[str, Any]:
    """All of it, in the order of the spec."""
    verifiers: list[dict[str, Any]] = []
    checks = []
    for group in (right_ones, altered_ones, forged_ones, malformed_ones, wrong_times_and_places, used_and_withdrawn):
        for check in group():
            verdict = verify_pass(check.text, verifier=check.verifier, now=check.now, point=check.point)
            state = state_json(check.verifier)
            if state not in verifiers:
                verifiers.append(state)
            checks.append(
                {
                    "name": check.name,
                    "text": check.text,
                    "verifier": verifiers.index(state),
                    "now": seconds(check.now),
                    "point": check.point,
                    "level": verdict.level.value,
                    "codes": [code.value for code in verdict.codes],
                    "remaining": list(verdict.remaining),
                    "policyVersion": verdict.policy_version,
                    "content": verdict.content and content_json(verdict.content),
                }
            )
    return {
        "spec": "spec/pass-v1.md",
        "about": "Invented people, keys that guard nothing. Bytes in hex, times in seconds since 1970.",
        "verifiers": verifiers,
        "checks": checks,
        "references": {kind: refer(kind, "north-gate").hex() for kind in ("operation", "point", "route", "policy")},
        "bindings": {"text": PASS.text, "verifier": 0, "documents": list(binding_vectors())},
        "recognition": {
            "known": {PASS.recognition_tag.hex(): PASS.id, PASS.watched_tag.hex(): PASS.id},
            "codes": list(code_vectors()),
        },
        "shortCodes": [
            {"pass": one.id, "bytes": pass_id_bytes(one.id).hex(), "shortCode": one.short_code}
            for one in (issued(seed) for seed in range(5))
        ],
        "revocationLists": list(revocation_vectors(PASS)),
    }


def revocation_vectors(withdrawn: IssuedPass) -> Iterator[dict[str, Any]]:
    """Signed lists, a good one and bad ones."""
    listed = RevocationList(
        OPERATION, NOON, 7, (Revocation(withdrawn.id, withdrawn.content.window_end),), (FORGER.id,)
    )
    good = sign_revocations(listed, key=ISSUER)
    read = {"issuedAt": seconds(NOON), "serial": 7, "passes": [withdrawn.id], "keys": [FORGER.id.hex()]}
    yield {"name": "a list", "data": good.hex(), "list": read}
    yield {"name": "a bit changed", "data": flip(good, 333).hex(), "list": None}
    yield {"name": "by a stranger", "data": sign_revocations(listed, key=FORGER).hex(), "list": None}
    other = replace(listed, operation=OTHER)
    yield {"name": "of another operation", "data": sign_revocations(other, key=ISSUER).hex(), "list": None}


def as_text(vectors: dict[str, Any]) -> str:
    """One line for each vector, so that a change can be read."""
    lines = []
    for name, value in vectors.items():
        if isinstance(value, list):
            rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
            lines.append(f"{json.dumps(name)}: [\n{rows}\n]")
        else:
            lines.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    PATH.write_text(as_text(make_vectors()), encoding="utf-8")
    print(f"wrote {PATH.relative_to(Path.cwd())}")
