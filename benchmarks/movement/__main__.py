"""`python -m benchmarks.movement --scenario FILE [--json]`: plans a scenario, judges the plan, prints the figures."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.movement.acceptance import print_acceptance
from benchmarks.movement.demands import invent_demands
from benchmarks.movement.icep import measure_icep
from benchmarks.movement.kabul import Size
from benchmarks.movement.measure_kabul import measure_kabul
from benchmarks.movement.replan import measure_replans
from safepassage.core.errors import SafePassageError
from safepassage.core.movement import Explainer, Method, PointKind, Scenario, check_plan, plan_movement, read_scenario

DEMO = Path("examples/kabul-2021/network.json")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment of planning where neither the scenario nor any leg gives one."""
STARTS = (PointKind.RALLY_POINT, PointKind.ACCESS_POINT)


def main() -> int:
    """Plans with each method asked for; exit code 1 if the judge finds a fault or the scenario can't be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.movement", description=__doc__)
    parser.add_argument(
        "--scenario", type=Path, default=DEMO, help="a scenario file (default: the example's network)"
    )
    parser.add_argument("--parties", type=int, help="parties to invent where the file has none (the example: 900)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--method", choices=[method.value for method in Method], action="append")
    parser.add_argument("--time-limit", type=float, default=10.0, help="seconds for the solver")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--kabul", action="store_true", help="an invented operation the size of Kabul instead")
    parser.add_argument("--people-times", type=float, default=1.0, help="with --kabul: this many times the parties")
    parser.add_argument("--network-times", type=int, default=1, help="with --kabul: this many times the vehicles")
    parser.add_argument("--replans", type=int, default=0, help="with --kabul: this many plans made again instead")
    parser.add_argument("--icep", type=Path, help="a folder of isolated-community instances instead")
    parser.add_argument("--acceptance", action="store_true", help="the whole table; takes --icep too")
    options = parser.parse_args()
    if options.acceptance:
        return print_acceptance(icep=options.icep)
    if options.parties is None:
        options.parties = 900 if options.scenario == DEMO else 0
    if options.icep:
        return icep(options.icep)
    if options.kabul:
        return kabul(options)
    try:
        scenario = read_scenario(options.scenario.read_bytes(), file=options.scenario.name)
    except SafePassageError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{options.scenario} can't be read: {error.strerror}. Give a scenario file.", file=sys.stderr)
        return 1
    methods = [Method(name) for name in options.method or [Method.GREEDY, Method.AUTO]]
    results = [measure(scenario, method, options) for method in methods]
    if options.json:
        print(json.dumps(results[-1] | {"methods": results}))
    else:
        for result in results:
            print(json.dumps(result))
    return int(any(result["faults"] for result in results))


def icep(folder: Path) -> int:
    """Isolated-community instances; those whose folder lacks an input are named, with what is missing."""
    try:
        solved, lacking = measure_icep(folder)
    except (SafePassageError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({"instances": solved, "unsolved": lacking}))
    for one in lacking:
        print(f"not worked out: {one['name']}: {one['missing']}", file=sys.stderr)
    return 0


def kabul(options: argparse.Namespace) -> int:
    """The Kabul-size operation; exit code 1 if the judge finds a fault."""
    usual = Size()
    times = options.network_times
    size = Size(
        int(usual.parties * options.people_times),
        usual.buses * times,
        usual.runs,
        usual.flights * times,
        float(times),
    )
    if options.replans:
        print(json.dumps({"replans": measure_replans(options.seed, size, options.replans)}))
        return 0
    result = measure_kabul(options.seed, size, max(options.time_limit, 120.0))
    print(json.dumps(result))
    return int(bool(result["faults"]))


def measure(scenario: Scenario, method: Method, options: argparse.Namespace) -> dict[str, object]:
    """One plan: people by tier with bounds, seconds, faults."""
    demands = scenario.demands
    if not demands and options.parties and any(point.kind in STARTS for point in scenario.network.points):
        demands = invent_demands(scenario.network, options.parties, options.seed)
    now = scenario.now or min((leg.departs for leg in scenario.network.legs), default=LONG_AGO)
    begun = time.perf_counter()
    plan = plan_movement(scenario.network, demands, now=now, method=method, time_limit_seconds=options.time_limit)
    planned = time.perf_counter()
    report = check_plan(scenario.network, demands, plan)
    judged = time.perf_counter()
    explainer = Explainer.of(scenario.network, demands, plan)
    asked = [demand.party for demand in demands][:500]
    for party in asked:
        explainer.explain(party)
    explained = time.perf_counter()
    return {
        "method": plan.method.value,
        "tiers": [{"people": t.people, "demanded": t.demanded, "bound": t.bound} for t in plan.tiers],
        "people": plan.people,
        "parties": len(demands),
        "parties_placed": len(plan.assignments),
        "is_optimal": plan.is_optimal,
        "faults": len(report.faults),
        "fault_codes": sorted({fault.code.value for fault in report.faults}),
        "inversions": sum(fault.code.value == "inversion" for fault in report.faults),
        "plan_seconds": round(planned - begun, 3),
        "judge_seconds": round(judged - planned, 3),
        "explain_500_seconds": round(explained - judged, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    sys.exit(main())
