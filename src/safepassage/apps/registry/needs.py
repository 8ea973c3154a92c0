"""Specific needs as they hold now: as lists tell them, corrected by what one of us found; and where each comes from.

A word in a list ("asthma") becomes a need, and a need can cost a family its bus: so whoever is asked why can say
which list, which row and which word it was. It is corrected as every fact is: by a check, under the code `need-…`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from safepassage.apps.intake.selectors import (
    listings_by_id,
    listings_of_groups,
    needs_told,
    source_names,
)
from safepassage.apps.registry.checked import facts_checked
from safepassage.apps.registry.hidden import hidden_ids
from safepassage.apps.registry.selectors import persons_of_listings
from safepassage.core.identity import Person
from safepassage.core.ids import PersonId
from safepassage.core.intake import ToldNeed
from safepassage.core.people import Listing, Need, need_fact, needs_known

_CODES = frozenset(map(need_fact, Need))


@dataclass(frozen=True, slots=True)
class NeedOrigin:
    """One need of one person, and one cell that tells of it: which list, file, sheet and row, which column and words.

    `header` and `text` are empty where no cell of the row holds it as it was read, `source` too where one of us
    found it. `is_refuted`: one of us found that it is not so, and it takes no place.
    """

    person: PersonId
    name: str
    need: Need
    source: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0
    header: str = ""
    text: str = ""
    is_refuted: bool = False


def needs_corrected(persons: Mapping[PersonId, Person]) -> dict[PersonId, Person]:
    """These people with the needs that hold now: what lists tell, and what one of us found instead.

    Cost: one read of all checks; only those with a check are made anew.
    """
    checks = {key: checked for key, checked in facts_checked().items() if any(map(_is_of_need, checked))}
    return {
        key: replace(person, needs=needs_known(person.needs, checks[person.id])) if person.id in checks else person
        for key, person in persons.items()
    }


def _is_of_need(code: str) -> bool:
    return code in _CODES


def need_origins(persons: Iterable[Person], *, among: Sequence[Need] = tuple(Need)) -> tuple[NeedOrigin, ...]:
    """Where each need of these people comes from, refuted ones too; `persons` as identity has them, not corrected.

    Cost: reads their listings and rows, and those of their list groups where their own rows tell nothing.
    """
    asked = list(persons)
    checks = facts_checked(person.id for person in asked)
    listings = listings_by_id(key for person in asked if person.needs for key in person.listings)
    told, names = _told(list(listings.values())), source_names()
    found: list[NeedOrigin] = []
    for person in asked:
        checked = checks.get(person.id, {})
        for need in among:
            first = NeedOrigin(person.id, person.name, need, is_refuted=checked.get(need_fact(need)) is False)
            if need in person.needs:
                theirs = [listings[key] for key in person.listings if key in listings]
                found += [
                    _origin(first, one, told.get(one.id, ()), names) for one in theirs if need in one.needs
                ] or [first]
            elif checked.get(need_fact(need)):
                found.append(first)
    return tuple(found)


def _origin(first: NeedOrigin, one: Listing, told: Sequence[ToldNeed], names: Mapping[str, str]) -> NeedOrigin:
    cell = next((cell for cell in told if cell.need is first.need), None)
    return replace(
        first,
        source=names.get(one.source, one.source),
        file=one.row.file,
        sheet=one.row.sheet,
        row=one.row.number,
        header=cell.header if cell else "",
        text=cell.text if cell else "",
    )


def _told(listings: Sequence[Listing]) -> dict[str, tuple[ToldNeed, ...]]:
    """The cells that tell of each listing's needs: of its own row, else of remarks of its list group."""
    own = needs_told(listings)
    told: dict[str, tuple[ToldNeed, ...]] = {one.id: own.get(one.id, ()) for one in listings}
    silent = [one for one in listings if one.group and set(one.needs) - {cell.need for cell in told[one.id]}]
    if silent:
        groups = listings_of_groups(one.group for one in silent if one.group)
        people = persons_of_listings(kin.id for kin in groups)
        apart = hidden_ids(people.values())  # whose row may tell of more than the reader may know
        of_kin = needs_told((kin for kin in groups if people.get(kin.id) not in apart), of_kin=True)
        for one in silent:
            beside = [cell for kin in groups if kin.group == one.group for cell in of_kin.get(kin.id, ())]
            told[one.id] = (*told[one.id], *beside)
    return told
