"""A gate that gets too full: a published bus of everybody's, which meets a crowd."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.models import Tally
from safepassage.apps.movement.publishing import plan_publish
from safepassage.apps.movement.selectors import plan_read
from safepassage.apps.movement.services import network_keep, plan_make
from safepassage.core.movement import PointKind, single_bus
from tests.make import EVERYONE, an_officer, with_standings

HOLDS = 20


def crowded_gate(folder: Path, now: datetime) -> str:
    """The gate's id: it lets three an hour through, twenty stand there and no more can."""
    an_officer("planner-9", Role.PLANNER)
    an_officer("clerk-9", Role.INTAKE_CLERK)
    with_standings(folder)
    bus = single_bus(
        seats=50,
        departs=(now + timedelta(minutes=100)).replace(second=0, microsecond=0),
        rally_point="Stadium of Kabul and Herat",
        access_point="North Gate",
        travel_minutes=15,
        throughput_per_hour=3,
    )
    points = tuple(replace(one, holding=HOLDS) if one.kind is PointKind.ACCESS_POINT else one for one in bus.points)
    network_keep(network=replace(bus, points=points), account="planner-9", now=now)
    record = plan_make(account="planner-9", now=now)
    assert plan_read(record).people == len(EVERYONE), plan_read(record).unplaced
    plan_publish(plan_id=record.pk, account="planner-9", now=now)
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    point = next(one.id for one in points if one.kind is PointKind.ACCESS_POINT)
    Tally.objects.create(point=point, quarter=quarter, level="dangerous", heads=HOLDS, device="D-1")
    return str(point)
