"""Isolated-community evacuation instances (Krutein and Goodchild): read, planned, measured."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from pathlib import Path

from safepassage.core.errors import UnreadableError
from safepassage.core.movement.routing import Craft, Shuttle, plan_shuttle

SEGMENTS = ("zeta", "gamma", "delta")
"""Route segments with nautical miles, as published beside the instances: Origin, Destination, Distance."""


def measure_icep(folder: Path) -> list[dict[str, object]]:
    """One line for each scenario of each instance in the folder (or of the folder itself, if it is an instance)."""
    instances = [folder] if (folder / "vessels.csv").exists() else sorted(folder.glob("*/"))
    lines: list[dict[str, object]] = []
    for instance in instances:
        if not (instance / "vessels.csv").exists():
            continue
        expected = 0.0
        for scenario, (share, task) in read_instance(instance).items():
            begun = time.perf_counter()
            plan = plan_shuttle(task)
            expected += share * plan.makespan_minutes
            lines.append(
                {
                    "name": f"{instance.name}: {scenario}",
                    "makespan_minutes": round(plan.makespan_minutes, 2),
                    "bound_minutes": round(plan.bound_minutes, 2),
                    "seconds": round(time.perf_counter() - begun, 3),
                }
            )
        lines[-1]["expected_minutes_of_instance"] = round(expected, 2)
    return lines


def read_instance(folder: Path) -> dict[str, tuple[float, Shuttle]]:
    """Scenarios by name: probability and task."""
    crafts = _crafts(folder)
    pickups: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(folder / "island_docks.csv"):
        pickups[row["Location"]].append(row["Dock"])
    havens = tuple(row["Dock"] for row in _rows(folder / "mainland_docks.csv"))
    distances = _distances(folder)
    people: defaultdict[str, dict[str, int]] = defaultdict(dict)
    shares: dict[str, float] = {}
    for row in _rows(folder / "scenarios.csv"):
        people[row["Scenario"]][row["Location"]] = int(row["Demand"]) - int(row["private_evac"])
        shares[row["Scenario"]] = float(row["Probability"])
    docks = {place: tuple(some) for place, some in pickups.items()}
    for place, some in docks.items():
        if not any((dock, haven) in distances for dock in some for haven in havens):
            raise UnreadableError(
                f"No distance is told from any dock of {place} to the mainland.",
                where=folder.name,
                advice="Put the published zeta.csv, gamma.csv and delta.csv beside the instance or one folder above.",
            )
    return {
        scenario: (shares[scenario], Shuttle(crafts, counts, docks, havens, distances))
        for scenario, counts in people.items()
    }


def _crafts(folder: Path) -> tuple[Craft, ...]:
    lands: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "vessel_compatibility.csv"):
        for vessel, fits in row.items():
            if vessel and fits == "1":
                lands[vessel].add(row[""])
    begins = {row["Vessel"]: row["Dock"] for row in _rows(folder / "initial_vessel_docks.csv")}
    return tuple(
        Craft(
            row["Vessel_name"],
            begins.get(row["Vessel_name"], row["Regular_origin"]),
            int(row["max_cap"]),
            float(row["vmax"]),
            float(row["v_loaded"]),
            float(row["loading time"]),
            float(row["time to availability"]),
            frozenset(lands[row["Vessel_name"]]),
        )
        for row in _rows(folder / "vessels.csv")
    )


def _distances(folder: Path) -> dict[tuple[str, str], float]:
    """From the instance's own lists of route segments where it has them, else from the matrix and the known docks."""
    known: dict[tuple[str, str], float] = {}
    for row in _rows(folder / "distance_matrix.csv"):
        origin = row.pop("")
        known |= {(origin, end): float(miles) for end, miles in row.items() if miles}
    lists = [place / f"{name}.csv" for place in (folder, folder / "incidences", folder.parent) for name in SEGMENTS]
    for path in lists:
        if path.exists():
            for row in _rows(path):
                known[row["Origin"], row["Destination"]] = float(row["Distance"])
    return known


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {(key or "").strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)
        ]
