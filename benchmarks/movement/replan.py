"""Plans made again after something broke: closures, cancelled flights, convoys turned back; all placed were told."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from benchmarks.movement.kabul import BEGINS, GATES, RALLY_POINTS, Size, invent_kabul
from safepassage.core.ids import PointId
from safepassage.core.movement import (
    Commitment,
    Method,
    Network,
    Plan,
    Scenario,
    Window,
    check_plan,
    count_changes,
    flow_bound,
    plan_movement,
)

KINDS = ("closure", "cancelled-flights", "convoy-turned-back")


def measure_replans(seed: int, size: Size, cases: int, *, with_bounds: bool = True) -> list[dict[str, object]]:
    """One line for each case: what broke, seconds, changes, people by tier against repair alone and the bound."""
    scenario = invent_kabul(seed, size)
    if scenario.now is None:
        raise ValueError("the scenario states its moment")
    before = plan_movement(
        scenario.network, scenario.demands, now=scenario.now, method=Method.GUIDED, time_limit_seconds=120.0
    )
    rng = np.random.default_rng([seed, 17])
    return [
        _measure(scenario, before, KINDS[case % len(KINDS)], rng, with_bounds=with_bounds) for case in range(cases)
    ]


def _measure(
    scenario: Scenario, before: Plan, kind: str, rng: np.random.Generator, *, with_bounds: bool
) -> dict[str, object]:
    now = BEGINS + timedelta(hours=24 * int(rng.integers(1, 13)) + 12)
    network = _broken(scenario.network, kind, now, rng)
    departs = {leg.id: leg.departs for leg in scenario.network.legs}
    stands = {
        one.party: Commitment.FROZEN if departs[one.legs[0]] <= now else Commitment.TOLD for one in before.assignments
    }
    demands = tuple(
        replace(one, commitment=stands[one.party], told_at=scenario.now) if one.party in stands else one
        for one in scenario.demands
    )
    begun = time.perf_counter()
    repair = plan_movement(network, demands, now=now, previous=before, method=Method.GREEDY)
    repaired = time.perf_counter()
    hit = count_changes(before, repair, demands).forced
    busy = time.process_time()
    plan = plan_movement(network, demands, now=now, previous=before, method=Method.GREEDY, max_changes=int(1.5 * hit))
    seconds, busy = time.perf_counter() - repaired, time.process_time() - busy
    changes = count_changes(before, plan, demands)
    faults = check_plan(network, demands, plan, previous=before).faults
    frozen = {party for party, commitment in stands.items() if commitment is Commitment.FROZEN}
    line: dict[str, object] = {
        "kind": kind,
        "parties_hit": hit,
        "unforced_changes": changes.unforced,
        "repair_seconds": round(repaired - begun, 2),
        "seconds": round(seconds, 2),
        "processor_seconds": round(busy, 2),
        "repair_people": repair.people,
        "people": plan.people,
        "first_tier": [repair.tiers[0].people, plan.tiers[0].people],
        "faults_of_plan": len([fault for fault in faults if fault.party not in frozen]),
        "frozen_in_the_way": len([fault for fault in faults if fault.party in frozen]),
    }
    if with_bounds:
        free = tuple(
            replace(one, commitment=Commitment.FREE) if one.commitment is Commitment.TOLD else one for one in demands
        )
        line["people_bound"] = bound = flow_bound(network, free, now=now, previous=before)
        line["share_of_bound"] = round(plan.people / bound, 5) if bound else None
    return line


def _broken(network: Network, kind: str, now: datetime, rng: np.random.Generator) -> Network:
    begins = now + timedelta(hours=int(rng.integers(2, 24)))
    if kind == "closure":
        shut = Window(begins, begins + timedelta(hours=int(rng.integers(12, 72))))
        gate = PointId(f"gate-{rng.integers(GATES)}")
        points = tuple(
            replace(one, closures=(*one.closures, shut)) if one.id == gate else one for one in network.points
        )
        return replace(network, points=points)
    if kind == "cancelled-flights":
        soon = [one.id for one in network.legs if one.id.startswith("flight") and one.departs > begins][:120]
        gone = set(rng.choice(soon, min(len(soon), int(rng.integers(4, 20))), replace=False)) if soon else set()
    else:
        rally = PointId(f"rally-{rng.integers(RALLY_POINTS):02d}")
        until = begins + timedelta(hours=12)
        gone = {one.id for one in network.legs if one.origin == rally and begins <= one.departs < until}
    return replace(network, legs=tuple(one for one in network.legs if one.id not in gone))
