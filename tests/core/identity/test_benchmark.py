"""What the benchmark says of clusters, by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from benchmarks.identity.measure import measure_clusters
from benchmarks.identity.splink import beside

from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI

ROWS = [{"pid": pid, "fam": fam} for pid, fam in (("a", "1"), ("a", "1"), ("b", "1"), ("c", "2"))]


def test_a_wrong_pair_inside_a_family_lowers_precision_and_is_counted_by_itself():
    figures = measure_clusters(ROWS, [[0, 1, 2], [3]])
    assert figures["pair_precision"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["pair_recall"] == 1.0
    assert figures["wrong_inside_family_per_100k"] == 50_000.0
    assert figures["b3_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, abs=1e-4)


def test_the_other_linker_is_given_the_same_facts_and_its_best_threshold(monkeypatch):
    listings = [LAILA_TESTANI, KARIM_TESTANI, KARIM_AGAIN]
    rows = [{"pid": pid, "fam": "1"} for pid in ("laila", "karim", "karim")]

    class Ended:
        returncode = 0

    def run(command, **_):
        table, answer = command[-2:]
        with Path(table).open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        names = [line["name"] for line in lines]
        karims = [at for at, name in enumerate(names) if "karim" in name]
        others = [at for at in range(3) if at not in karims]
        clusters = {"0.5": [[0, 1, 2]], "0.9": [karims, others]}
        Path(answer).write_text(json.dumps({"clusters": clusters, "cost": {"seconds": 1.0}}), encoding="utf-8")
        return Ended()

    monkeypatch.setattr(beside.subprocess, "run", run)
    figures = beside.run_splink(rows, listings)
    assert figures["splink_threshold"] == 0.9
    assert figures["pair_f1"] == 1.0
    assert figures["rows"] == 3
