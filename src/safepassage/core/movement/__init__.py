"""Movement: who goes when, by which legs, through which access point, to which bed; judged, explained, compared."""

from safepassage.core.movement.amend import amend_plan, move_arrivals, parties_moved, promised
from safepassage.core.movement.blocks import Block
from safepassage.core.movement.chances import SeatChance, seat_chances
from safepassage.core.movement.check import check_plan
from safepassage.core.movement.compare import PlanChange, PlanChangeKind, PlanDiff, compare_plans
from safepassage.core.movement.demand import (
    BandHeads,
    Cases,
    Clearance,
    Commitment,
    Demand,
    Scenario,
    Start,
)
from safepassage.core.movement.explain import Explainer, explain_party
from safepassage.core.movement.explanation import Explanation, Option, PlaceCode, PlaceNote
from safepassage.core.movement.faults import CheckReport, Fault, FaultCode
from safepassage.core.movement.frontier import Changes, FrontierPoint, count_changes, replan_frontier
from safepassage.core.movement.guided import flow_bound
from safepassage.core.movement.kept_seats import KeptSeats, kept_seats, with_reserves
from safepassage.core.movement.levers import Lever, Levers, find_levers
from safepassage.core.movement.manifest import manifest_of
from safepassage.core.movement.network import (
    CARE_NEEDS,
    CareCapacity,
    CounterpartLimit,
    Curfew,
    DayBeds,
    HourCapacity,
    Leg,
    Mode,
    Network,
    Passage,
    Point,
    PointKind,
    Reserve,
    ReserveOrder,
    Window,
)
from safepassage.core.movement.no_shows import Expected, NoShowRate, NoShowRates, Notice, learn_no_shows, notice_of
from safepassage.core.movement.overbook import LegRisk, leg_risks, plan_overbooked
from safepassage.core.movement.plan import (
    Assignment,
    BlockCode,
    Manifest,
    ManifestLine,
    Method,
    Plan,
    PlanStatus,
    Stay,
    TierPeople,
    Unplaced,
)
from safepassage.core.movement.plan_text import read_plan, write_plan
from safepassage.core.movement.planner import plan_movement
from safepassage.core.movement.pressure import (
    PressureAlarm,
    PressureQuarter,
    Tally,
    forecast_pressure,
    pressure_alarms,
)
from safepassage.core.movement.relieve import Relief, Reliefs, relieve
from safepassage.core.movement.routing import Craft, Shuttle, ShuttlePlan, Trip, plan_shuttle
from safepassage.core.movement.scenario import read_scenario, scenario_schema, write_scenario
from safepassage.core.movement.small import care_places, single_bus
from safepassage.core.movement.stand_by import StandBy, stand_by_lists
from safepassage.core.movement.starts import starts_for
from safepassage.core.movement.what_if import cancel_leg, close_point, give_more, move_leg

__all__ = [
    "CARE_NEEDS",
    "Assignment",
    "BandHeads",
    "Block",
    "BlockCode",
    "CareCapacity",
    "Cases",
    "Changes",
    "CheckReport",
    "Clearance",
    "Commitment",
    "CounterpartLimit",
    "Craft",
    "Curfew",
    "DayBeds",
    "Demand",
    "Expected",
    "Explainer",
    "Explanation",
    "Fault",
    "FaultCode",
    "FrontierPoint",
    "HourCapacity",
    "KeptSeats",
    "Leg",
    "LegRisk",
    "Lever",
    "Levers",
    "Manifest",
    "ManifestLine",
    "Method",
    "Mode",
    "Network",
    "NoShowRate",
    "NoShowRates",
    "Notice",
    "Option",
    "Passage",
    "PlaceCode",
    "PlaceNote",
    "Plan",
    "PlanChange",
    "PlanChangeKind",
    "PlanDiff",
    "PlanStatus",
    "Point",
    "PointKind",
    "PressureAlarm",
    "PressureQuarter",
    "Relief",
    "Reliefs",
    "Reserve",
    "ReserveOrder",
    "Scenario",
    "SeatChance",
    "Shuttle",
    "ShuttlePlan",
    "StandBy",
    "Start",
    "Stay",
    "Tally",
    "TierPeople",
    "Trip",
    "Unplaced",
    "Window",
    "amend_plan",
    "cancel_leg",
    "care_places",
    "check_plan",
    "close_point",
    "compare_plans",
    "count_changes",
    "explain_party",
    "find_levers",
    "flow_bound",
    "forecast_pressure",
    "give_more",
    "kept_seats",
    "learn_no_shows",
    "leg_risks",
    "manifest_of",
    "move_arrivals",
    "move_leg",
    "notice_of",
    "parties_moved",
    "plan_movement",
    "plan_overbooked",
    "plan_shuttle",
    "pressure_alarms",
    "promised",
    "read_plan",
    "read_scenario",
    "relieve",
    "replan_frontier",
    "scenario_schema",
    "seat_chances",
    "single_bus",
    "stand_by_lists",
    "starts_for",
    "with_reserves",
    "write_plan",
    "write_scenario",
]
