"""Which events name a person, and in which of their rows."""

from __future__ import annotations

from collections.abc import Iterator

from safepassage.core.ids import PersonId
from safepassage.core.ledger.events import Event
from safepassage.core.ledger.kinds import BODIES, EventKind
from safepassage.core.ledger.state import LedgerState, Touch

_PERSON_COLUMN: dict[EventKind, int] = {
    kind: list(spec.columns).index("person")
    for kind, spec in BODIES.items()
    if "person" in spec.columns and kind is not EventKind.PERSONS_REDIRECTED
}
_NEW_COLUMN = 1


def touches_of(event: Event) -> Iterator[tuple[PersonId, Touch]]:
    """Whom an event names, once a row; a split names the id that it parts and the new one."""
    column = _PERSON_COLUMN.get(event.kind)
    if column is None:
        return
    for row in event.rows:
        yield PersonId(str(row[column])), (event, row)
        if event.kind is EventKind.PERSONS_SPLIT:
            yield PersonId(str(row[_NEW_COLUMN])), (event, row)


def events_of(state: LedgerState, person: PersonId) -> tuple[Event, ...]:
    """The events that name this person under any of their ids, in order; annulled ones too.

    Cost: the number of those events.
    """
    found = state.people.get(state.redirects.get(person, person))
    ids = found.ids if found else (person,)
    touching = {event.id: event for one in ids for event, _ in state.touches.get(one, ())}
    return tuple(sorted(touching.values(), key=lambda event: event.order))
