"""Why a party got what it got, what blocked better, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from safepassage.core.ids import LegId, PartyId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.network import Network
from safepassage.core.movement.plan import Assignment, BlockCode, Plan


@dataclass(frozen=True, slots=True)
class Block:
    """The first thing that blocks one option: its code, the leg, point or limit, and a sentence.

    `needed` and `free` are heads (or cases, or vehicles) where the thing is a capacity, else None.
    """

    code: BlockCode
    where: str
    reason: str
    needed: int | None = None
    free: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One way that the party could go in principle, and what blocks it (None: it is the party's own, or free)."""

    legs: tuple[LegId, ...]
    block: Block | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Answer for one party.

    `options`: each way tried, in order of arrival, with the first thing that blocked it. `would_board_if`: a change,
    true when tried, that would give it a place with all others kept (empty if it has one). `next_chance`: when and
    where a way is still open, or a sentence that says there is none in this plan.
    """

    party: PartyId
    tier: int | None
    rank: int
    assignment: Assignment | None
    options: tuple[Option, ...]
    options_tried: int
    would_board_if: tuple[str, ...]
    next_chance: str
    reasons: tuple[str, ...]


def explain_party(network: Network, demands: tuple[Demand, ...], plan: Plan, party: PartyId) -> Explanation:
    """Why the party has its place, or none. For many parties in a row make one `Explainer`.

    Raises:
        NotFoundError: no such party among the demands.
    """
    raise NotImplementedError
