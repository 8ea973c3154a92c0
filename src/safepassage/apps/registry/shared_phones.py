"""How many families give one phone: a hotel's reception or a helper answers for many and knows no names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.search_index import Wanted, people_with
from safepassage.apps.registry.selectors import parties_of_persons, persons_by_id
from safepassage.apps.registry.terms import LONGEST, plain_number
from safepassage.core.identity import Person
from safepassage.core.ids import PartyId, PersonId

_AT_ONCE = 50
_PEOPLE_AT_MOST = 2000


def families_by_phone(phones: Iterable[str]) -> dict[str, int]:
    """For each of these phones how many parties give it; parties that are hidden are not counted, for anybody.

    Cost: a read of the index for fifty phones, and the views of whoever gives them.
    """
    asked = sorted(set(phones))
    found: dict[str, PersonId] = {}
    for at in range(0, len(asked), _AT_ONCE):
        terms = tuple(f"d{plain_number(phone)[:LONGEST]}" for phone in asked[at : at + _AT_ONCE])
        found |= {key: PersonId(key) for key in people_with([Wanted(terms)], at_most=_PEOPLE_AT_MOST)}
    persons = persons_by_id(found.values())
    return count_families(persons.values(), parties_of_persons(persons), wanted=frozenset(asked))


def count_families(
    persons: Iterable[Person],
    parties: Mapping[PersonId, tuple[PartyId, ...]],
    *,
    wanted: frozenset[str] | None = None,
) -> dict[str, int]:
    """The same of these people, whose parties are known."""
    hidden = hidden_persons()
    giving: dict[str, set[PartyId]] = {}
    for person in persons:
        for phone in () if person.id in hidden else _of(person, wanted):
            giving.setdefault(phone, set()).update(parties.get(person.id, ()))
    return {phone: len(those) for phone, those in giving.items()}


def _of(person: Person, wanted: frozenset[str] | None) -> Iterator[str]:
    return (phone for phone in person.phones if wanted is None or phone in wanted)
