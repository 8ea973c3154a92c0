"""What the authority at a checkpoint sees."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from safepassage.core.errors import ProblemsError, UnreadableError
from safepassage.core.passes import Convoy, ConvoyVehicle, SigningKey, counterpart_sheet, read_counterpart_sheet
from safepassage.core.passes.seal import read_text
from tests.core.passes.make_counterpart_vectors import PATH, vectors, written
from tests.core.passes.orders import HOUR, ISSUER, NOON, issued

SHEET_KEY = SigningKey(b"\x07" * 32)
TOKEN_SECRET = b"\x09" * 32
CONVOY = Convoy(
    reference="LEG-BLUE-1",
    checkpoint="Checkpoint 4",
    window_start=NOON - HOUR,
    window_end=NOON,
    vehicles=(ConvoyVehicle("KBL-0001", 48), ConvoyVehicle("KBL-0002", 50)),
)


def sheet(convoy=CONVOY, secret=TOKEN_SECRET):
    return counterpart_sheet(convoy, signing_key=SHEET_KEY, token_secret=secret)


def test_a_sheet_is_read_offline_from_its_one_code():
    made = sheet()
    assert read_counterpart_sheet(made.text, public_keys=(SHEET_KEY.public,)) == made
    assert made.heads == 98
    assert len(made.text) < 400


def test_a_sheet_by_another_key_or_altered_is_refused():
    made = sheet()
    for text, key in ((made.text, ISSUER), (made.text[:-3], SHEET_KEY), (issued().text, SHEET_KEY)):
        with pytest.raises(UnreadableError):
            read_counterpart_sheet(text, public_keys=(key.public,))


def test_tokens_can_be_linked_to_nothing_without_the_secret_and_are_new_for_each_convoy():
    tokens = {row.token for row in sheet().rows}
    others = {row.token for row in sheet(secret=b"\x0a" * 32).rows}
    next_day = {row.token for row in sheet(replace(CONVOY, reference="LEG-BLUE-2")).rows}
    assert len(tokens | others | next_day) == 6
    pass_ = issued()
    assert not any(token.replace("-", "") in pass_.short_code.replace("-", "") for token in tokens)


def test_a_sheet_holds_nothing_but_plates_heads_window_and_tokens():
    """Our own reference of the convoy never leaves the house."""
    data = read_text(sheet().text)
    assert b"KBL-0001" in data
    assert b"LEG-BLUE" not in data


def test_a_convoy_that_cannot_be_shown_lists_every_mistake():
    wrong = replace(CONVOY, window_end=NOON - 2 * HOUR, vehicles=(ConvoyVehicle(" ", 3), ConvoyVehicle("KBL-1", 0)))
    with pytest.raises(ProblemsError) as caught:
        sheet(wrong)
    assert [problem.code for problem in caught.value.problems] == ["window", "vehicle", "vehicle"]
    with pytest.raises(ProblemsError, match="without vehicles"):
        sheet(replace(CONVOY, vehicles=()))


def test_the_vectors_are_what_this_twin_reads():
    assert PATH.read_text(encoding="utf-8") == written()


def test_the_vectors_hold_more_wrong_sheets_than_right_ones_and_every_code():
    sheets = vectors()["sheets"]
    assert sum(one["sheet"] is None for one in sheets) > len(sheets) / 2
    assert {one["code"] for one in sheets} == {"", "unreadable", "unknown-key", "bad-signature"}


def test_the_same_people_on_the_same_bus_give_other_tokens_and_none_comes_from_a_pass():
    """Whoever holds every pass, its ids and the sheets of two days can't tell which belong together."""
    days = [sheet(replace(CONVOY, reference=f"LEG-BLUE-{day}")) for day in range(50)]
    tokens = [row.token for one in days for row in one.rows]
    assert len(set(tokens)) == len(tokens)
    known = [issued(seed) for seed in range(20)]
    secrets = [one.id for one in known] + [one.text for one in known] + [one.short_code for one in known]
    for secret in secrets:
        for key in (secret.encode(), hashlib.sha256(secret.encode()).digest()):
            guessed = {row.token for row in sheet(secret=key.ljust(32, b"\x00")[:32]).rows}
            assert guessed.isdisjoint(tokens)
