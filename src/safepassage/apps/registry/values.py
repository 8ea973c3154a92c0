"""Core values to JSON and back, by pydantic: the store keeps what core derived, whole."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.core.identity import AssignmentChange, Evidence, Parameters, Party, Person, Review

_AGAIN = "Run `safepassage resolve`: it works them out anew."
_BACKUP = "Restore the last good backup into a new folder (`safepassage backup restore`)."
PERSON: Stored[Person] = Stored(TypeAdapter(Person), what="person", advice=_AGAIN, model="registry.PersonRecord")
PARTY: Stored[Party] = Stored(TypeAdapter(Party), what="party", advice=_AGAIN, model="registry.PartyRecord")
REVIEW: Stored[Review] = Stored(TypeAdapter(Review), what="question", advice=_AGAIN, model="registry.ReviewRecord")
EVIDENCE: TypeAdapter[tuple[Evidence, ...]] = TypeAdapter(tuple[Evidence, ...])
PARAMETERS: TypeAdapter[Parameters] = TypeAdapter(Parameters)
CHANGES: Stored[tuple[AssignmentChange, ...]] = Stored(
    TypeAdapter(tuple[AssignmentChange, ...]),
    what="change of ids",
    advice=_BACKUP,
    model="registry.ResolveRun",
    column="changes",
)
