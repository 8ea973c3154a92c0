"""Scenarios as text: the contract is `spec/scenario-v1.schema.json`."""

from __future__ import annotations

from typing import Any

from safepassage.core.movement.demand import Scenario


def read_scenario(text: str | bytes, *, file: str = "") -> Scenario:
    """The network and demands of a scenario text (JSON).

    Raises:
        ProblemsError: everything wrong with it, each with its path in the text.
    """
    raise NotImplementedError


def write_scenario(scenario: Scenario) -> str:
    """The scenario as JSON; reading it gives the same scenario."""
    raise NotImplementedError


def scenario_schema() -> dict[str, Any]:
    """The JSON schema of a scenario text."""
    raise NotImplementedError
