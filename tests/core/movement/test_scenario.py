"""Scenario texts: round trip, the written schema, every problem with its path."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from safepassage.core.errors import ProblemsError
from safepassage.core.movement import Scenario, read_scenario, scenario_schema, write_scenario
from tests.core.movement.operations import operations
from tests.core.movement.test_planner import UNHURRIED

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "spec" / "scenario-v1.schema.json"
EXAMPLE = ROOT / "examples" / "kabul-2021" / "network.json"


@settings(UNHURRIED, max_examples=25)
@given(operations())
def test_reading_what_was_written_gives_the_same_scenario(scenario: Scenario) -> None:
    text = write_scenario(scenario)
    assert read_scenario(text) == scenario
    jsonschema.validate(json.loads(text), scenario_schema())


def test_the_written_schema_is_that_of_the_values() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == scenario_schema()


def test_the_example_network_is_sound_and_fits_the_schema() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), scenario_schema())
    assert read_scenario(text).network.name.startswith("Kabul")


def test_every_problem_of_a_scenario_is_told_with_its_path() -> None:
    text = """{"network": {"points": [{"id": "A", "kind": "rally"}, {"id": "B", "kind": "rally-point", "bed": 3}],
      "legs": []}, "demands": [{"party": "P", "heads": "two", "tier": 1, "rank": 1, "starts": []}]}"""
    with pytest.raises(ProblemsError) as caught:
        read_scenario(text, file="x.json")
    found = {(problem.code, problem.where) for problem in caught.value.problems}
    assert found == {
        ("unknown-word", "x.json: network.points[0].kind"),
        ("unknown-key", "x.json: network.points[1].bed"),
        ("wrong-value", "x.json: demands[0].heads"),
    }


def test_contradictions_are_told_together() -> None:
    leg = {
        "id": "L", "mode": "bus", "origin": "A", "destination": "NOWHERE", "seats": -1,
        "departs": "2021-08-24T10:00:00Z", "arrives": "2021-08-24T09:00:00Z",
    }  # fmt: skip
    demand = {"party": "P", "heads": 0, "tier": 0, "rank": 1, "starts": [{"point": "B"}]}
    text = {"network": {"points": [{"id": "A", "kind": "rally-point"}], "legs": [leg]}, "demands": [demand, demand]}
    with pytest.raises(ProblemsError) as caught:
        read_scenario(json.dumps(text))
    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == ["backwards", "twice"] + ["unknown-point"] * 3 + ["wrong-value"] * 5


def test_a_text_that_is_no_json_is_told_so() -> None:
    with pytest.raises(ProblemsError) as caught:
        read_scenario("{")
    assert [problem.code for problem in caught.value.problems] == ["not-json"]
