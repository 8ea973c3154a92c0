"""Issuing, and what a pass gives away."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.errors import ProblemsError
from safepassage.core.passes import BindingFact, ExpectedMember, PassContent, PassMember, binding_tag, issue_pass
from safepassage.core.passes.keys import refer
from safepassage.core.passes.payload import decode_content, encode_content, pass_id
from safepassage.core.passes.seal import read_text
from safepassage.core.passes.verify import open_pass
from safepassage.core.people import AgeBand, Sex
from tests.core.passes.orders import (
    FAMILY,
    ISSUER,
    NOON,
    PASS_SECRET,
    issued,
    order,
    point_day_key,
    randomness,
    verifier,
)

MEMBERS = st.builds(
    PassMember,
    st.sampled_from(list(Sex)),
    st.sampled_from(list(AgeBand)),
    st.lists(st.binary(min_size=6, max_size=6), max_size=7).map(tuple),
)
MOMENTS = st.integers(0, 2**32 - 1).map(lambda second: datetime.fromtimestamp(second, NOON.tzinfo))


@st.composite
def contents(draw):
    start = draw(MOMENTS)
    references = st.binary(min_size=4, max_size=4)
    return PassContent(
        operation=draw(st.binary(min_size=6, max_size=6)),
        id=pass_id(draw(st.binary(min_size=8, max_size=8))),
        policy=draw(references),
        issued_at=draw(MOMENTS),
        window_start=start,
        window_end=start + timedelta(minutes=draw(st.integers(1, 7 * 24 * 60))),
        point=draw(references),
        route=draw(references),
        members=tuple(draw(st.lists(MEMBERS, min_size=1, max_size=40))),
    )


@given(contents())
@settings(max_examples=60)
def test_content_comes_back_as_it_went_in(content):
    assert decode_content(encode_content(content)) == content


def heads(count: int) -> tuple[ExpectedMember, ...]:
    return tuple(ExpectedMember(Sex.MALE, AgeBand.ADULT, (BindingFact(f"P{n}", "800101"),)) for n in range(count))


def test_sizes_fit_a_small_qr_and_tell_only_a_class():
    sizes = {count: len(issued(members=heads(count)).text) for count in (1, 2, 4, 5, 6, 8, 12)}
    assert sizes[1] == sizes[2] == sizes[4]
    assert sizes[5] == sizes[6] == sizes[8]
    assert (sizes[1], sizes[6], sizes[12]) == (300, 342, 384)


def test_the_same_order_and_bytes_give_the_same_pass():
    assert issued(1) == issued(1)
    assert issued(1).text != issued(2).text


def test_nothing_printed_depends_on_the_party():
    """What is printed openly (short code, codes, hint) must not let anybody test a guess."""
    family, stranger = issued(1), issued(1, party="Y-OTHER", members=heads(3))
    assert family.short_code == stranger.short_code
    assert family.recognition_code == stranger.recognition_code


def test_two_passes_of_one_party_share_nothing_that_tells_them_together():
    """Outside stand the version, the algorithm and what differs for each pass."""
    one, two = (read_text(issued(seed).text) for seed in (1, 2))
    shared = [a == b for a, b in zip(one, two, strict=True)]
    longest = max(len(run) for run in "".join("=" if same else " " for same in shared).split())
    assert one[:8] == two[:8]
    assert longest <= 8


def test_every_mistake_of_an_order_is_listed():
    wrong = order(members=(), point="", window_end=NOON - 2 * timedelta(hours=1))
    with pytest.raises(ProblemsError) as caught:
        issue_pass(wrong, signing_key=ISSUER, pass_secret=PASS_SECRET, now=NOON, randomness=b"short")
    assert {problem.code for problem in caught.value.problems} == {"members", "point", "window", "randomness"}
    with pytest.raises(ProblemsError, match="zone"):
        issued(window_start=datetime(2021, 8, 26, 11))
    with pytest.raises(ProblemsError, match="full minute"):
        issued(window_start=NOON - timedelta(seconds=90))


def test_codes_that_another_pass_has_are_not_given_again():
    first = issued(1)
    again = issue_pass(
        order(),
        signing_key=ISSUER,
        pass_secret=PASS_SECRET,
        now=NOON,
        randomness=randomness(1),
        taken={first.recognition_tag, first.watched_tag},
    )
    assert {again.recognition_code, again.watched_code}.isdisjoint({first.recognition_code, first.watched_code})


def register() -> list[BindingFact]:
    """A whole invented population: everybody's number and birth date, the family among them."""
    everybody = [fact for member in FAMILY for fact in member.documents]
    for number in range(3000):
        birth = date(1940 + number % 80, 1 + number % 12, 1 + number % 28)
        everybody.append(BindingFact(f"P{number:07d}", birth.strftime("%y%m%d")))
    return everybody


def guesses(fact: BindingFact, keys: list[bytes]) -> list[bytes]:
    """Every tag of a person that somebody without the point-and-day key can think of."""
    message = f"{fact.number}\x1f{fact.birth}".encode()
    label = b"safe-passage/pass-v1/bind\x01"
    found = [hashlib.sha256(message).digest(), message]
    for key in keys:
        found.append(hmac.digest(key, message, "sha256"))
        found.append(hmac.digest(hmac.digest(key.ljust(32, b"\0"), label, "sha256"), message, "sha256"))
    return [guess[:6] for guess in found]


def matched(text: str, keys: list[bytes]) -> set[str]:
    """Whom of the register an attacker finds in the bytes of a pass."""
    data = read_text(text)
    windows = {data[at : at + 6] for at in range(len(data) - 5)}
    return {fact.number for fact in register() if not windows.isdisjoint(guesses(fact, keys))}


def test_a_pass_all_public_keys_and_a_register_of_everybody_match_nobody():
    pass_ = issued()
    public = [ISSUER.public, ISSUER.id, refer("operation", "op-test"), refer("point", "north-gate"), b"", bytes(32)]
    assert matched(pass_.text, public) == set()
    opened = matched_inside(pass_.text)
    assert opened == {"P0000001", "P0000002", "1000-11111"}, "with the key the same search finds the family"


def matched_inside(text: str) -> set[str]:
    """The same search by a device that holds the key: shows that the search above could have found them."""
    content, _ = open_pass(text, verifier=verifier())
    tags = {tag for member in content.members for tag in member.tags}
    return {fact.number for fact in register() if binding_tag(fact, key=point_day_key()) in tags}


def test_a_captured_key_of_one_day_opens_no_other_day():
    tomorrow = issued(window_start=NOON + timedelta(hours=23), window_end=NOON + timedelta(hours=25))
    state = verifier()
    assert open_pass(issued().text, verifier=state)
    with pytest.raises(Exception, match="no key on this device"):
        open_pass(tomorrow.text, verifier=state)
    assert point_day_key().subkey("bind") != replace(point_day_key(), secret=bytes(32)).subkey("bind")
