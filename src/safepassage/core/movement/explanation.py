"""What an explanation of a party's place is made of: sentences, and the codes and values in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safepassage.core.ids import LegId, PartyId
from safepassage.core.movement.blocks import Block
from safepassage.core.movement.plan import Assignment, Values


class PlaceCode(StrEnum):
    """What an explanation says of a party's place; closed."""

    HAS_PLACE = "has-place"
    ARRIVES = "arrives"
    IS_KEPT = "is-kept"
    NOTHING_EARLIER = "nothing-earlier"
    NOTHING_EARLIER_TRIED = "nothing-earlier-tried"
    """Where the ways are too many to try all."""
    NO_PLACE = "no-place"
    BE_THERE = "be-there"
    STAND_BY = "stand-by"
    NO_CHANCE = "no-chance"


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """One sentence of an explanation as a code and the values in it."""

    code: PlaceCode
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One way that the party could go in principle, and what blocks it first (None: nothing, or it is its own)."""

    legs: tuple[LegId, ...]
    block: Block | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Answer for one party.

    `options`: ways tried (all there are; some of them where they are too many), the earliest arrival first, with the
    first thing that blocked each; for a placed party only
    those that would have been earlier. `remedies`: the fewest things that, all changed, would give it a place with
    every other party kept where it is (empty if it has one, or if only the policy can help); `would_board_if` says
    them in words. `next_chance`: when the party's way leaves, or the next departure on which it could stand by.

    `notes`, `blocks` and `chance` say in codes and values what `reasons` and `next_chance` say in English: the notes
    first, then what blocked the option that came nearest. An explanation kept by an earlier version has none.
    """

    party: PartyId
    tier: int | None
    rank: int
    assignment: Assignment | None
    options: tuple[Option, ...]
    options_tried: int
    remedies: tuple[Block, ...]
    would_board_if: tuple[str, ...]
    next_chance: str
    reasons: tuple[str, ...]
    notes: tuple[PlaceNote, ...] = ()
    blocks: tuple[Block, ...] = ()
    chance: PlaceNote | None = None
