"""The table of `make bench-movement`: what it measures, at a hundredth of its size."""

from __future__ import annotations

import pytest
from benchmarks.movement import acceptance
from benchmarks.movement.explained import measure_explained
from benchmarks.movement.kabul import Size, invent_kabul
from benchmarks.movement.plain import measure_plain

from safepassage.core.movement import Method, flow_bound, plan_movement

SMALL = Size(parties=400, buses=20, runs=2, flights=12)


def test_the_plain_model_never_gets_more_people_out_than_the_bound() -> None:
    scenario = invent_kabul(5, SMALL)
    found = measure_plain(scenario, 20.0)
    assert scenario.now is not None
    bound = flow_bound(scenario.network, scenario.demands, now=scenario.now)
    assert bound is not None
    assert 0 < sum(found["tiers"]) <= bound


def test_each_left_out_is_told_what_blocks_and_what_helps_is_tried() -> None:
    scenario = invent_kabul(5, SMALL)
    assert scenario.now is not None
    plan = plan_movement(scenario.network, scenario.demands, now=scenario.now, method=Method.GREEDY)
    found = measure_explained(scenario, plan, seed=1, tried=5)
    left_out = sum(line.tier is not None for line in plan.unplaced)
    assert found["left_out"] == min(500, left_out) > 0
    assert found["name_what_blocks"] == found["left_out"]
    assert found["true_when_tried"] == found["tried"] == 5


def test_a_part_of_which_none_is_asked_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SEEDS", "REPLANS", "TIMES"):
        monkeypatch.setenv(name, "0")
    told = {
        "asked": 500,
        "left_out": 480,
        "name_what_blocks": 479,
        "say_what_would_help": 470,
        "tried": 10,
        "true_when_tried": 10,
        "processor_seconds": 0.5,
        "reading_processor_seconds": 1.0,
    }
    monkeypatch.setattr(acceptance, "_said", lambda _command: told)
    rows = list(acceptance._rows(None))
    assert [row.is_met for row in rows] == [True, False, True]
