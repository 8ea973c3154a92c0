"""One table of everything that is asked of the planner: asked, found, and greedy, LP bound and a plain model beside.

Each part runs in a process of its own, so that its memory and its collector are its own. `SEEDS`, `REPLANS`, `TIMES`
and `PLAIN` (variables of the environment, or of make) say how much of the long parts is run; 0 leaves a part out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.movement.explained import measure_explained
from benchmarks.movement.kabul import Size, invent_kabul
from benchmarks.movement.plain import measure_plain
from safepassage.core.movement import Method, plan_movement

FIRST_SEED = 31
PUBLISHED = {
    "large_fleet_default": (148.60, 294.30, 67.00, 72.84),
    "large_fleet_staging": (148.60, 176.00, 58.30, 72.84),
    "large_fleet_staging_keats": (148.60, 214.88, 58.30, 72.84),
}
"""Makespans in minutes of the published plans, in the order of the scenarios of each variant, sorted by people."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `is_met` is None where nothing was asked or nothing was run."""

    measure: str
    asked: str
    found: str
    greedy: str = ""
    bound: str = ""
    plain: str = ""
    is_met: bool | None = None


def print_acceptance(*, icep: Path | None) -> int:
    """Runs the parts and prints each line as it is known; exit code 1 if a plan had a fault."""
    print(f"load average {os.getloadavg()[0]:.1f}; seconds are of the processor, the clock's in brackets", flush=True)
    print(
        "| measure | asked | found | greedy | LP bound | plain model | met |\n|---|---|---|---|---|---|---|",
        flush=True,
    )
    is_sound = True
    for row in _rows(icep):
        said = {None: "–", True: "yes", False: "**no**"}[row.is_met]
        print("| " + " | ".join((*_cells(row), said)) + " |", flush=True)
        is_sound = is_sound and not (row.measure.endswith("faults of the judge") and row.is_met is False)
    return int(not is_sound)


def _cells(row: Row) -> tuple[str, ...]:
    return (row.measure, row.asked, row.found, row.greedy, row.bound, row.plain)


def _rows(icep: Path | None) -> Iterator[Row]:
    seeds, replans, times, plain = (
        _asked(*one) for one in (("SEEDS", 10), ("REPLANS", 30), ("TIMES", 10), ("PLAIN", 60))
    )
    if seeds:
        yield from _kabul_rows(range(FIRST_SEED, FIRST_SEED + seeds), plain)
    yield from _explained_rows()
    if icep is not None and icep.is_dir():
        yield from _icep_rows(icep)
    if replans:
        yield from _replan_rows(replans)
    if times:
        yield from _large_rows(times)


def _asked(name: str, usual: int) -> int:
    return int(os.environ.get(name) or usual)


def _kabul_rows(seeds: Sequence[int], plain: int) -> Iterator[Row]:
    lines = [_part("--kabul", "--seed", str(seed)) for seed in seeds]
    beside = _plain_of(seeds[0], plain) if plain else None
    for seed, line in zip(seeds, lines, strict=True):
        tiers = line["tiers"]
        is_first = seed == seeds[0]
        for number, tier in enumerate(tiers):
            bound = tier["bound"] if tier["bound"] is not None else tier["demanded"]
            last = number == len(tiers) - 1
            yield Row(
                f"Kabul size, seed {seed}, tier {number + 1}",
                "" if last else ">= 99.95 %",
                _share(tier["people"], bound),
                f"{line['greedy_tiers'][number]:,}",
                f"{bound:,}",
                _tier_of(beside, number) if is_first else "",
                None if last else tier["people"] >= 0.9995 * bound,
            )
        yield Row(
            f"Kabul size, seed {seed}, everyone",
            ">= 99.8 %",
            _share(line["people"], line["people_bound"]),
            f"{sum(line['greedy_tiers']):,}",
            f"{line['people_bound']:,}",
            _all_of(beside) if is_first else "",
            line["people"] >= 0.998 * line["people_bound"],
        )
        if line["chances"]:
            said = ", ".join(f"{one['from']}+: {one['percent']} %" for one in line["chances"])
            tiers_short = sorted({one["tier"] for one in line["chances"]})
            yield Row(f"Kabul size, seed {seed}, chance by size in tiers {tiers_short}", "large not starved", said)
    inversions, faults = (sum(line[name] for line in lines) for name in ("inversions", "faults"))
    first_faults = sum(line["first_plan_faults"] for line in lines)
    yield Row("inversions", "0", str(inversions), is_met=not inversions)
    yield Row(
        "faults of the judge", "0", f"{faults} ({first_faults} in first plans)", is_met=not faults + first_faults
    )
    for name, most, title in (
        ("first_plan", 1, "first plan, handed over"),
        ("first_plan_judged", 1, "first publishable plan, with the judge's report"),
        ("guided_plan", 10, "guided plan, with its bound"),
    ):
        busy = sorted(line["processor_seconds"][name] for line in lines)
        clock = sorted(line[f"{name}_seconds"] for line in lines)
        found = f"{busy[0]:.2f}-{busy[-1]:.2f} s ({clock[0]:.2f}-{clock[-1]:.2f} s)"
        said = f"{beside['processor_seconds']} s" if beside and name == "guided_plan" else ""
        yield Row(title, f"< {most} s", found, plain=said, is_met=busy[-1] < most)


def _plain_of(seed: int, limit: int) -> dict[str, Any]:
    return _called("plain", str(seed), str(limit))


def _tier_of(beside: dict[str, Any] | None, number: int) -> str:
    if beside is None:
        return ""
    return f"{beside['tiers'][number]:,}" if beside["tiers"] else "nothing found"


def _all_of(beside: dict[str, Any] | None) -> str:
    if beside is None:
        return ""
    how = "proven" if beside["is_proven"] else "not proven"
    return f"{sum(beside['tiers']):,}, {how}" if beside["tiers"] else f"nothing found in {beside['seconds']} s"


def _explained_rows() -> Iterator[Row]:
    one = _called("explained", "1", str(_asked("TRIED", 10)))
    found = f"{one['processor_seconds']} s for {one['asked']}, after {one['reading_processor_seconds']} s of reading"
    yield Row("500 explanations", "< 1 s", found, is_met=one["processor_seconds"] < 1)
    named = f"{one['name_what_blocks']} of {one['left_out']} left out"
    yield Row("each names what blocks it", "all", named, is_met=one["name_what_blocks"] == one["left_out"])
    held = f"{one['true_when_tried']} of {one['tried']} tried; {one['say_what_would_help']} say what would help"
    yield Row("what would help does help", "all", held, is_met=one["true_when_tried"] == one["tried"])


def _icep_rows(folder: Path) -> Iterator[Row]:
    done = _part("--icep", str(folder))
    lacking = done["unsolved"]
    if lacking:
        found = f"{len(lacking)} not worked out, for want of distances in the folder"
        yield Row("ICEP scenarios of this folder", "all", found, is_met=False)
    for one in done["instances"]:
        variant, scenario = one["name"].split(": ", 1)
        known = _published(variant, scenario)
        found = f"{one['makespan_minutes']} min, {one['seconds']} s"
        yield Row(
            f"ICEP {one['name']}",
            f"<= {known} min, proven, < 1 s" if known else "",
            found,
            bound=f"{one['bound_minutes']} min",
            is_met=one["is_optimal"] and one["seconds"] < 1 and one["makespan_minutes"] <= known + 0.01
            if known
            else None,
        )


def _published(variant: str, scenario: str) -> float | None:
    names = ("Mount Collins", "Mid Island", "Killarney", "Eaglecliff")
    for name, minutes in zip(names, PUBLISHED.get(variant, ()), strict=False):
        if name.split()[0].lower() in scenario.lower().replace("_", " "):
            return minutes
    return None


def _replan_rows(cases: int) -> Iterator[Row]:
    lines = _part("--kabul", "--seed", "1", "--replans", str(cases))["replans"]
    name = f"plan made again, {cases} cases"
    slowest = max(line["processor_seconds"] for line in lines)
    clock = max(line["seconds"] for line in lines)
    quick = sum(line["processor_seconds"] < 2 for line in lines)
    found = f"at most {slowest} s ({clock} s); {quick} under 2 s"
    yield Row(f"{name}: seconds", "< 2 s", found, is_met=slowest < 2)
    shares = [line["share_of_bound"] or 1.0 for line in lines]
    found = f"at least {min(shares):.2%}"
    bound = min(lines, key=lambda line: line["share_of_bound"] or 1.0)
    repair = f"{bound['repair_people']:,} (repair alone)"
    yield Row(
        f"{name}: people", ">= 99.5 %", found, repair, f"{bound['people_bound']:,}", is_met=min(shares) >= 0.995
    )
    over = [line for line in lines if line["unforced_changes"] > 1.5 * line["parties_hit"]]
    most = max(line["unforced_changes"] for line in lines)
    yield Row(f"{name}: unforced changes", "<= 1.5 x hit", f"at most {most}; {len(over)} over", is_met=not over)
    worse = sum(line["first_tier"][1] < line["first_tier"][0] for line in lines)
    yield Row(f"{name}: tier 1 as in repair", "never worse", f"{worse} worse", is_met=not worse)
    faults = sum(line["faults_of_plan"] for line in lines)
    yield Row(f"{name}: faults of the judge", "0", str(faults), is_met=not faults)


def _large_rows(times: int) -> Iterator[Row]:
    line = _part("--kabul", "--seed", "1", "--people-times", str(times))
    busy = line["processor_seconds"]["guided_plan"]
    name = f"{times} times the people"
    found = _share(line["people"], line["people_bound"])
    is_met = line["people"] >= 0.999 * line["people_bound"]
    yield Row(name, ">= 99.9 %", found, f"{sum(line['greedy_tiers']):,}", f"{line['people_bound']:,}", is_met=is_met)
    yield Row(f"{name}: seconds", "< 30 s", f"{busy} s ({line['guided_plan_seconds']} s)", is_met=busy < 30)
    line = _part("--kabul", "--seed", "1", "--people-times", str(times), "--network-times", str(times))
    name = f"{times} times the network and the people"
    first, peak = line["processor_seconds"]["first_plan"], line["peak_mb"]
    yield Row(f"{name}: a plan", "< 15 s", f"{first} s ({line['first_plan_seconds']} s)", is_met=first < 15)
    bound = line["tiers"][-1]["bound"]
    gap = 1 - line["people"] / line["people_bound"]
    said = f"gap {gap:.2%}" if bound is not None else "no bound found"
    greedy = f"{sum(line['greedy_tiers']):,}"
    is_near = bound is not None and gap <= 0.01
    yield Row(f"{name}: gap", "<= 1 %", f"{line['people']:,}, {said}", greedy, f"{bound or 0:,}", is_met=is_near)
    yield Row(f"{name}: memory", "< 4,000 MB", f"{peak:,} MB", is_met=peak < 4000)


def _share(people: int, bound: int) -> str:
    return f"{people:,} ({people / bound:.2%})" if bound else f"{people:,}"


def _part(*arguments: str) -> dict[str, Any]:
    """One call of `python -m benchmarks.movement`; it may end with 1, where a plan has faults."""
    return _said([sys.executable, "-m", "benchmarks.movement", *arguments])


def _called(*arguments: str) -> dict[str, Any]:
    return _said([sys.executable, "-m", "benchmarks.movement.acceptance", *arguments])


def _said(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise RuntimeError(f"{' '.join(command[1:])} said nothing: {done.stderr[-400:]}")
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def main(part: str, seed: int, number: int) -> None:
    """One part in a process of its own: `plain SEED SECONDS`, or `explained SEED TRIALS`."""
    scenario = invent_kabul(seed, Size())
    if part == "plain":
        print(json.dumps(measure_plain(scenario, float(number))))
        return
    if scenario.now is None:
        raise ValueError("the scenario states its moment")
    plan = plan_movement(
        scenario.network, scenario.demands, now=scenario.now, method=Method.GUIDED, time_limit_seconds=60
    )
    print(json.dumps(measure_explained(scenario, plan, seed, number)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
