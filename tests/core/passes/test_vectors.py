"""The shared vectors: the file is what the code says, wrong ones outnumber right ones, every code is met."""

from __future__ import annotations

import json

from safepassage.core.passes import VerdictCode
from tests.core.passes.make_vectors import PATH, as_text, make_vectors

VECTORS = json.loads(PATH.read_text(encoding="utf-8"))
CHECKS = VECTORS["checks"]


def test_the_vectors_are_what_this_code_decides():
    """After a meant change: python -m tests.core.passes.make_vectors, then read the difference."""
    assert as_text(make_vectors()) == PATH.read_text(encoding="utf-8")


def test_there_are_enough_and_wrong_ones_outnumber_right_ones():
    right = [check for check in CHECKS if check["level"] == "valid"]
    assert len(CHECKS) >= 300
    assert len(CHECKS) > 2 * len(right) > 100


def test_every_code_of_a_verdict_is_met():
    met = {code for check in CHECKS for code in check["codes"]}
    assert met == set(VerdictCode) - {VerdictCode.NOT_BOUND}
    heaviest = {check["codes"][0] for check in CHECKS}
    assert heaviest == met


def test_names_are_unique():
    assert len({check["name"] for check in CHECKS}) == len(CHECKS)
