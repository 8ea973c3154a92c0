"""An invented operation the size of Kabul in August 2021: public figures, places and parties that are not real.

26,484 parties (about 126,000 people) in five tiers; 24 rally points, 8 counterpart checkpoints, 4 access points, 700
buses of a few runs each, 800 flights to 6 staging bases, over 17 days that are 136 windows of three hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from safepassage.core.ids import LegId, PartyId, PointId
from safepassage.core.movement import (
    CareCapacity,
    Cases,
    Clearance,
    CounterpartLimit,
    Demand,
    HourCapacity,
    Leg,
    Mode,
    Network,
    Passage,
    Point,
    PointKind,
    Scenario,
    Start,
    Window,
)
from safepassage.core.people import Need

BEGINS = datetime(2021, 8, 14, 19, 30, tzinfo=UTC)
"""Midnight of 15 August on the operation's clock."""
NOW = BEGINS - timedelta(hours=4)
DAYS = 17
WINDOWS = 136
WINDOW = timedelta(hours=3)
OFFSET_MINUTES = 270
RALLY_POINTS, CHECKPOINTS, GATES, HUBS = 24, 8, 4, 6
AIRFIELD = PointId("airfield")
SIZES = np.arange(1, 13)
SIZE_SHARES = np.array([0.09, 0.105, 0.125, 0.155, 0.17, 0.135, 0.095, 0.055, 0.035, 0.02, 0.01, 0.005])
TIER_SHARES = (0.07, 0.15, 0.24, 0.26, 0.28)
HUB_CLEARANCE = ("", "", "", "qat", "deu", "esp")
CLEARANCES = ((), ("qat",), ("qat", "deu"), ("qat", "deu", "esp"))
CLEARANCE_SHARES = (0.35, 0.25, 0.2, 0.2)
NEEDS = (Need.WHEELCHAIR, Need.MEDICAL, Need.STRETCHER)


@dataclass(frozen=True, slots=True)
class Size:
    """How many of everything; `times` of the network multiplies vehicles and what points hold and let through."""

    parties: int = 26_484
    buses: int = 700
    runs: int = 4
    flights: int = 800
    times: float = 1.0


def invent_kabul(seed: int, size: Size = Size()) -> Scenario:
    """The operation for a seed; the same seed gives the same operation."""
    rng = np.random.default_rng(seed)
    points = _points(rng, size)
    legs = (*_buses(rng, size), *_walks(size), *_flights(rng, size))
    network = Network(
        points,
        legs,
        limits=_limits(rng, size),
        utc_offset_minutes=OFFSET_MINUTES,
        max_legs=4,
        name=f"Kabul-size, seed {seed}",
    )
    return Scenario(network, _parties(rng, size), NOW, network.name)


def _points(rng: np.random.Generator, size: Size) -> tuple[Point, ...]:
    made = [Point(PointId(f"rally-{i:02d}"), PointKind.RALLY_POINT) for i in range(RALLY_POINTS)]
    made += [
        Point(
            PointId(f"check-{i}"),
            PointKind.COUNTERPART_CHECKPOINT,
            throughput_per_hour=int(rng.integers(180, 360) * size.times),
        )
        for i in range(CHECKPOINTS)
    ]
    for gate in range(GATES):
        usual = int(rng.integers(85, 110) * size.times)
        swing = rng.uniform(0.5, 1.3, WINDOWS)
        hours = tuple(
            HourCapacity(BEGINS + timedelta(hours=h), int(usual * swing[h // 3])) for h in range(WINDOWS * 3)
        )
        shut = BEGINS + timedelta(hours=24 * int(rng.integers(3, 15)) + 6)
        made.append(
            Point(
                PointId(f"gate-{gate}"),
                PointKind.ACCESS_POINT,
                throughput_per_hour=usual,
                hours=hours,
                closures=(Window(shut, shut + timedelta(hours=int(rng.integers(6, 24)))),),
                max_wait_minutes=720,
            )
        )
    made.append(
        Point(
            AIRFIELD,
            PointKind.EMBARKATION_POINT,
            holding=int(9_000 * size.times),
            processing_minutes=120,
            max_wait_minutes=1440,
        )
    )
    shares = rng.dirichlet(np.full(HUBS, 6.0))
    made += [
        Point(
            PointId(f"hub-{i}"),
            PointKind.STAGING_BASE,
            beds=int(26_000 * shares[i] * size.times),
            stay_hours=int(rng.choice([48, 72, 96])),
        )
        for i in range(HUBS)
    ]
    return tuple(made)


def _buses(rng: np.random.Generator, size: Size) -> list[Leg]:
    """Each bus serves one rally point, on days spread over the operation, to one of the two gates near it."""
    made = []
    care = (CareCapacity(Need.WHEELCHAIR, 2), CareCapacity(Need.MEDICAL, 4), CareCapacity(Need.STRETCHER, 1))
    for bus in range(size.buses):
        rally = bus % RALLY_POINTS
        seats = int(rng.choice([45, 50, 55]))
        for run, day in enumerate(sorted(rng.choice(DAYS, size.runs, replace=False))):
            gate = (rally + int(rng.integers(2))) % GATES
            departs = BEGINS + timedelta(days=int(day), minutes=int(rng.integers(5 * 4, 19 * 4)) * 15)
            minutes = 45 + 5 * int(rng.integers(0, 10))
            made.append(
                Leg(
                    LegId(f"bus-{bus}-{run}"),
                    Mode.BUS,
                    PointId(f"rally-{rally:02d}"),
                    PointId(f"gate-{gate}"),
                    departs,
                    departs + timedelta(minutes=minutes),
                    seats=seats,
                    care=care,
                    passages=(Passage(PointId(f"check-{rally % CHECKPOINTS}"), departs + timedelta(minutes=30)),),
                    boarding_minutes=30,
                    vehicle=f"bus {bus}",
                    turnaround_minutes=60,
                )
            )
    return made


def _walks(size: Size) -> list[Leg]:
    """At the end of each window, those whom a gate let through go to the airfield together."""
    many = int(9_999 * size.times)
    care = tuple(CareCapacity(need, int(60 * size.times)) for need in NEEDS)
    return [
        Leg(
            LegId(f"walk-{gate}-{window:03d}"),
            Mode.FOOT,
            PointId(f"gate-{gate}"),
            AIRFIELD,
            BEGINS + WINDOW * (window + 1),
            BEGINS + WINDOW * (window + 1) + timedelta(minutes=30),
            seats=many,
            care=care,
        )
        for gate in range(GATES)
        for window in range(WINDOWS)
    ]


def _flights(rng: np.random.Generator, size: Size) -> list[Leg]:
    made = []
    for flight in range(size.flights):
        hub = int(rng.choice(HUBS, p=(0.2, 0.2, 0.18, 0.16, 0.14, 0.12)))
        departs = BEGINS + timedelta(minutes=15 * int(rng.integers(6 * 4, DAYS * 96)))
        made.append(
            Leg(
                LegId(f"flight-{flight}"),
                Mode.FLIGHT,
                AIRFIELD,
                PointId(f"hub-{hub}"),
                departs,
                departs + timedelta(minutes=15 * int(rng.integers(8, 28))),
                seats=int(rng.choice([90, 130, 170, 220, 300], p=(0.15, 0.25, 0.3, 0.2, 0.1))),
                care=(
                    CareCapacity(Need.WHEELCHAIR, 6),
                    CareCapacity(Need.MEDICAL, 10),
                    CareCapacity(Need.STRETCHER, 3),
                ),
                requires=(HUB_CLEARANCE[hub],) if HUB_CLEARANCE[hub] else (),
                boarding_minutes=60,
            )
        )
    return made


def _limits(rng: np.random.Generator, size: Size) -> tuple[CounterpartLimit, ...]:
    return tuple(
        CounterpartLimit(
            f"agreed-{check}-{day}",
            PointId(f"check-{check}"),
            Window(BEGINS + timedelta(days=day), BEGINS + timedelta(days=day + 1)),
            heads=int(rng.integers(800, 1300) * size.times),
        )
        for check in range(CHECKPOINTS)
        for day in range(DAYS)
    )


def _parties(rng: np.random.Generator, size: Size) -> tuple[Demand, ...]:
    count = size.parties
    heads = rng.choice(SIZES, count, p=SIZE_SHARES)
    tiers = rng.choice(len(TIER_SHARES), count, p=TIER_SHARES) + 1
    rally = rng.choice(RALLY_POINTS, count, p=rng.dirichlet(np.full(RALLY_POINTS, 20.0)))
    gates = rng.integers(GATES, size=count)
    comes_alone = rng.random(count) < 0.2
    held = rng.choice(len(CLEARANCES), count, p=CLEARANCE_SHARES)
    has_need = rng.random(count) < 0.04
    need = rng.integers(len(NEEDS), size=count)
    travel = rng.choice([60, 120], count)
    clearances = tuple(tuple(Clearance(code) for code in codes) for codes in CLEARANCES)
    return tuple(
        Demand(
            PartyId(f"PA-{i:06d}"),
            int(heads[i]),
            int(tiers[i]),
            i,
            (Start(PointId(f"gate-{gates[i]}" if comes_alone[i] else f"rally-{rally[i]:02d}"), int(travel[i])),),
            cases=(Cases(NEEDS[need[i]], 1),) if has_need[i] else (),
            clearances=clearances[held[i]],
        )
        for i in range(count)
    )
