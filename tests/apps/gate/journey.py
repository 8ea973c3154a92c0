"""An invented journey: two buses to one gate, a flight from there to a base with ten beds, and a flight onward."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from safepassage.apps.movement.closing import manifest_close
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import plan_record_now
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.core.ids import LegId, PointId
from safepassage.core.movement import Leg, Mode, Network, Point, PointKind
from tests.make import EVERYONE, with_standings

RALLY, GATE, BASE, HAVEN = PointId("rally-1"), PointId("access-1"), PointId("base-1"), PointId("haven-1")
BLUE, GREEN, OUT, ON = LegId("blue-bus"), LegId("green-bus"), LegId("c17-1"), LegId("c17-2")


def journey(now: datetime) -> Network:
    """Blue in twelve hours, green (four seats) in thirteen, the flight in sixteen, onward a day later."""

    def leg(name: LegId, mode: Mode, origin: PointId, to: PointId, departs: int, hours: int, seats: int) -> Leg:
        begins = now.replace(second=0, microsecond=0) + timedelta(hours=departs)
        return Leg(name, mode, origin, to, begins, begins + timedelta(hours=hours), seats, vehicle=f"KBL {departs}")

    return Network(
        points=(
            Point(RALLY, PointKind.RALLY_POINT, "School yard"),
            Point(GATE, PointKind.ACCESS_POINT, "North Gate"),
            Point(BASE, PointKind.STAGING_BASE, "Base One", beds=10, stay_hours=48),
            Point(HAVEN, PointKind.SAFE_HAVEN, "Haven"),
        ),
        legs=(
            leg(BLUE, Mode.BUS, RALLY, GATE, 12, 1, 50),
            leg(GREEN, Mode.BUS, RALLY, GATE, 13, 1, 4),
            leg(OUT, Mode.FLIGHT, GATE, BASE, 16, 4, 100),
            leg(ON, Mode.FLIGHT, BASE, HAVEN, 40, 8, 100),
        ),
        ends=(HAVEN,),
    )


def planned(folder: Path, now: datetime) -> None:
    """Everybody of the cast, planned on the journey, the manifests of both buses closed."""
    with_standings(folder, EVERYONE)
    network_keep(network=journey(now), account="planner-1", now=now)
    plan_publish(plan_id=plan_make(account="planner-1", now=now).pk, account="planner-1", now=now)
    assert plan_record_now() is not None
    for leg in (BLUE, GREEN):
        manifest_close(leg=leg, account="planner-1", now=now)
