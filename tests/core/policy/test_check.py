"""Contradictions in a policy that reads well."""

from __future__ import annotations

import pytest

from safepassage.core.policy import check_policy
from tests.core.policy.people import small_policy

EXTRA = "  - id: extra\n    title: Extra\n    rule: {rule}\ndependents:"
THIRD = "    when: heads <= 8\n  - tier: 3\n    title: Third\n    principal: [{who}]\norder:"


def codes(*changes):
    return [problem.code for problem in check_policy(small_policy(*changes), file="a.yaml")]


def test_a_sound_policy_has_none():
    assert codes() == []


def test_a_category_that_no_tier_names_is_told_with_its_line():
    problem = check_policy(small_policy(("dependents:\n", EXTRA.format(rule="age < 5") + "\n")), file="a.yaml")[0]
    assert problem.code == "policy-category-unused"
    assert problem.where.startswith("a.yaml, line ")


def test_two_categories_with_one_rule_are_told():
    assert "policy-same-rule" in codes(("dependents:\n", EXTRA.format(rule="age >= 60") + "\n"))


@pytest.mark.parametrize(
    "rule", ["age < 5 && age > 6", "age > 500", "is_married && !is_married", 'sex == "f" && sex == "m"']
)
def test_a_rule_that_can_never_be_true_is_told(rule):
    assert "policy-never-true" in codes(("rule: age >= 60", f"rule: '{rule}'"))


def test_a_tier_whose_people_an_earlier_tier_always_takes_can_never_be_reached():
    assert codes(("    when: heads <= 8\norder:", THIRD.format(who="citizen"))) == ["policy-tier-unreachable"]


def test_a_later_tier_is_reachable_where_the_earlier_one_has_a_condition():
    assert codes(("    when: heads <= 8\norder:", THIRD.format(who="siv"))) == []


def test_a_tier_with_a_condition_that_is_never_true_can_never_be_reached():
    assert codes(("heads <= 8", "minors > 3 && minors < 2")) == ["policy-tier-unreachable"]


def test_a_dependent_rule_that_no_tier_uses_is_told():
    assert codes(("    dependents: immediate-family\n", "")) == ["policy-dependents-unused"]


def test_a_reserve_that_nobody_can_use_is_told():
    reserve = "reserves: [{id: a, title: A, for: heads > 500, seats: 3}]\norder:"
    assert codes(("order:", reserve)) == ["policy-never-true"]
