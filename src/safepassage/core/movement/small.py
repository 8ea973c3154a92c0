"""Networks for small operations, made from a few figures instead of a file."""

from __future__ import annotations

from datetime import datetime

from safepassage.core.movement.network import CareCapacity, Network


def single_bus(
    *,
    seats: int,
    departs: datetime,
    rally_point: str,
    access_point: str = "",
    travel_minutes: int = 60,
    boarding_minutes: int = 30,
    throughput_per_hour: int | None = None,
    care: tuple[CareCapacity, ...] = (),
    plate: str = "",
    utc_offset_minutes: int = 0,
) -> Network:
    """A network for "one bus, 50 seats, 14:00": of one rally point, one bus and one access point."""
    raise NotImplementedError
