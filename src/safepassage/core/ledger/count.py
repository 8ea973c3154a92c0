"""Counts by category and stage, and heads counted by eye against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safepassage.core.ids import EventId
from safepassage.core.ledger.stages import Stage
from safepassage.core.ledger.state import LedgerState


@dataclass(frozen=True, slots=True)
class CountRow:
    """People of one category at one stage. `seen`: those of them whom somebody has seen; the rest are declared."""

    category: str
    stage: Stage
    people: int
    seen: int


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A head count that differs from what the events say; it has an owner until somebody closes it with a reason."""

    head_count: EventId
    at: int
    place: str
    counted: int
    derived: int
    owner: str

    @property
    def difference(self) -> int:
        """Counted less derived: negative is people missing."""
        return self.counted - self.derived


def count_people(state: LedgerState, *, categories: Iterable[str] = ()) -> tuple[CountRow, ...]:
    """People by category and stage; categories in the order given, then others by code, `unknown` always last.

    Everyone counts in exactly one row; the rows add up to the persons known. `unknown` has a row even at 0.
    """
    raise NotImplementedError


def reconcile(state: LedgerState) -> tuple[Discrepancy, ...]:
    """Head counts that differ from the people whom the events place there at that moment, and are still open."""
    raise NotImplementedError
