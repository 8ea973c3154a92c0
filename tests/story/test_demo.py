"""The demo, as a user and as a machine would run it: the figures add up, repeat, and follow their input."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safepassage.cli.example_lists import write_example
from safepassage.core.identity import resolve
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "kabul-2021"


def run_demo(home: Path, *arguments: str) -> dict[str, Any]:
    command = "from safepassage.cli import main; main()"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "safepassage.web.settings",
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", command, "demo", "--json", "--no-serve", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small operation that nobody has seen: another seed, fewer people."""
    target = tmp_path_factory.mktemp("unseen")
    write_example(target, seed=77, families=60, people=200, rows=330)
    return target / "lists"


@pytest.fixture(scope="module")
def small(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return run_demo(tmp_path_factory.mktemp("small") / "demo", "--seed", "5", "--lists", str(folder))


def without_timings(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "seconds"}


def test_people_in_the_counts_add_up_to_the_persons_and_rows_to_the_rows_read(small: dict[str, Any]) -> None:
    assert sum(row["people"] for row in small["counts"]) == small["persons"]
    assert small["rows_read"] == (small["rows_with_listings"] + small["rows_rejected"] + small["rows_without_people"])
    assert "unknown" in {row["category"] for row in small["counts"]}
    assert small["persons"] >= small["persons_from_lists"] > 150
    assert 0 < small["people_boarded"] <= small["people_booked"]


def test_one_seed_gives_the_same_object_twice_and_another_seed_another(
    small: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    again = run_demo(tmp_path / "again", "--seed", "5", "--lists", str(folder))
    assert without_timings(again) == without_timings(small)
    other = run_demo(tmp_path / "other", "--seed", "6", "--lists", str(folder))
    assert other["state_digest"] != small["state_digest"]
    assert other["listings"] == small["listings"]


def test_a_list_left_out_changes_the_figures_that_it_should_and_a_file_that_is_no_list_stops_nothing(
    small: dict[str, Any], folder: Path, tmp_path: Path
) -> None:
    lists = tmp_path / "lists"
    shutil.copytree(folder, lists)
    max(lists.iterdir()).unlink()
    (lists / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    result = run_demo(tmp_path / "demo", "--seed", "5", "--lists", str(lists))
    assert [line for line in result["unreadable"] if line.startswith("broken.xlsx")]
    assert 0 < result["rows_read"] < small["rows_read"]
    assert 0 < result["listings"] < small["listings"]
    assert 0 < result["persons_from_lists"] < small["persons_from_lists"]


def test_identity_on_the_examples_truth_is_right_and_no_certain_merge_crosses_families() -> None:
    truth = {}
    with (EXAMPLE / "answer-key.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            truth[row["file"], row["sheet"], int(row["row"]), int(row["ordinal"])] = (row["person"], row["family"])
    listings, person_of, family_of = [], {}, {}
    seen: Counter[tuple[str, str, int]] = Counter()
    for path in sorted((EXAMPLE / "lists").iterdir()):
        found = intake_file(path, source=SourceId(f"S-{path.stem}"), received=date(2021, 8, 25))
        for listing in found.listings:
            place = (listing.row.file, listing.row.sheet, listing.row.number)
            seen[place] += 1
            key = truth.get((*place, seen[place]))
            assert key is not None, f"a listing of which the key knows nothing: {place}"
            person_of[listing.id], family_of[listing.id] = key
            listings.append(listing)
    resolution = resolve(listings)
    assert b_cubed_f1(resolution.clusters, person_of) >= 0.93
    crossing = [cluster for cluster in resolution.certain_clusters if len({family_of[one] for one in cluster}) > 1]
    assert crossing == []


def b_cubed_f1(clusters: tuple[tuple[Any, ...], ...], truth: dict[Any, str]) -> float:
    sizes = Counter(truth.values())
    precision = recall = 0.0
    for cluster in clusters:
        inside: dict[str, int] = defaultdict(int)
        for listing in cluster:
            inside[truth[listing]] += 1
        for person, number in inside.items():
            precision += number * number / len(cluster)
            recall += number * number / sizes[person]
    precision, recall = precision / len(truth), recall / len(truth)
    return 2 * precision * recall / (precision + recall)
