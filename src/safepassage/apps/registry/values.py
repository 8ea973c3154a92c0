"""Core values to JSON and back, by pydantic: the store keeps what core derived, whole."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.core.identity import AssignmentChange, Evidence, Parameters, Party, Person, Review

PERSON: TypeAdapter[Person] = TypeAdapter(Person)
PARTY: TypeAdapter[Party] = TypeAdapter(Party)
REVIEW: TypeAdapter[Review] = TypeAdapter(Review)
EVIDENCE: TypeAdapter[tuple[Evidence, ...]] = TypeAdapter(tuple[Evidence, ...])
PARAMETERS: TypeAdapter[Parameters] = TypeAdapter(Parameters)
CHANGES: TypeAdapter[tuple[AssignmentChange, ...]] = TypeAdapter(tuple[AssignmentChange, ...])
