"""Small random operations for Hypothesis: few parties, few legs, and everything scarce."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    CareCapacity,
    Cases,
    Clearance,
    CounterpartLimit,
    Curfew,
    Demand,
    HourCapacity,
    Leg,
    Mode,
    Network,
    Passage,
    Point,
    PointKind,
    Reserve,
    Scenario,
    Start,
    Window,
)
from safepassage.core.people import Need

DAY = datetime(2021, 8, 24, tzinfo=UTC)
NOW = DAY + timedelta(hours=5)


def at(hour: float) -> datetime:
    """A moment of the day, in hours."""
    return DAY + timedelta(minutes=round(hour * 60))


# made once: an operation draws a hundred times, and what is drawn from costs more to make than the draw
one_of = cache(st.sampled_from)
whole = cache(st.integers)


@cache
def rarely(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """None three times of four."""
    return st.one_of(st.none(), st.none(), st.none(), strategy)


@st.composite
def points(draw: st.DrawFn) -> tuple[Point, ...]:
    access_hours = tuple(
        HourCapacity(at(hour), draw(whole(0, 6))) for hour in draw(st.sets(whole(7, 11), max_size=2))
    )
    return (
        Point(PointId("RALLY-1"), PointKind.RALLY_POINT, holding=draw(rarely(whole(2, 8)))),
        Point(PointId("RALLY-2"), PointKind.RALLY_POINT),
        Point(PointId("CHECK"), PointKind.COUNTERPART_CHECKPOINT, throughput_per_hour=draw(rarely(whole(3, 9)))),
        Point(
            PointId("GATE"),
            PointKind.ACCESS_POINT,
            throughput_per_hour=draw(whole(2, 9)),
            hours=access_hours,
            holding=draw(rarely(whole(3, 9))),
            max_wait_minutes=draw(one_of((60, 150, 400))),
            processing_minutes=draw(one_of((0, 30))),
            closures=draw(one_of(((), (), (Window(at(8), at(9)),)))),
        ),
        Point(
            PointId("BASE"),
            PointKind.STAGING_BASE,
            beds=draw(whole(2, 12)),
            stay_hours=draw(one_of((12, 48))),
            care=draw(one_of(((), (CareCapacity(Need.WHEELCHAIR, 1),)))),
            max_wait_minutes=2880,
        ),
        Point(PointId("HAVEN"), PointKind.SAFE_HAVEN),
    )


@st.composite
def legs(draw: st.DrawFn) -> tuple[Leg, ...]:
    made = []
    for index in range(draw(whole(1, 3))):
        departs = draw(one_of((6.0, 6.5, 7.0, 8.25, 9.0)))
        made.append(
            Leg(
                LegId(f"BUS-{index}"),
                Mode.BUS,
                PointId(draw(one_of(("RALLY-1", "RALLY-1", "RALLY-2")))),
                PointId("GATE"),
                at(departs),
                at(departs + 0.75),
                seats=draw(whole(1, 9)),
                care=(CareCapacity(Need.WHEELCHAIR, draw(whole(0, 2))),),
                passages=draw(one_of(((), (Passage(PointId("CHECK"), at(departs + 0.5)),)))),
                boarding_minutes=draw(one_of((0, 30))),
                freezes_at=draw(rarely(st.just(at(4)))),
            )
        )
    for index in range(draw(whole(1, 3))):
        departs = draw(one_of((9.0, 10.0, 12.5, 13.0)))
        made.append(
            Leg(
                LegId(f"FLIGHT-{index}"),
                Mode.FLIGHT,
                PointId("GATE"),
                PointId(draw(one_of(("BASE", "BASE", "HAVEN")))),
                at(departs),
                at(departs + 3),
                seats=draw(whole(1, 12)),
                care=(CareCapacity(Need.WHEELCHAIR, draw(whole(0, 2))),),
                requires=draw(one_of(((), (), ("passport",)))),
            )
        )
    if draw(st.booleans()):
        made.append(
            Leg(
                LegId("ONWARD"),
                Mode.FLIGHT,
                PointId("BASE"),
                PointId("HAVEN"),
                at(30),
                at(36),
                draw(whole(1, 8)),
            )
        )
    return tuple(made)


@st.composite
def demands(draw: st.DrawFn, index: int) -> Demand:
    heads = draw(whole(1, 5))
    starts = draw(one_of((("RALLY-1",), ("RALLY-1",), ("RALLY-2",), ("RALLY-1", "RALLY-2"), ("GATE",))))
    return Demand(
        PartyId(f"PARTY-{index}"),
        heads,
        draw(one_of((1, 1, 2, 2, 3, None))),
        index,
        tuple(Start(PointId(point), draw(one_of((0, 60, 120)))) for point in starts),
        cases=draw(one_of(((), (), (), (Cases(Need.WHEELCHAIR, 1),)))),
        clearances=draw(one_of(((), (Clearance("passport"),), (Clearance("passport", since=at(11)),)))),
        destinations=draw(one_of(((), (), (), (PointId("HAVEN"),)))),
        groups=draw(one_of(((), (), ("care",)))),
        not_before=draw(rarely(st.just(at(7)))),
        hold=draw(one_of(("", "", "", "", "", "unconfirmed"))),
    )


@st.composite
def operations(draw: st.DrawFn, max_parties: int = 6) -> Scenario:
    """A scenario that is sound, however little it lets through."""
    all_legs = draw(legs())
    buses = tuple(leg.id for leg in all_legs if leg.mode is Mode.BUS)
    limits = draw(
        rarely(
            st.builds(
                lambda heads, vehicles: (
                    CounterpartLimit("AGREED", PointId("CHECK"), Window(at(0), at(24)), heads, vehicles),
                ),
                st.one_of(st.none(), whole(1, 8)),
                st.one_of(st.none(), whole(0, 2)),
            )
        )
    )
    reserves = draw(rarely(st.builds(lambda seats: (Reserve("KEPT", "care", seats, buses[:1]),), whole(1, 5))))
    curfews = draw(rarely(st.just((Curfew(Window(at(5), at(6.75))),))))
    network = Network(
        draw(points()),
        all_legs,
        limits=limits or (),
        reserves=reserves or (),
        curfews=curfews or (),
        utc_offset_minutes=draw(one_of((0, 270))),
    )
    count = draw(whole(1, max_parties))
    return Scenario(network, tuple(draw(demands(index)) for index in range(count)), NOW)
