"""The Kabul-size measurements: first plan, guided plan, bound, inversions, by seed."""

from __future__ import annotations

import gc
import os
import resource
import time

from benchmarks.movement.kabul import Size, invent_kabul
from safepassage.core.movement import Method, Plan, check_plan, plan_movement, seat_chances


def measure_kabul(seed: int, size: Size, time_limit_seconds: float) -> dict[str, object]:
    """People by tier beside their bounds, seconds (wall clock and processor), faults, memory.

    The first plan is counted from the call until `first` is given it; the guided one to its end, bound included.
    The judge is counted apart, and once more together with the first plan, which can be published when it is judged.
    The scenario is set aside from the garbage collector first, as a server does at start.
    """
    scenario = invent_kabul(seed, size)
    now = scenario.now
    if now is None:
        raise ValueError("the scenario states its moment")
    gc.collect()
    gc.freeze()
    first: list[tuple[Plan, float, float]] = []

    def note(plan: Plan) -> None:
        first.append((plan, time.perf_counter() - wall, time.process_time() - busy))

    wall, busy = time.perf_counter(), time.process_time()
    plan = plan_movement(
        scenario.network,
        scenario.demands,
        now=now,
        method=Method.GUIDED,
        time_limit_seconds=time_limit_seconds,
        first=note,
    )
    guided_wall, guided_busy = time.perf_counter() - wall, time.process_time() - busy
    greedy, first_wall, first_busy = first[0]
    judged = time.perf_counter()
    report = check_plan(scenario.network, scenario.demands, plan)
    judge_wall = time.perf_counter() - judged
    wall, busy = time.perf_counter(), time.process_time()
    first_faults = len(check_plan(scenario.network, scenario.demands, greedy).faults)
    judged_wall, judged_busy = time.perf_counter() - wall + first_wall, time.process_time() - busy + first_busy
    codes = [fault.code.value for fault in report.faults]
    people = plan.people
    most = sum(tier.people for tier in plan.tiers[:-1]) + (plan.tiers[-1].bound or plan.tiers[-1].demanded)
    return {
        "seed": seed,
        "parties": len(scenario.demands),
        "asked": sum(demand.heads for demand in scenario.demands),
        "tiers": [{"people": t.people, "demanded": t.demanded, "bound": t.bound} for t in plan.tiers],
        "first_plan_faults": first_faults,
        "greedy_tiers": [tier.people for tier in greedy.tiers],
        "people": people,
        "people_bound": most,
        "share_of_bound": round(people / most, 5) if most else 1.0,
        "chances": [
            {"tier": one.tier, "from": one.least, "percent": one.percent}
            for one in seat_chances(plan)
            if one.placed < one.asked
        ],
        "inversions": codes.count("inversion"),
        "faults": len(codes),
        "fault_codes": sorted(set(codes)),
        "first_plan_seconds": round(first_wall, 3),
        "first_plan_judged_seconds": round(judged_wall, 3),
        "guided_plan_seconds": round(guided_wall, 3),
        "bound_seconds": round(guided_wall, 3),
        "judge_seconds": round(judge_wall, 3),
        "processor_seconds": {
            "first_plan": round(first_busy, 3),
            "first_plan_judged": round(judged_busy, 3),
            "guided_plan": round(guided_busy, 3),
        },
        "load_average": round(os.getloadavg()[0], 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
