"""Contradictions in a policy that reads well: what can never happen, and what is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from safepassage.core.errors import Problem, Problems
from safepassage.core.policy.located import place
from safepassage.core.policy.rules import Fact, Listed, OneOf, Rule, Span, Unstated, answer_rule, words_asked_of
from safepassage.core.policy.standings import Answer
from safepassage.core.policy.values import Policy, Tier
from safepassage.core.policy.variables import PARTY_VARIABLES, PERSON_VARIABLES, Kind, Variable

MOST_YEARS = 120
_MOST_WORLDS = 100_000


def check_policy(policy: Policy, *, file: str = "") -> tuple[Problem, ...]:
    """Contradictions, each with its line and what to do; empty if there are none.

    Found are: a category never used or never true, two categories with one rule, a tier that an earlier one
    always takes first or that nobody can reach, a dependent rule never used, a condition or reserve never true.
    "Never true" is decided by trying the values that the rule names; a rule with too many to try passes.
    """
    problems = Problems()
    dead = _check_categories(policy, problems, file)
    _check_tiers(policy, dead, problems, file)
    _check_dependents(policy, problems, file)
    for reserve in policy.reserves:
        if _is_never(reserve.rule, PARTY_VARIABLES):
            message = f"The reserve `{reserve.id}` can be used by nobody: its rule is never true."
            problems.add("policy-never-true", message, where=place(file, reserve.line), advice="Correct `for`.")
    return tuple(problems.found)


def _check_categories(policy: Policy, problems: Problems, file: str) -> set[str]:
    """Notes what is wrong with categories; those that can never be true."""
    used = {code for tier in policy.tiers for code in tier.principal}
    named = {literal for rule in _party_rules(policy) for literal in rule.literals if "categories" in rule.variables}
    dead: set[str] = set()
    seen: dict[str, str] = {}
    for category in policy.categories:
        where = place(file, category.line)
        if category.id not in used | named:
            advice = "Name it in a tier, or take it out; it is still counted."
            message = f"The category `{category.id}` gives no tier to anybody."
            problems.add("policy-category-unused", message, where=where, advice=advice)
        if category.rule.source in seen:
            message = f"The categories `{seen[category.rule.source]}` and `{category.id}` have the same rule."
            problems.add("policy-same-rule", message, where=where, advice="Keep one, or tell them apart.")
        seen.setdefault(category.rule.source, category.id)
        if _is_never(category.rule, PERSON_VARIABLES):
            dead.add(category.id)
            message = f"The category `{category.id}` can never be true."
            advice = "Look for a number compared with a text, or conditions that exclude each other."
            problems.add("policy-never-true", message, where=where, advice=advice)
    return dead


def _check_tiers(policy: Policy, dead: set[str], problems: Problems, file: str) -> None:
    for number, tier in enumerate(policy.tiers):
        where = place(file, tier.line)
        if set(tier.principal) <= dead:
            message = f"Tier {tier.number} can never be reached: none of its categories can be true."
            problems.add("policy-tier-unreachable", message, where=where, advice="Correct its categories.")
        elif tier.rule is not None and _is_never(tier.rule, PARTY_VARIABLES):
            message = f"Tier {tier.number} can never be reached: its condition is never true."
            problems.add("policy-tier-unreachable", message, where=where, advice="Correct `when`.")
        elif (taker := _taker(policy.tiers[:number], tier)) is not None:
            message = f"Tier {tier.number} can never be reached: tier {taker.number} takes everybody first."
            advice = "Put the narrower tier first, or give the earlier one a condition."
            problems.add("policy-tier-unreachable", message, where=where, advice=advice)


def _taker(earlier: tuple[Tier, ...], tier: Tier) -> Tier | None:
    """An earlier tier that covers all categories of a later one and asks for nothing more."""
    for other in earlier:
        covers = set(tier.principal) <= set(other.principal)
        if covers and (other.rule is None or other.rule == tier.rule):
            return other
    return None


def _check_dependents(policy: Policy, problems: Problems, file: str) -> None:
    used = {tier.dependents for tier in policy.tiers}
    for rule in policy.dependents:
        if rule.id not in used:
            message = f"The dependent rule `{rule.id}` is used by no tier."
            problems.add("policy-dependents-unused", message, where=place(file, rule.line), advice="Take it out.")


def _party_rules(policy: Policy) -> Iterator[Rule]:
    yield from (tier.rule for tier in policy.tiers if tier.rule is not None)
    yield from (item.rule for item in policy.order if item.rule is not None)
    yield from (reserve.rule for reserve in policy.reserves)


def _is_never(rule: Rule, variables: Mapping[str, Variable]) -> bool:
    """Whether no world makes the rule true, tried with all facts unknown."""
    facts = {name: _anything(rule, name, variables[name].kind) for name in rule.variables}
    return answer_rule(rule, facts, most_worlds=_MOST_WORLDS).answer is Answer.NO


def _anything(rule: Rule, name: str, kind: Kind) -> Fact:
    match kind:
        case Kind.NUMBER:
            return Span(0, MOST_YEARS)
        case Kind.YES_NO:
            return OneOf((False, True))
        case Kind.TEXT:
            return Unstated()
        case Kind.LIST:
            asked = words_asked_of(rule, name)
            does_more = len(asked) < len(re.findall(rf"\b{name}\b", rule.source))
            return Listed((), rule.literals if does_more else asked)
