"""Whom a decision about identity would touch: bookings, passes, and people already on their way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safepassage.apps.ledger.selectors import state_now
from safepassage.apps.movement.bookings import bookings_of
from safepassage.apps.passes.selectors import passes_of
from safepassage.apps.registry.judging import committed_among
from safepassage.apps.registry.selectors import parties_of
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.ledger import Stage


@dataclass(frozen=True, slots=True)
class Affected:
    """One person with what hangs on who they are. Two people agree where `is_committed` (`registry.judging`)."""

    person: PersonId
    parties: tuple[PartyId, ...]
    stage: str
    legs: tuple[str, ...]
    has_pass: bool
    is_committed: bool


def affected_by(persons: Iterable[PersonId]) -> tuple[Affected, ...]:
    """What hangs on these persons. Cost: three queries for all of them."""
    people = state_now().people
    wanted = list(dict.fromkeys(persons))
    parties = {person: tuple(parties_of(person)) for person in wanted}
    bookings = bookings_of(party for found in parties.values() for party in found)
    committed = committed_among(wanted)
    passes = passes_of([party for found in parties.values() for party in found])
    return tuple(
        Affected(
            person=person,
            parties=parties[person],
            stage=people[person].stage.value if person in people else Stage.KNOWN.value,
            legs=tuple(
                leg
                for party in parties[person]
                if party in bookings and person in bookings[party].persons
                for leg in bookings[party].legs
            ),
            has_pass=any(party in passes and person in passes[party].persons for party in parties[person]),
            is_committed=person in committed,
        )
        for person in wanted
    )
