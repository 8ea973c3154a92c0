"""The check: every code, every bit, and the clock."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.passes import (
    Delay,
    PolicyVersion,
    Revocation,
    RevocationList,
    SigningKey,
    Use,
    VerdictCode,
    VerdictLevel,
    verify_pass,
)
from safepassage.core.passes.issue import PURPOSE
from safepassage.core.passes.payload import encode_content
from safepassage.core.passes.seal import read_text, seal, write_text
from safepassage.core.passes.sentences import ADVICE, LEVELS, REASONS
from safepassage.core.passes.sign import sign
from tests.core.passes.orders import (
    GATE,
    HOUR,
    ISSUER,
    NOON,
    OPERATION,
    OTHER_GATE,
    issued,
    order,
    point_day_key,
    verifier,
)

PASS = issued()


def check(text=PASS.text, *, now=NOON, point=GATE, **state):
    return verify_pass(text, verifier=verifier(**state), now=now, point=point)


def test_a_pass_in_its_window_is_valid_and_says_whom_to_expect():
    verdict = check()
    assert (verdict.level, verdict.code) == (VerdictLevel.VALID, VerdictCode.VALID)
    assert verdict.content == PASS.content
    assert verdict.remaining == (0, 1, 2)
    assert verdict.policy_version == "2021-08-26.1"


def test_every_single_bit_change_before_base45_is_refused():
    data = read_text(PASS.text)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        verdict = check(write_text(bytes(changed)))
        assert verdict.level is VerdictLevel.NOT_VALID, bit
        assert verdict.content is None, bit


def test_every_single_bit_change_inside_the_seal_is_refused_too():
    key = point_day_key()
    signed = sign(encode_content(PASS.content), key=ISSUER, purpose=PURPOSE)
    assert check(write_text(seal(signed, key=key, nonce=bytes(12)))).code is VerdictCode.VALID
    for bit in range(len(signed) * 8):
        changed = bytearray(signed)
        changed[bit // 8] ^= 1 << bit % 8
        verdict = check(write_text(seal(bytes(changed), key=key, nonce=bytes(12))))
        assert verdict.content is None, bit


@pytest.mark.parametrize("length", [0, 1, 2, 50, 178, -2, -1])
def test_a_pass_cut_short_is_refused(length):
    assert check(write_text(read_text(PASS.text)[:length])).level is VerdictLevel.NOT_VALID


@pytest.mark.parametrize("text", ["", " ", "hello", "A", "https://example.org/", PASS.text.lower(), PASS.text + "\n"])
def test_what_is_no_pass_is_unreadable(text):
    assert check(text).code is VerdictCode.UNREADABLE


def test_a_device_that_is_not_allowed_here_says_nothing_of_the_pass():
    verdict = check(points=())
    assert verdict.code is VerdictCode.DEVICE_NOT_ALLOWED
    assert verdict.content is None


def test_a_key_of_another_day_or_issuer_is_unknown():
    assert check(point_day_keys=(point_day_key(day=NOON.date() + timedelta(days=1)),)).code is VerdictCode.UNKNOWN_KEY
    assert check(issuing_keys=(SigningKey(bytes(32)).public,)).code is VerdictCode.UNKNOWN_KEY


def test_old_and_new_issuing_keys_are_both_honoured():
    new = SigningKey(bytes(32))
    keys = (ISSUER.public, new.public)
    assert check(issuing_keys=keys).code is VerdictCode.VALID
    assert check(issued(key=new).text, issuing_keys=keys).code is VerdictCode.VALID


def test_a_device_holder_can_neither_forge_nor_redirect_a_pass():
    """Who takes a phone has point-and-day keys, and can seal; but not sign, nor move a pass to another point."""
    forger = SigningKey(bytes(32))
    forged = sign(encode_content(PASS.content), key=forger, purpose=PURPOSE)
    named_as_ours = forged.replace(forger.id, ISSUER.id)
    assert check(write_text(seal(named_as_ours, key=point_day_key(), nonce=bytes(12)))).code is (
        VerdictCode.BAD_SIGNATURE
    )
    elsewhere = point_day_key(OTHER_GATE)
    genuine = sign(encode_content(PASS.content), key=ISSUER, purpose=PURPOSE)
    moved = write_text(seal(genuine, key=elsewhere, nonce=bytes(12)))
    assert check(moved, points=(OTHER_GATE,), point=OTHER_GATE, point_day_keys=(elsewhere,)).code is (
        VerdictCode.BAD_SIGNATURE
    )


def test_a_signature_for_another_purpose_does_not_hold():
    other = sign(encode_content(PASS.content), key=ISSUER, purpose=b"safe-passage/revocations-v1")
    assert check(write_text(seal(other, key=point_day_key(), nonce=bytes(12)))).code is VerdictCode.BAD_SIGNATURE


def test_another_operation_is_told_apart():
    assert check(operation="op-other").code is VerdictCode.WRONG_OPERATION


def test_another_point_is_told_where_the_device_holds_both_keys():
    verdict = check(points=(GATE, OTHER_GATE), point=OTHER_GATE, place_names={GATE: "the north gate"})
    assert verdict.code is VerdictCode.WRONG_POINT
    assert "It is for the north gate." in verdict.reasons


def test_a_revoked_pass_is_refused_and_no_other_pass_with_it():
    listed = RevocationList(OPERATION, NOON, 2, (Revocation(PASS.id, PASS.content.window_end),))
    assert check(revocations=listed).code is VerdictCode.REVOKED
    assert check(issued(2).text, revocations=listed).code is VerdictCode.VALID


def test_a_revoked_issuing_key_takes_its_passes_with_it():
    assert check(revocations=RevocationList(OPERATION, NOON, 2, keys=(ISSUER.id,))).code is VerdictCode.REVOKED


def test_a_clock_behind_any_signed_time_is_wrong():
    assert check(now=NOON - 2 * HOUR).codes[0] is VerdictCode.CLOCK_WRONG
    assert check(newest_signed_time=NOON + HOUR).code is VerdictCode.CLOCK_WRONG
    assert check(revocations=RevocationList(OPERATION, NOON + HOUR, 2)).code is VerdictCode.CLOCK_WRONG
    assert check(issued(now=NOON + HOUR).text).code is VerdictCode.CLOCK_WRONG
    assert check(newest_signed_time=NOON + timedelta(minutes=5)).code is VerdictCode.VALID


def test_a_used_pass_is_refused_and_says_where_it_was_used():
    here = Use(PASS.id, (0, 1, 2), GATE, NOON - HOUR)
    elsewhere = Use(PASS.id, (0, 1, 2), OTHER_GATE, NOON - HOUR)
    assert check(uses=(here,)).code is VerdictCode.USED_HERE
    assert check(uses=(elsewhere,)).code is VerdictCode.USED_ELSEWHERE
    assert check(uses=(elsewhere, here)).remaining == ()
    assert check(issued(2).text, uses=(here,)).code is VerdictCode.VALID


def test_part_of_a_party_leaves_the_admission_of_the_others_open():
    verdict = check(uses=(Use(PASS.id, (0,), GATE, NOON - HOUR),))
    assert (verdict.level, verdict.code) == (VerdictLevel.LOOK_CLOSER, VerdictCode.PART_ADMITTED)
    assert verdict.remaining == (1, 2)


def test_members_admitted_by_document_are_not_admitted_again_by_pass():
    single = issued(members=order().members[:1])
    tags = frozenset(single.content.members[0].tags)
    assert check(single.text, admitted_tags=tags).code is VerdictCode.ALREADY_ADMITTED
    assert check(admitted_tags=tags).remaining == (1, 2)


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (-1.01, VerdictCode.TOO_EARLY),
        (-1, VerdictCode.VALID),
        (0.99, VerdictCode.VALID),
        (1, VerdictCode.EXPIRED),
        (30, VerdictCode.EXPIRED),
    ],
)
def test_the_window_decides_to_the_minute(hours, code):
    assert check(now=NOON + hours * HOUR, list_stale_after=timedelta(days=9)).code is code


def test_who_is_late_through_a_checkpoint_is_held_not_expired():
    held = (Delay("blue-bus", NOON + 4 * HOUR),)
    verdict = check(now=NOON + 3 * HOUR, delays=held)
    assert (verdict.level, verdict.code) == (VerdictLevel.LOOK_CLOSER, VerdictCode.LATE_CHECKPOINT)
    assert check(now=NOON + 5 * HOUR, delays=held).code is VerdictCode.EXPIRED
    assert check(now=NOON + 3 * HOUR, delays=(Delay("red-bus", NOON + 4 * HOUR),)).code is VerdictCode.EXPIRED


def test_nobody_is_late_for_more_than_a_day():
    verdict = check(now=NOON + 26 * HOUR, delays=(Delay("blue-bus", NOON + 99 * HOUR),))
    assert verdict.code is VerdictCode.EXPIRED


def test_an_earlier_policy_version_is_honoured_as_that_policy_says():
    newer = PolicyVersion("2021-08-27.1")
    honoured = check(policies=(newer, PolicyVersion("2021-08-26.1")))
    assert (honoured.code, honoured.policy_version) == (VerdictCode.VALID, "2021-08-26.1")
    assert check(policies=(newer, PolicyVersion("2021-08-26.1", is_honoured=False))).code is (
        VerdictCode.POLICY_NOT_HONOURED
    )
    assert check(policies=(newer,)).code is VerdictCode.LIST_TOO_OLD


def test_a_list_past_its_age_asks_for_a_second_look_and_warns_before():
    def at(hours):
        return check(revocations=RevocationList(OPERATION, NOON - hours * HOUR, 1))

    assert at(3).code is VerdictCode.VALID
    assert any("hours old" in reason for reason in at(5).reasons)
    assert (at(25).level, at(25).code) == (VerdictLevel.LOOK_CLOSER, VerdictCode.LIST_TOO_OLD)
    assert check(revocations=None).code is VerdictCode.LIST_TOO_OLD
    assert check(revocations=RevocationList("op-other", NOON, 1)).code is VerdictCode.LIST_TOO_OLD


def test_the_heaviest_finding_is_the_code_and_all_are_told():
    listed = RevocationList(OPERATION, NOON, 2, (Revocation(PASS.id, PASS.content.window_end),))
    verdict = check(now=NOON + 2 * HOUR, revocations=listed, uses=(Use(PASS.id, (0, 1, 2), GATE, NOON),))
    assert verdict.codes == (VerdictCode.REVOKED, VerdictCode.USED_HERE, VerdictCode.EXPIRED)


def test_every_code_has_a_level_a_sentence_and_a_next_step_that_lets_the_document_outrank_the_pass():
    for code in VerdictCode:
        assert LEVELS[code]
        assert REASONS[code]
        assert ("look at their documents" in ADVICE[code]) is (code is not VerdictCode.VALID)
    levels = [LEVELS[code] for code in VerdictCode]
    assert levels == sorted(levels, key=[VerdictLevel.NOT_VALID, VerdictLevel.LOOK_CLOSER, VerdictLevel.VALID].index)


@given(st.text(max_size=400))
def test_no_text_makes_the_check_fail(text):
    assert check(text).level is VerdictLevel.NOT_VALID


@given(st.binary(max_size=300))
def test_no_bytes_make_the_check_fail(data):
    assert check(write_text(b"\x01" + data)).level is VerdictLevel.NOT_VALID


@given(st.binary(max_size=300))
def test_no_bytes_under_the_seal_make_the_check_fail(inside):
    text = write_text(seal(inside, key=point_day_key(), nonce=bytes(12)))
    assert check(text).content is None


@given(st.binary(max_size=200))
def test_no_bytes_under_signature_and_seal_make_the_check_fail(payload):
    signed = sign(payload, key=ISSUER, purpose=PURPOSE)
    verdict = check(write_text(seal(signed, key=point_day_key(), nonce=bytes(12))))
    assert verdict.code is VerdictCode.UNREADABLE


def test_the_window_is_told_in_the_zone_of_whoever_reads():
    verdict = verify_pass(PASS.text, verifier=verifier(), now=NOON, point=GATE, zone=ZoneInfo("Asia/Kabul"))
    start = PASS.content.window_start.astimezone(ZoneInfo("Asia/Kabul"))
    assert any(f"{start:%Y-%m-%d %H:%M}" in one and one.endswith("Asia/Kabul.") for one in verdict.reasons)
    assert any(one.startswith("Window ") and one.endswith(" UTC.") for one in check().reasons)
