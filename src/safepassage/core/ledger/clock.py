"""The hybrid logical clock: orders events of devices whose clocks can't be trusted.

A reading is the greatest wall time that the device has seen (its own or another's), a counter for events within
one millisecond, and the node that says it. An event always reads later than all that its writer had seen.
(Kulkarni et al., "Logical Physical Clocks", 2014.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
COUNTERS = 2**31
"""No writer makes so many events in one millisecond: a counter driven there moves the wall time on instead, so that
no reading seen can drive a clock past what an event can hold."""


def to_milliseconds(moment: datetime) -> int:
    """UTC milliseconds since 1970 of an aware datetime, rounded down.

    Raises:
        ValueError: if `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return (moment - EPOCH) // _MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """The aware UTC datetime of a number of milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=milliseconds)


@dataclass(frozen=True, slots=True, order=True)
class ClockReading:
    """One reading; readings compare in the order of events."""

    wall: int
    """UTC milliseconds since 1970."""
    counter: int = 0
    node: str = ""

    @property
    def moment(self) -> datetime:
        """The wall time as an aware UTC datetime."""
        return from_milliseconds(self.wall)


def tick(last: ClockReading, *, now: datetime) -> ClockReading:
    """The reading of a new event of `last.node`: later than `last`, and no earlier than `now`."""
    wall = max(last.wall, to_milliseconds(now))
    counter = last.counter + 1 if wall == last.wall else 0
    return _carried(wall, counter, last.node)


def receive(last: ClockReading, seen: ClockReading, *, now: datetime) -> ClockReading:
    """The reading of `last.node` after it has seen another's reading: later than both, no earlier than `now`.

    A reading far in the future drags every later reading with it: the caller refuses (parks) such events first.
    """
    wall = max(last.wall, seen.wall, to_milliseconds(now))
    counters = [one.counter for one in (last, seen) if one.wall == wall]
    return _carried(wall, max(counters) + 1 if counters else 0, last.node)


def _carried(wall: int, counter: int, node: str) -> ClockReading:
    return ClockReading(wall, counter, node) if counter < COUNTERS else ClockReading(wall + 1, 0, node)
