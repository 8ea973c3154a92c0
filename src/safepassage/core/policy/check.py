"""Contradictions in a policy that reads well."""

from __future__ import annotations

from safepassage.core.errors import Problem
from safepassage.core.policy.values import Policy


def check_policy(policy: Policy, *, file: str = "") -> tuple[Problem, ...]:
    """Contradictions: a tier never reached, a category never used or never true, two categories with one rule."""
    raise NotImplementedError
