"""Codes that people say or type."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.ids import ALPHABET
from safepassage.core.passes import read_recognition_code, read_short_code, recognise, short_code
from safepassage.core.passes.codes import code_tag, draw_recognition_code
from safepassage.core.passes.payload import pass_id, pass_id_bytes
from tests.core.passes.orders import OTHER_GATE, issued, point_day_key

IDS = st.binary(min_size=8, max_size=8).map(pass_id)
CODES = st.binary(min_size=16, max_size=16).map(draw_recognition_code)


@given(IDS)
def test_a_short_code_leads_back_to_its_pass(identity):
    assert read_short_code(short_code(identity)) == identity
    assert read_short_code(f" {short_code(identity).lower().replace('-', ' ')} ") == identity
    assert pass_id(pass_id_bytes(identity)) == identity


@given(IDS)
def test_one_wrong_digit_or_two_exchanged_neighbours_are_always_seen_in_a_short_code(identity):
    digits = short_code(identity).replace("-", "")
    for place, right in enumerate(digits):
        assert not any(
            read_short_code(digits[:place] + wrong + digits[place + 1 :]) for wrong in set(ALPHABET) - {right}
        )
    for place, (one, two) in enumerate(pairwise(digits)):
        if one != two:
            assert read_short_code(digits[:place] + two + one + digits[place + 2 :]) is None


@given(CODES)
def test_one_wrong_digit_or_two_exchanged_neighbours_are_always_seen_in_a_recognition_code(code):
    digits = read_recognition_code(code)
    assert digits
    assert len(digits) == 8
    for place, right in enumerate(digits):
        for wrong in set("0123456789") - {right}:
            assert read_recognition_code(digits[:place] + wrong + digits[place + 1 :]) is None
    for place, (one, two) in enumerate(pairwise(digits)):
        if one != two:
            assert read_recognition_code(digits[:place] + two + one + digits[place + 2 :]) is None


def test_a_recognition_code_may_be_typed_in_eastern_digits():
    code = issued().recognition_code
    for zero in ("٠", "۰"):
        eastern = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in code)
        assert read_recognition_code(eastern) == read_recognition_code(code)


@pytest.mark.parametrize("text", ["", "1234", "12345678901", "abcdefgh", "1234567x", "½2345678"])
def test_what_is_no_code_is_none(text):
    assert read_recognition_code(text) is None
    assert read_short_code(text) is None


def test_the_second_code_says_that_somebody_watches():
    pass_ = issued()
    known = {pass_.recognition_tag: pass_.id, pass_.watched_tag: pass_.id}
    keys = (point_day_key(OTHER_GATE), point_day_key())
    plain = recognise(pass_.recognition_code, keys=keys, known=known)
    watched = recognise(pass_.watched_code, keys=keys, known=known)
    assert (plain.pass_id, plain.is_watched) == (pass_.id, False)
    assert (watched.pass_id, watched.is_watched) == (pass_.id, True)


def test_a_code_is_unknown_at_another_point_and_another_pass_is_not_found():
    pass_ = issued()
    known = {pass_.recognition_tag: pass_.id}
    assert recognise(pass_.recognition_code, keys=(point_day_key(OTHER_GATE),), known=known) is None
    assert recognise(issued(2).recognition_code, keys=(point_day_key(),), known=known) is None
    assert recognise("no code", keys=(point_day_key(),), known=known) is None


def test_no_tag_is_made_of_what_is_no_code():
    with pytest.raises(ValueError, match="not a recognition code"):
        code_tag("1234 5678", key=point_day_key(), is_watched=False)
