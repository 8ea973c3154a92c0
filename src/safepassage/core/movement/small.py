"""Networks for small operations, made from a few figures instead of a file."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from safepassage.core.ids import LegId, PointId
from safepassage.core.movement.network import CareCapacity, Leg, Mode, Network, Point, PointKind
from safepassage.core.people import Need

RALLY, ACCESS = PointId("rally-1"), PointId("access-1")


def care_places(*, wheelchairs: int = 0, stretchers: int = 0, patients: int = 0) -> tuple[CareCapacity, ...]:
    """The places of a vehicle for people with needs, of the figures that somebody stated for it."""
    stated = ((Need.WHEELCHAIR, wheelchairs), (Need.STRETCHER, stretchers), (Need.MEDICAL, patients))
    return tuple(CareCapacity(need, cases) for need, cases in stated if cases)


def single_bus(
    *,
    seats: int,
    departs: datetime,
    rally_point: str,
    access_point: str,
    travel_minutes: int = 60,
    boarding_minutes: int = 30,
    throughput_per_hour: int | None = None,
    care: tuple[CareCapacity, ...] = (),
    plate: str = "",
    utc_offset_minutes: int = 0,
) -> Network:
    """A network for "one bus, 50 seats, 14:00": of one rally point, one bus and one access point, where it ends.

    `rally_point` and `access_point` are names for humans; the ids are rally-1, access-1, and bus- with day and hour.
    The hour in id and name is that of the operation's own clock (`utc_offset_minutes` ahead of UTC): people read it.
    `departs` is aware and a whole minute. A party with a wheelchair, stretcher or medical case needs a place in
    `care`: none is there that is not stated (`care_places` makes it of three figures).

    >>> from datetime import UTC
    >>> leaves = datetime(2021, 8, 24, 9, 30, tzinfo=UTC)
    >>> single_bus(seats=50, departs=leaves, rally_point="Stadium", access_point="North Gate").legs[0].seats
    50
    """
    local = departs.astimezone(timezone(timedelta(minutes=utc_offset_minutes)))
    bus = Leg(
        id=LegId(f"bus-{local:%m%d-%H%M}"),
        mode=Mode.BUS,
        origin=RALLY,
        destination=ACCESS,
        departs=departs,
        arrives=departs + timedelta(minutes=travel_minutes),
        seats=seats,
        care=care,
        boarding_minutes=boarding_minutes,
        vehicle=plate,
    )
    return Network(
        points=(
            Point(RALLY, PointKind.RALLY_POINT, rally_point),
            Point(ACCESS, PointKind.ACCESS_POINT, access_point, throughput_per_hour=throughput_per_hour),
        ),
        legs=(bus,),
        utc_offset_minutes=utc_offset_minutes,
        name=f"One bus, {seats} seats, {local:%d %b %H:%M %Z}",
    )
