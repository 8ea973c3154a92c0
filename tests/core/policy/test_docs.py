"""docs/policy.md says what the code knows."""

from __future__ import annotations

import pytest

from safepassage.core.policy import ReasonCode
from safepassage.core.policy.variables import PARTY_VARIABLES, PERSON_VARIABLES
from tests.core.policy.test_read import ROOT
from tests.core.policy.test_schema import SCHEMA

TEXT = (ROOT / "docs/policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("variables", [PERSON_VARIABLES, PARTY_VARIABLES], ids=["person", "party"])
def test_every_variable_is_documented_with_its_type_and_meaning(variables):
    for name, variable in variables.items():
        assert f"| `{name}` | {variable.kind.value} | {variable.words} |" in TEXT


def test_every_reason_is_documented():
    for code in ReasonCode:
        assert f"| `{code.value}` |" in TEXT


def test_every_field_of_the_text_is_documented():
    for name in SCHEMA["properties"]:
        assert f"`{name}`" in TEXT
