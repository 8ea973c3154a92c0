"""`python -m benchmarks.movement --icep FOLDER` on a complete invented folder in the shape of the published ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.movement import __main__ as command

from tests.core.movement.test_routing import boat, least

DOCKS = {"Pine Dock": "Pine Bay", "Pine Beach": "Pine Bay", "Oak Pier": "Oak Cove", "Ash Wharf": "Ash Point"}
VESSELS = {"Heron": 20, "Tern": 12}
SAFE = "Grey Harbour"
MILES = 2.0
VESSEL_COLUMNS = (
    "Vessel_name,Vessel_type,contract_cost,operating_cost,Regular_origin,max_cap,v_loaded,vmax,loading time,"
    "time to availability,information"
)
SCENARIOS = (
    "Scenario 1: Pine,Pine Bay,6,66,0.5",
    "Scenario 2: Pine and Oak,Pine Bay,0,44,0.3",
    "Scenario 2: Pine and Oak,Oak Cove,3,35,0.3",
    "Scenario 3: all,Pine Bay,0,30,0.2",
    "Scenario 3: all,Oak Cove,0,14,0.2",
    "Scenario 3: all,Ash Point,0,15,0.2",
)


def write(folder: Path, *, without: str = "") -> Path:
    """A fleet of two, three places two miles from one harbour; `without`: a dock that the matrix does not hold."""
    folder.mkdir()
    docks = [dock for dock in (*DOCKS, SAFE) if dock != without]
    texts = {
        "vessels": [
            VESSEL_COLUMNS,
            *(f"{name},boat,0,1,{SAFE},{seats},12,12,5,0," for name, seats in VESSELS.items()),
        ],
        "initial_vessel_docks": ["Dock,Location,Type,Vessel", *(f"{SAFE},Mainland,Safe,{name}" for name in VESSELS)],
        "island_docks": ["Dock,Location", *(f"{dock},{place}" for dock, place in DOCKS.items())],
        "island_locations": ["Location,Dock,private_evac,Demand", *(f"{place},,," for place in DOCKS.values())],
        "island_source": ["Location", "Island"],
        "mainland_docks": ["Dock,Location", f"{SAFE},Mainland"],
        "mainland_locations": ["Location", "Mainland"],
        "roundtrips": ["Round trip,Delay cost", "1,0", "2,0.01"],
        "scenarios": ["Scenario,Location,private_evac,Demand,Probability", *SCENARIOS],
        "vessel_compatibility": [
            "," + ",".join(VESSELS),
            *(f"{dock},1,1" for dock in (*DOCKS, SAFE)),
        ],
        "distance_matrix": [
            "," + ",".join(docks),
            *(f"{one}," + ",".join("0" if one == other else str(MILES) for other in docks) for one in docks),
        ],
    }
    for name, lines in texts.items():
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, list[dict[str, object]]]]:
    monkeypatch.setattr("sys.argv", ["benchmarks.movement", "--icep", str(folder)])
    code = command.main()
    return code, json.loads(capsys.readouterr().out)


def test_each_scenario_of_a_complete_folder_is_proven_within_a_second_or_near_the_best_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(write(tmp_path / "two_boats"), monkeypatch, capsys)
    assert code == 0
    assert said["unsolved"] == []
    boats = tuple(boat(name, seats, 12) for name, seats in VESSELS.items())
    best = {
        "two_boats: Scenario 1: Pine": least(boats, [60]),
        "two_boats: Scenario 2: Pine and Oak": least(boats, [44, 32]),
        "two_boats: Scenario 3: all": least(boats, [30, 14, 15]),
    }
    assert best["two_boats: Scenario 1: Pine"] == 60.0, "twice twenty and twice twelve: two round trips of 30 minutes"
    assert {line["name"] for line in said["instances"]} == set(best)
    for line, places in zip(said["instances"], (1, 2, 3), strict=True):
        assert {"makespan_minutes", "bound_minutes", "seconds"} <= set(line)
        assert line["bound_minutes"] <= line["makespan_minutes"] <= 1.01 * best[str(line["name"])]
        assert line["seconds"] < 1
        if places <= 2:
            assert line["bound_minutes"] == line["makespan_minutes"] == best[str(line["name"])]


def test_a_folder_of_instances_says_which_distances_which_of_them_lacks_and_in_what_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "complete")
    write(tmp_path / "lacking", without="Oak Pier")
    code, said = run(tmp_path, monkeypatch, capsys)
    assert code == 0
    assert [line["name"] for line in said["unsolved"]] == [
        "lacking: Scenario 2: Pine and Oak",
        "lacking: Scenario 3: all",
    ]
    first = said["unsolved"][0]["missing"]
    assert isinstance(first, list)
    assert first[0].startswith("distance from Oak Pier to the mainland (distance_matrix.csv, a row and a column of")
    assert len(said["instances"]) == 4
    segments = ["Origin,Destination,Distance", f"{SAFE},Oak Pier,2", f"Oak Pier,{SAFE},2"]
    (tmp_path / "lacking" / "zeta.csv").write_text("\n".join(segments), encoding="utf-8")
    code, said = run(tmp_path, monkeypatch, capsys)
    assert said["unsolved"] == []
    complete, mended = said["instances"][:3], said["instances"][3:]
    assert [line["makespan_minutes"] for line in complete] == [line["makespan_minutes"] for line in mended]


def test_other_shapes_in_which_instances_are_published_are_read_as_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In folders, with spaces in names, a line for each two docks and each dock and vessel, people as 17.0."""
    flat = write(tmp_path / "flat")
    other = tmp_path / "published" / "two_boats"
    for folder in ("Input", "Incidences"):
        (other / folder).mkdir(parents=True)
    for path in flat.glob("*.csv"):
        folder = "Incidences" if path.stem == "distance_matrix" else "Input"
        (other / folder / path.name.replace("_", " ")).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    docks = (*DOCKS, SAFE)
    miles = [f"{one},{two},{0 if one == two else MILES}" for one in docks for two in docks]
    lands = [f"{dock},{boat},{int(boat == 'Heron' or 'Pine' not in dock)}" for dock in docks for boat in VESSELS]
    tables = {
        "Incidences/distance matrix.csv": ["Origin,Destination,Distance", *miles],
        "Input/vessel compatibility.csv": ["Dock,Resource,Compatibility", *lands],
        "Input/scenarios.csv": [
            "Scenario,Location,private_evac,Demand,Probability",
            *("{},{},{}.0,{}.0,{}".format(*line.split(",")) for line in SCENARIOS),
        ],
    }
    for name, lines in tables.items():
        (other / name).write_text("\n".join(lines), encoding="utf-8")
    landing = [f"{dock},1,{int('Pine' not in dock)}" for dock in docks]
    (flat / "vessel_compatibility.csv").write_text("\n".join(["," + ",".join(VESSELS), *landing]), encoding="utf-8")
    _, one = run(flat, monkeypatch, capsys)
    code, two = run(tmp_path / "published", monkeypatch, capsys)
    assert (code, one["unsolved"], two["unsolved"]) == (0, [], [])
    assert [line["makespan_minutes"] for line in one["instances"]] == [
        line["makespan_minutes"] for line in two["instances"]
    ]
    # The larger boat alone lands at Pine Bay: sixty people are three of its trips.
    assert one["instances"][0]["makespan_minutes"] == 90.0
