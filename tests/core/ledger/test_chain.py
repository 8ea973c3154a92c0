"""Events are tamper-evident: bytes, signature, chain."""

from __future__ import annotations

from dataclasses import replace

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.errors import SafePassageError, UnreadableError
from safepassage.core.ids import DeviceId
from safepassage.core.ledger import EventKind, check_chain, decode_event, encode_event, verify_event
from tests.core.ledger.scribe import KARIM, LAILA, Scribe

K = EventKind


def written() -> Scribe:
    scribe = Scribe("phone-1")
    scribe.assigned(KARIM, LAILA)
    scribe.seen(K.PERSONS_ADMITTED, KARIM, point="abbey-gate", reasons=["by-document"])
    scribe.write(K.HEADS_COUNTED, count=2, owner="desk", point="abbey-gate")
    return scribe


PHONE = written()
KEYS = {DeviceId("phone-1"): PHONE.key.public_key()}
CONTENT, SIGNATURE = encode_event(PHONE.events[1]), PHONE.events[1].signature


def codes(*events) -> list[str]:
    return [problem.code for problem in check_chain(events, KEYS)]


def test_an_event_comes_back_from_its_bytes_with_the_same_id_and_signature():
    for event in PHONE.events:
        again = decode_event(encode_event(event), signature=event.signature)
        assert again == event
        assert (again.digest, again.body, again.clock) == (event.digest, event.body, event.clock)
        assert verify_event(again, PHONE.key.public_key())
        assert decode_event(encode_event(event), is_trusted=True).body == event.body


@given(st.integers(0, len(CONTENT) * 8 - 1))
def test_no_single_bit_of_an_event_can_change_unseen(bit):
    changed = bytearray(CONTENT)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        event = decode_event(bytes(changed), signature=SIGNATURE)
    except SafePassageError:
        return
    assert not verify_event(event, PHONE.key.public_key())


@given(st.integers(0, 511))
def test_no_single_bit_of_a_signature_can_change_unseen(bit):
    changed = bytearray(SIGNATURE)
    changed[bit // 8] ^= 1 << bit % 8
    assert not verify_event(decode_event(CONTENT, signature=bytes(changed)), PHONE.key.public_key())


@given(st.binary(max_size=300))
def test_any_other_bytes_are_refused_with_our_own_error(data):
    with pytest.raises(SafePassageError):
        decode_event(data)


@pytest.mark.parametrize(
    "content",
    [
        CONTENT + b"\x00",
        cbor2.dumps([*cbor2.loads(CONTENT), 0]),
        cbor2.dumps([2, *cbor2.loads(CONTENT)[1:]]),
        cbor2.dumps([1.0, *cbor2.loads(CONTENT)[1:]], canonical=True),
        cbor2.dumps([1, "no-such-kind", *cbor2.loads(CONTENT)[2:]]),
        b"\x9f" + CONTENT[1:] + b"\xff",
        b"",
    ],
    ids=["trailing", "part-more", "schema", "float", "kind", "indefinite", "empty"],
)
def test_bytes_that_are_not_the_canonical_form_of_an_event_are_refused(content):
    with pytest.raises(UnreadableError):
        decode_event(content)


def test_a_whole_chain_is_sound_in_any_order():
    assert codes(*reversed(PHONE.events)) == []


def test_an_event_taken_out_of_the_middle_or_the_beginning_shows():
    first, second, third = PHONE.events
    assert codes(first, third) == ["chain-gap"]
    assert codes(second, third) == ["chain-gap"]


def test_an_event_of_another_chain_put_in_between_shows():
    other = Scribe("phone-1")
    other.assigned(LAILA)
    foreign = other.seen(K.PERSONS_BOARDED, LAILA, leg="c17-1")
    first, second, third = PHONE.events
    assert codes(first, foreign, third) == ["chain-broken", "chain-broken"]
    assert "chain-forked" in codes(first, second, foreign, third)


def test_a_changed_event_and_an_unknown_device_show():
    first, second, third = PHONE.events
    forged = replace(second, body={**second.body, "point": "east-gate"})
    assert codes(first, forged, third) == ["bad-signature"]
    assert {problem.code for problem in check_chain(PHONE.events, {})} == {"unknown-device"}
