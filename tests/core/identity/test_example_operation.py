"""The example operation's lists against their answer key: what the house promises of identity."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.identity.demo import measure_operation

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "kabul-2021"


@pytest.mark.slow
def test_the_example_operation_is_resolved_as_promised():
    figures = measure_operation(FOLDER)
    assert figures["rows"] > 4000
    assert figures["without_key"] == 0
    assert figures["b3_f1"] >= 0.93
    assert figures["auto_wrong_across_families"] == 0
    assert figures["auto_precision"] >= 0.998
