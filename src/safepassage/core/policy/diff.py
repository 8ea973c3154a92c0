"""What a new policy changes before it goes live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.identity import Party, Person
from safepassage.core.ids import PartyId
from safepassage.core.policy.lottery import Lottery
from safepassage.core.policy.standings import Knowledge, Standing
from safepassage.core.policy.values import Policy


class Shift(StrEnum):
    """What happens to a party when the policy changes."""

    IN = "in"
    OUT = "out"
    UP = "up"
    DOWN = "down"
    BECOMES_UNRESOLVED = "becomes-unresolved"
    SPLITS = "splits"
    """Same tier, but fewer members may come."""
    GATHERS = "gathers"
    """Same tier, and more members may come."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PartyShift:
    """How one party fares; `why` are sentences made of both standings' reasons."""

    party: PartyId
    shift: Shift
    before: Standing
    after: Standing
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """The effect of replacing one policy by another on the same people.

    `shifts` holds every party that fares differently (order inside a tier apart), by the new order. `matrix`
    counts parties and people by (before, after), where a side is "1", "2" ..., "unresolved" or "not-eligible".
    """

    before: tuple[str, str]
    after: tuple[str, str]
    shifts: tuple[PartyShift, ...]
    matrix: tuple[tuple[str, str, int, int], ...]


def diff_policies(
    before: Policy,
    after: Policy,
    parties: Sequence[Party],
    persons: Sequence[Person],
    *,
    now: datetime,
    lottery: Lottery,
    knowledge: Knowledge = Knowledge(),  # noqa: B008 (frozen)
) -> PolicyDiff:
    """Who moves up, down, in and out if `after` replaces `before`, and why."""
    raise NotImplementedError
