"""A policy that is not published yet: what is wrong with it, or whom it would move."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from safepassage.apps.policy.selectors import policy_in_force, policy_read
from safepassage.apps.policy.services import policy_compare
from safepassage.core.errors import Problem, ProblemsError
from safepassage.core.ids import PartyId
from safepassage.core.policy import PartyShift, Policy, PolicyDiff, Promise, Shift, check_policy, read_policy

SHIFTS_SHOWN = 100
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as checked: `problems` keep it from being published, `doubts` do not."""

    policy: Policy | None
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    diff: PolicyDiff | None = None

    @property
    def bad_lines(self) -> frozenset[int]:
        """The lines that a problem names."""
        found = (_LINE.search(problem.where) for problem in self.problems)
        return frozenset(int(one.group(1)) for one in found if one)

    @property
    def moves(self) -> list[tuple[str, int]]:
        """How many parties fare how."""
        if self.diff is None:
            return []
        return [(shift.value, self.diff.count(shift)) for shift in Shift if self.diff.count(shift)]

    @property
    def shifts(self) -> tuple[PartyShift, ...]:
        """The first of those who fare differently, in the new order."""
        return self.diff.shifts[:SHIFTS_SHOWN] if self.diff else ()


def draft_check(text: str, *, now: datetime, promises: Mapping[PartyId, Promise]) -> Draft:
    """Reads a text and tries it on today's people against the policy in force. Cost: applies both policies."""
    try:
        policy = read_policy(text)
    except ProblemsError as error:
        return Draft(None, problems=error.problems)
    holding = policy_in_force(now)
    diff = policy_compare(before=policy_read(holding), after=policy, now=now, promises=promises) if holding else None
    return Draft(policy, doubts=tuple(check_policy(policy)), diff=diff)
