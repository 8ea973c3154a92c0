"""The hybrid logical clock never runs back, whatever the wall clocks do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.ledger import ClockReading, receive, tick
from safepassage.core.ledger.clock import COUNTERS, from_milliseconds, to_milliseconds
from tests.core.ledger.scribe import START

MOMENTS = st.integers(-3600, 3600).map(lambda seconds: START + timedelta(seconds=seconds))


@given(st.lists(MOMENTS, min_size=2, max_size=20))
def test_each_tick_reads_later_than_the_last_even_if_the_wall_clock_is_set_back(moments):
    reading = ClockReading(0, 0, "phone-1")
    for moment in moments:
        following = tick(reading, now=moment)
        assert following > reading
        assert following.wall >= to_milliseconds(moment)
        reading = following


@given(st.lists(st.tuples(st.booleans(), MOMENTS), max_size=30))
def test_what_follows_a_message_reads_later_than_the_message(steps):
    left, right = ClockReading(0, 0, "a"), ClockReading(0, 0, "b")
    for is_left, moment in steps:
        if is_left:
            left = tick(left, now=moment)
            before, right = right, receive(right, left, now=moment)
            assert right > left
            assert right > before
        else:
            right = tick(right, now=moment)
            before, left = left, receive(left, right, now=moment)
            assert left > right
            assert left > before


def test_readings_of_one_millisecond_are_told_apart_by_the_counter_and_the_node():
    first = tick(ClockReading(0, 0, "a"), now=START)
    second = tick(first, now=START)
    assert (second.wall, second.counter) == (first.wall, 1)
    assert ClockReading(1, 0, "a") < ClockReading(1, 0, "b")


def test_moments_go_to_whole_milliseconds_and_back():
    moment = START + timedelta(microseconds=1500)
    assert from_milliseconds(to_milliseconds(moment)) == START + timedelta(milliseconds=1)
    with pytest.raises(ValueError, match="time zone"):
        to_milliseconds(datetime(2021, 8, 20))


@given(st.integers(0, 2**53 - 1))
def test_no_reading_that_is_seen_drives_a_clock_past_what_an_event_can_hold(counter):
    wall = to_milliseconds(START)
    mine = ClockReading(wall, 0, "site")
    theirs = ClockReading(wall, counter, "phone")
    followed = receive(mine, theirs, now=START)
    assert followed > ClockReading(wall, counter, "site")
    assert tick(followed, now=START) > followed
    assert tick(followed, now=START).counter < COUNTERS
