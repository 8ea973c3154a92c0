"""Counts by category and stage, and heads counted by eye against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safepassage.core.ids import EventId, PersonId
from safepassage.core.ledger.kinds import EventKind
from safepassage.core.ledger.stages import SENT_BACK, Stage, seen_stage
from safepassage.core.ledger.state import UNKNOWN, HeadCount, LedgerState, PersonState

_LEAVING = frozenset({*SENT_BACK, EventKind.PERSONS_DETAINED, EventKind.PERSONS_MISSING, EventKind.PERSONS_DIED})
"""After these a person is at no point and on no leg."""


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
    """People by category and stage, stages in the order of the closed list.

    Categories come in the order given, then others by code, `unknown` last. Everyone counts in exactly one row;
    the rows add up to the persons known. A category that was asked for, and `unknown`, has a row even at 0.
    """
    people: Counter[tuple[str, Stage]] = Counter()
    seen: Counter[tuple[str, Stage]] = Counter()
    for person in state.people.values():
        cell = (person.category, person.stage)
        people[cell] += 1
        seen[cell] += person.seen_at is not None
    asked = [category for category in dict.fromkeys(categories) if category != UNKNOWN]
    found = {category for category, _ in people}
    order = [*asked, *sorted(found - {*asked, UNKNOWN}), UNKNOWN]
    rows: list[CountRow] = []
    for category in order:
        of_it = [
            CountRow(category, stage, people[category, stage], seen[category, stage])
            for stage in Stage
            if people[category, stage]
        ]
        rows += of_it or [CountRow(category, Stage.KNOWN, 0, 0)]
    return tuple(rows)


def reconcile(state: LedgerState) -> tuple[Discrepancy, ...]:
    """Head counts that differ from the people whom the events place there at that moment, and are still open.

    A person is where somebody last saw them: at a point, or on a leg from boarding (or setting out) to arrival.
    """
    waiting = [count for count in state.head_counts if not count.closed]
    if not waiting:
        return ()
    moves = sorted(_moves(state, state.people.values()), key=lambda move: move[0])
    where: dict[PersonId, str] = {}
    heads: Counter[str] = Counter()
    found: list[Discrepancy] = []
    next_move = 0
    for count in sorted(waiting, key=lambda one: (one.at, one.event)):
        while next_move < len(moves) and moves[next_move][0] <= count.at:
            _, person, place = moves[next_move]
            heads[where.get(person, "")] -= 1
            heads[place] += 1
            where[person] = place
            next_move += 1
        found += _compare(count, heads[count.leg or count.point])
    return tuple(found)


def places_now(state: LedgerState, *, stage: Stage | None = None) -> dict[PersonId, str]:
    """Where each person was seen last, a point or a leg, if nothing has taken them from there since.

    Who arrived is at the point and no longer on the leg. Of those at one stage if it is given.
    Cost: one walk over everything that names these people.
    """
    people = (one for one in state.people.values() if stage in {None, one.stage})
    where = {person: place for _, person, place in _moves(state, people)}
    return {person: place for person, place in where.items() if place}


def _compare(count: HeadCount, derived: int) -> list[Discrepancy]:
    if count.count == derived:
        return []
    place = count.leg or count.point
    return [Discrepancy(count.event, count.at, place, count.count, derived, count.owner)]


def _moves(state: LedgerState, people: Iterable[PersonState]) -> Iterator[tuple[int, PersonId, str]]:
    """When whom was seen where (empty: nowhere any more), in each person's own order."""
    silent = state.silent
    for person in people:
        touches = [touch for one in person.ids for touch in state.touches.get(one, ())]
        for event, _ in sorted(touches, key=lambda touch: touch[0].order) if len(person.ids) > 1 else touches:
            if event.id in silent:
                continue
            if event.kind in _LEAVING:
                yield event.occurred, person.person, ""
            elif event.kind is EventKind.PERSONS_ARRIVED:
                yield event.occurred, person.person, event.code("point")
            elif seen_stage(event):
                yield event.occurred, person.person, event.code("leg") or event.code("point")
