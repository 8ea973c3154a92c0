"""What a policy is applied to: everyone, and what is known beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safepassage.apps.intake.selectors import received_of_listings, source_trust
from safepassage.apps.registry.checked import facts_checked
from safepassage.apps.registry.selectors import draw_lineage_now, parties_now, persons_now
from safepassage.core.identity import Party, Person
from safepassage.core.ids import PartyId, PersonId, SourceId
from safepassage.core.policy import Knowledge, Promise


@dataclass(frozen=True, slots=True)
class Facts:
    """Everyone, their parties, and what is known beside."""

    persons: tuple[Person, ...]
    parties: tuple[Party, ...]
    knowledge: Knowledge


def facts_now(promises: Mapping[PartyId, Promise] | None = None) -> Facts:
    """Everyone as identity has them now. Cost: loads all persons, parties and dates of receipt."""
    persons = persons_now()
    return Facts(tuple(persons.values()), tuple(parties_now()), knowledge_of(persons, promises))


def knowledge_of(persons: Mapping[PersonId, Person], promises: Mapping[PartyId, Promise] | None = None) -> Knowledge:
    """Checked facts, trust of sources, when each person became known, whose draw a split-off shares, promises."""
    received = received_of_listings()
    moments = {key: [received[one] for one in person.listings if one in received] for key, person in persons.items()}
    return Knowledge(
        checked=facts_checked(),
        trust=trust_now(),
        first_known={key: min(found) for key, found in moments.items() if found},
        draw_of=draw_lineage_now(),
        promises=promises or {},
    )


def trust_now() -> dict[SourceId, int]:
    """How far each source is trusted: all that explaining one standing asks of what is known beside a party."""
    return source_trust()
