"""The published schema and the reader agree on the shape of a policy."""

from __future__ import annotations

import copy
import json
import re

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.errors import Problems, ProblemsError
from safepassage.core.people import Relation
from safepassage.core.policy import read_policy
from safepassage.core.policy.located import Mapping, Scalar, read_yaml
from tests.core.policy.people import TEXT
from tests.core.policy.test_read import ROOT, SHIPPED

SCHEMA = json.loads((ROOT / "spec/policy-v1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

NOT_OF_SHAPE = {"policy-no-lottery", "policy-after-lottery", "policy-tier-number", "policy-twice"} | {
    "policy-no-such-category",
    "policy-no-such-dependents",
    "policy-ends-first",
    "policy-ages-crossed",
    "policy-bad-rule",
    "policy-unknown-word",
}
"""What a schema can't say: the reader alone knows."""


def plain(node):
    """A located node as JSON would have it: plain numbers are numbers."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.fields.items()}
    if isinstance(node, Scalar):
        return int(node.value) if node.is_plain and re.fullmatch(r"[0-9]+", node.value) else node.value
    return [plain(item) for item in node.items]


def data_of(text: str):
    return plain(read_yaml(text, Problems()))


def reader_accepts(data) -> bool:
    """Whether the reader has nothing against the shape; JSON is YAML."""
    try:
        read_policy(json.dumps(data))
    except ProblemsError as error:
        return {problem.code for problem in error.problems} <= NOT_OF_SHAPE
    return True


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_policy_fits_the_schema(path):
    VALIDATOR.validate(data_of(path.read_text(encoding="utf-8")))


def test_the_schema_knows_every_relation_that_may_be_a_ground():
    assert SCHEMA["$defs"]["relation"]["enum"] == [each.value for each in Relation if each is not Relation.UNKNOWN]


def places(data, path=()):
    """Every place in a document."""
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from places(value, (*path, index))


NGO = data_of(next(path for path in SHIPPED if path.stem == "ngo").read_text(encoding="utf-8"))
SMALL = data_of(TEXT)
SITES = [(data, path) for data in (NGO, SMALL) for path in places(data) if path]
JUNK = st.sampled_from([{}, [], "", "x", "yes", 7, -1, 10**9, True, {"a": 1}, ["x"], "2021-01-01T00:00:00Z", "leg"])


@given(site=st.sampled_from(SITES), act=st.sampled_from(["remove", "rename", "junk"]), junk=JUNK)
@settings(max_examples=80, deadline=None)
def test_reader_and_schema_agree_on_any_damaged_policy(site, act, junk):
    data, path = copy.deepcopy(site[0]), site[1]
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    if act == "remove":
        del parent[path[-1]]
    elif act == "rename" and isinstance(parent, dict):
        parent["other"] = parent.pop(path[-1])
    else:
        parent[path[-1]] = junk
    assert reader_accepts(data) == VALIDATOR.is_valid(data), (path, act, junk)
