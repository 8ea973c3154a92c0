"""Everything that the plan page shows of one plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from safepassage.apps.console.figures.network import Drawing, draw_network
from safepassage.apps.console.figures.pressure import (
    PressureAhead,
    PressureLine,
    pressure_ahead,
    pressure_lines,
)
from safepassage.apps.gate.selectors import tallies_since
from safepassage.apps.movement.loads import LegLoad, legs_load, plan_load, seats_lapsed
from safepassage.apps.movement.no_shows import LegLine, legs_overbooked
from safepassage.apps.movement.reserves import HeldSeats, seats_held
from safepassage.apps.movement.selectors import (
    network_read,
    network_record_now,
    plan_read,
    plan_record_by_id,
    plan_record_now,
    plans_made,
    report_read,
)
from safepassage.apps.outreach.messages import drafts_count
from safepassage.apps.outreach.relief import crowds_seen
from safepassage.core.movement import (
    CheckReport,
    Mode,
    Network,
    Plan,
    PlanDiff,
    SeatChance,
    Unplaced,
    compare_plans,
    seat_chances,
)

if TYPE_CHECKING:
    from safepassage.apps.movement.models import PlanRecord

CHANGES_SHOWN = 60
LEFT_OUT_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ArrivalMoved:
    """Arrivals that an amendment moved: a leg's, or (without one) of people who come by themselves."""

    leg: str
    arrives: datetime
    minutes: int
    heads: int


@dataclass(frozen=True, slots=True)
class Amendment:
    """That a plan is another one with some arrivals moved, since a point was too full; and its messages."""

    previous: str
    point: str
    moved: tuple[ArrivalMoved, ...]
    waiting: int
    released: int


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """One plan with its judge's report, its load, its network drawn, its pressure, and what it would change."""

    id: str
    status: str
    is_provisional: bool
    made_at: datetime
    made_by: str
    plan: Plan
    network: Network
    is_of_now: bool
    """Whether its network is the one recorded last: only its legs can be moved."""
    report: CheckReport
    loads: tuple[LegLoad, ...]
    drawing: Drawing
    pressure: tuple[PressureLine, ...]
    ahead: tuple[PressureAhead, ...]
    blocks: tuple[tuple[str, int, int], ...]
    diff: PlanDiff | None
    held: tuple[HeldSeats, ...]
    overbooked: tuple[LegLine, ...]
    chances: tuple[SeatChance, ...]
    amendment: Amendment | None
    lapsed: int
    """People who hold a seat of the published plan and need it no more."""

    @property
    def may_be_published(self) -> bool:
        """A draft that the judge found clean."""
        return self.status == "draft" and self.report.is_clean

    @property
    def unplaced_people(self) -> int:
        """Everyone who stands in a tier and has no place."""
        return sum(one.heads for one in self.plan.unplaced if one.tier is not None)

    @property
    def left_out(self) -> tuple[Unplaced, ...]:
        """Parties in a tier that have no place, in policy order."""
        left = [one for one in self.plan.unplaced if one.tier is not None]
        return tuple(sorted(left, key=lambda one: (one.tier, one.rank, one.party)))

    @property
    def vehicle_loads(self) -> tuple[LegLoad, ...]:
        """Legs of vehicles on which somebody has a place: a way on foot has no seats to fill."""
        return tuple(load for load in self.loads if load.booked and load.mode != Mode.FOOT)


def plan_shown(plan_id: str) -> str:
    """The id of the plan to show: the one asked for, else the published one, else the newest; empty if none is."""
    if plan_id:
        return plan_id
    record = plan_record_now() or plans_made().first()
    return record.pk if record else ""


def picture_plan(plan_id: str, *, is_mirrored: bool) -> PlanPicture:
    """The picture of one plan.

    Raises:
        NotFoundError: there is no such plan.
    """
    record = plan_record_by_id(plan_id)
    plan, network = plan_read(record), network_read(record.network)
    is_standing = record.status == "published"
    loads = legs_load() if is_standing else plan_load(network, plan)
    first = min((leg.departs for leg in network.legs), default=record.made_at)
    now = timezone.now()
    tallies = [(one.point, one.quarter, one.level) for one in tallies_since(first)]
    standing = plan_record_now()
    before = plan_read(standing) if standing and standing.pk != record.pk and record.status == "draft" else None
    return PlanPicture(
        id=record.pk,
        status=record.status,
        is_provisional=record.is_provisional,
        made_at=record.made_at,
        made_by=record.made_by,
        plan=plan,
        network=network,
        is_of_now=record.network_id == network_record_now().pk,
        report=report_read(record),
        loads=tuple(loads),
        drawing=draw_network(network, loads, is_mirrored=is_mirrored, now=now),
        pressure=pressure_lines(network, plan, tallies),
        ahead=pressure_ahead(network, plan, crowds_seen(now), now=now),
        blocks=_blocks(plan),
        diff=compare_plans(before, plan) if before else None,
        held=seats_held(record, now=timezone.now()),
        overbooked=legs_overbooked(record),
        chances=_scarce(plan),
        amendment=_amendment(record, plan, network),
        lapsed=sum(seats_lapsed().values()) if is_standing else 0,
    )


def _amendment(record: PlanRecord, plan: Plan, network: Network) -> Amendment | None:
    if not record.relieved:
        return None
    names = {str(point.id): point.name or str(point.id) for point in network.points}
    moved = tuple(
        ArrivalMoved(one["leg"], datetime.fromisoformat(one["arrives"]), one["minutes"], one["heads"])
        for one in record.moved
    )
    point = names.get(record.relieved, record.relieved)
    return Amendment(plan.previous or "", point, moved, *drafts_count(record.pk))


def _scarce(plan: Plan) -> tuple[SeatChance, ...]:
    """The chance of a seat by size in the tiers that do not go whole; in the others it is sure."""
    chances = seat_chances(plan)
    short = {one.tier for one in chances if one.placed < one.asked}
    return tuple(one for one in chances if one.tier in short)


def _blocks(plan: Plan) -> tuple[tuple[str, int, int], ...]:
    """What kept parties in a tier from a place: code, parties, people; the most people first."""
    parties: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for one in plan.unplaced:
        if one.tier is not None:
            parties[one.code] += 1
            people[one.code] += one.heads
    return tuple((code, parties[code], heads) for code, heads in people.most_common())


def leg_labels(loads: tuple[LegLoad, ...]) -> list[str]:
    """Short labels of legs: local time and id."""
    return [f"{timezone.localtime(load.departs):%d %H:%M}  {load.leg}" for load in loads]
