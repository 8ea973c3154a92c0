"""The index with which a phone finds people in a crowd: keyed hashes of names and facts, never the names."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from safepassage.apps.gate.models import Device
from safepassage.apps.passes.selectors import passes_living, passes_of
from safepassage.apps.policy.selectors import standings_of
from safepassage.apps.registry.hidden import hidden_persons
from safepassage.apps.registry.selectors import parties_of_persons, persons_by_id, persons_now
from safepassage.core.identity import Person
from safepassage.core.ids import PartyId, PersonId
from safepassage.core.passes.lookup import LookupPerson, build_lookup

KEY_BYTES = 32


def lookup_of(device: Device, *, now: datetime) -> dict[str, Any]:
    """Who can be found: those with a living pass of this point; for a rover of all points, everybody in a party.

    Whoever is kept apart from somebody in confidence is left out. The key is new with each answer.
    """
    hidden = hidden_persons()
    people = {one: person for one, person in _people(device, now).items() if one not in hidden}
    parties = parties_of_persons(people)
    found = [(person, parties[one][0]) for one, person in sorted(people.items()) if parties.get(one)]
    places = {party: place for place, party in enumerate(sorted({party for _, party in found}))}
    key = secrets.token_bytes(KEY_BYTES)
    columns = build_lookup([_facts_of(person) for person, _ in found], key=key)
    return {
        "key": _base64(key),
        "made_at": now,
        "parties": _parties_told(places),
        "persons": [person.id for person, _ in found],
        "party_of": [places[party] for _, party in found],
        "names": _base64(columns.names),
        "name_marks": _base64(columns.name_marks),
        "name_counts": _base64(columns.name_counts),
        "facts": _base64(columns.facts),
        "fact_counts": _base64(columns.fact_counts),
    }


def _people(device: Device, now: datetime) -> Mapping[PersonId, Person]:
    if not device.point and device.role == Device.Role.ROVER:
        return persons_now()
    living = passes_living(now).filter(access_point=device.point).values_list("persons", flat=True)
    return persons_by_id(PersonId(person) for persons in living for person in persons)


def _facts_of(person: Person) -> LookupPerson:
    names = dict.fromkeys(filter(None, (person.name, person.name_latin, person.name_arabic, *person.other_names)))
    return LookupPerson(
        names=tuple(names),
        fathers=(person.father,) if person.father else (),
        birth=person.birth,
        phones=person.phones,
        documents=tuple(document.number for document in person.documents),
    )


def _parties_told(places: Mapping[PartyId, int]) -> list[dict[str, Any]]:
    """Tier and call of each party, in the order of their places; nothing else of them."""
    standings, passes = standings_of(places), passes_of(places)
    told = []
    for party in places:
        standing, record = standings.get(party), passes.get(party)
        told.append(
            {
                "id": party,
                "tier": standing.tier if standing else None,
                "point": record.access_point if record else "",
                "begins": int(record.window_start.timestamp()) if record else 0,
                "ends": int(record.window_end.timestamp()) if record else 0,
            }
        )
    return told


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
