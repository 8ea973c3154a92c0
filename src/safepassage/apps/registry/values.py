"""Core values to JSON and back, by pydantic: the store keeps what core derived, whole."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter

from safepassage.apps.ledger.stored import Stored
from safepassage.apps.registry.models import PersonListing, PersonRecord
from safepassage.core.identity import AssignmentChange, Evidence, Parameters, Party, Person, Review

_AGAIN = "Run `safepassage resolve`: it works them out anew."
_BACKUP = "Restore the last good backup into a new folder (`safepassage backup restore`)."


def persons_emptied() -> Iterable[str]:
    """Persons of whom nothing is kept although listings stand for them: neither erased nor merged."""
    kept = PersonListing.objects.values_list("person_id", flat=True)
    return PersonRecord.objects.filter(redirects_to=None, content={}, id__in=kept).values_list("id", flat=True)


PERSON: Stored[Person] = Stored(
    TypeAdapter(Person),
    what="person",
    advice=_AGAIN,
    model="registry.PersonRecord",
    blank={},
    emptied=persons_emptied,
)
PARTY: Stored[Party] = Stored(TypeAdapter(Party), what="party", advice=_AGAIN, model="registry.PartyRecord")
REVIEW: Stored[Review] = Stored(
    TypeAdapter(Review), what="question", advice=_AGAIN, model="registry.ReviewRecord", blank={}
)
EVIDENCE: Stored[tuple[Evidence, ...]] = Stored(
    TypeAdapter(tuple[Evidence, ...]),
    what="reason of a link",
    advice=_AGAIN,
    model="registry.LinkRecord",
    column="evidence",
)
PARAMETERS: Stored[Parameters] = Stored(
    TypeAdapter(Parameters),
    what="version of the matcher",
    advice="Propose a version anew: `safepassage matcher propose`.",
    model="registry.MatcherVersion",
    column="parameters",
)
CHANGES: Stored[tuple[AssignmentChange, ...]] = Stored(
    TypeAdapter(tuple[AssignmentChange, ...]),
    what="change of ids",
    advice=_BACKUP,
    model="registry.ResolveRun",
    column="changes",
)
