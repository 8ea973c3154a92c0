"""Scenarios as text: the contract is `spec/scenario-v1.schema.json`."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from safepassage.core.errors import Problem, ProblemsError
from safepassage.core.movement.demand import Scenario
from safepassage.core.movement.soundness import problems_of

_SCENARIO: TypeAdapter[Scenario] = TypeAdapter(Scenario)


def read_scenario(text: str | bytes, *, file: str = "") -> Scenario:
    """The network and demands of a scenario text (JSON).

    Raises:
        ProblemsError: everything wrong with it, each with its path in the text.
    """
    place = f"{file}: " if file else ""
    try:
        scenario = _SCENARIO.validate_json(text)
    except ValidationError as error:
        problems = [
            Problem(
                _CODES.get(found["type"], "wrong-value"),
                f"{found['msg']}.",
                f"{place}{_path(found['loc'])}",
                "See spec/scenario-v1.schema.json.",
            )
            for found in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise ProblemsError(problems, what=file or "the scenario") from None
    found_problems = problems_of(scenario.network, scenario.demands)
    if scenario.now is not None and scenario.now.tzinfo is None:
        zone = "Write the time with its zone, such as 2021-08-24T14:00:00Z."
        found_problems.insert(0, Problem("no-time-zone", "This time has no zone.", "now", zone))
    if found_problems:
        located = [Problem(p.code, p.message, f"{place}{p.where}", p.advice) for p in found_problems]
        raise ProblemsError(located, what=file or "the scenario")
    return scenario


def write_scenario(scenario: Scenario) -> str:
    """The scenario as JSON, defaults left out; reading it gives the same scenario."""
    return _SCENARIO.dump_json(scenario, indent=1, exclude_defaults=True).decode() + "\n"


def scenario_schema() -> dict[str, Any]:
    """The JSON schema of a scenario text."""
    schema = _SCENARIO.json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Safe Passage scenario, version 1"
    return schema


_CODES = {
    "json_invalid": "not-json",
    "missing": "missing",
    "unexpected_keyword_argument": "unknown-key",
    "extra_forbidden": "unknown-key",
    "enum": "unknown-word",
}


def _path(parts: tuple[int | str, ...]) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path or "the text"
