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

WHERE = f"distance_matrix.csv, a row and a column of each dock; or {', '.join(SEGMENTS)}.csv, Distance"


def measure_icep(folder: Path) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """One line for each scenario of each instance in the folder (or of the folder itself, if it is an instance).

    The second list names the scenarios that could not be worked out, each with the inputs that its folder lacks.

    Raises:
        UnreadableError: there is no instance in the folder.
    """
    instances = [place for place in (folder, *sorted(folder.glob("*/"))) if _file(place, "vessels").exists()]
    if not instances:
        raise UnreadableError(
            "There is no isolated-community instance here.",
            where=str(folder),
            advice="Give a folder that holds vessels.csv and scenarios.csv, or one with such folders in it.",
        )
    lines: list[dict[str, object]] = []
    lacking: list[dict[str, object]] = []
    for instance in instances:
        expected = 0.0
        whole = True
        for scenario, (share, task) in read_instance(instance).items():
            name = f"{instance.name}: {scenario}"
            missing = _missing(task)
            if missing:
                lacking.append({"name": name, "missing": missing})
                whole = False
                continue
            begun = time.perf_counter()
            plan = plan_shuttle(task)
            expected += share * plan.makespan_minutes
            lines.append(
                {
                    "name": name,
                    "makespan_minutes": round(plan.makespan_minutes, 2),
                    "bound_minutes": round(plan.bound_minutes, 2),
                    "is_optimal": plan.bound_minutes >= plan.makespan_minutes - 1e-6,
                    "seconds": round(time.perf_counter() - begun, 3),
                }
            )
        if whole and lines:
            lines[-1]["expected_minutes_of_instance"] = round(expected, 2)
    return lines, lacking


def read_instance(folder: Path) -> dict[str, tuple[float, Shuttle]]:
    """Scenarios by name: probability and task."""
    crafts = _crafts(folder)
    pickups: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(_file(folder, "island_docks")):
        pickups[row["Location"]].append(row["Dock"])
    havens = tuple(row["Dock"] for row in _rows(_file(folder, "mainland_docks")))
    distances = _distances(folder)
    people: defaultdict[str, dict[str, int]] = defaultdict(dict)
    shares: dict[str, float] = {}
    for row in _rows(_file(folder, "scenarios")):
        people[row["Scenario"]][row["Location"]] = _whole(row["Demand"]) - _whole(row["private_evac"])
        shares[row["Scenario"]] = float(row["Probability"])
    docks = {place: tuple(some) for place, some in pickups.items()}
    return {
        scenario: (shares[scenario], Shuttle(crafts, counts, docks, havens, distances))
        for scenario, counts in people.items()
    }


def _missing(task: Shuttle) -> list[str]:
    """Distances without which a scenario would be worked out over fewer docks or vessels than it has."""
    missing = []
    for place in (place for place, people in task.people.items() if people > 0):
        docks = task.pickups.get(place, ())
        used = [dock for dock in docks if any(dock in craft.docks for craft in task.crafts)]
        if not used:
            missing.append(f"a dock at {place} where a vessel lands (island_docks.csv, vessel_compatibility.csv)")
        missing += [
            f"distance from {dock} to the mainland ({WHERE})"
            for dock in used
            if not any((dock, haven) in task.distances for haven in task.havens)
        ]
        missing += [
            f"distance from {origin} to {place} ({WHERE})"
            for origin in sorted({craft.origin for craft in task.crafts})
            if not any((origin, dock) in task.distances for dock in used)
        ]
    return missing


def _crafts(folder: Path) -> tuple[Craft, ...]:
    lands: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(_file(folder, "vessel_compatibility")):
        # A line for each dock and vessel, or for each dock with a column for each vessel.
        dock = row.pop("Dock" if "Resource" in row else next(iter(row)))
        fits = {row["Resource"]: row["Compatibility"]} if "Resource" in row else row
        for vessel, fit in fits.items():
            if fit and _whole(fit) == 1:
                lands[vessel].add(dock)
    begins = {row["Vessel"]: row["Dock"] for row in _rows(_file(folder, "initial_vessel_docks"))}
    return tuple(
        Craft(
            row["Vessel_name"],
            begins.get(row["Vessel_name"], row["Regular_origin"]),
            _whole(row["max_cap"]),
            float(row["vmax"]),
            float(row["v_loaded"]),
            float(row["loading time"]),
            float(row["time to availability"]),
            frozenset(lands[row["Vessel_name"]]),
        )
        for row in _rows(_file(folder, "vessels"))
    )


def _distances(folder: Path) -> dict[tuple[str, str], float]:
    """From the instance's own lists of route segments where it has them, else from the matrix."""
    known: dict[tuple[str, str], float] = {}
    matrix = _file(folder, "distance_matrix")
    for row in _rows(matrix) if matrix.exists() else ():
        if "Distance" in row:  # a line for each two docks
            known[row["Origin"], row["Destination"]] = float(row["Distance"])
        else:
            origin = row.pop(next(iter(row)))  # the column of names has no name, or any
            known |= {(origin, end): float(miles) for end, miles in row.items() if miles}
    lists = [place / f"{name}.csv" for place in (folder, *_folders(folder), folder.parent) for name in SEGMENTS]
    for path in lists:
        if path.exists():
            for row in _rows(path):
                known[row["Origin"], row["Destination"]] = float(row["Distance"])
    return known


def _file(folder: Path, name: str) -> Path:
    """A file of an instance, as published or flattened.

    Published: with spaces, in `input` or `incidences`; some instances write these with a capital.
    """
    wanted = {f"{name}.csv", f"{name.replace('_', ' ')}.csv"}
    for place in (folder, *_folders(folder)):
        for path in sorted(place.glob("*.csv")):
            if path.name.lower() in wanted:
                return path
    return folder / f"{name}.csv"


def _folders(folder: Path) -> list[Path]:
    return [place for place in sorted(folder.glob("*/")) if place.name.lower() in ("input", "incidences")]


def _whole(number: str) -> int:
    """People or places; some instances write `17.0`."""
    return round(float(number))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {(key or "").strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)
        ]
