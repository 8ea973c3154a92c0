"""Which list names whom: whole families, halves, heads alone, colleagues, strangers, the same people twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from safepassage.core.people import Relation
from safepassage.core.sim.lists.luck import between, chance, pick, shuffled, weighted
from safepassage.core.sim.lists.truth import Family, Person


@dataclass(frozen=True, slots=True)
class Place:
    """One person in one group of one list."""

    person: Person
    family: Family
    relation: Relation
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListGroup:
    """People whom a list puts together. `label` is unique inside the list."""

    label: int
    places: tuple[Place, ...]
    family: Family


def cover(
    rng: np.random.Generator, families: Sequence[Family], lists: Mapping[str, Mapping[str, float]], rows: int
) -> dict[str, list[ListGroup]]:
    """Groups of each list, so that everyone stands somewhere and all lists have about `rows` rows of people.

    Args:
        rng: Source of all luck.
        families: The truth.
        lists: For each list how much it draws a claim (`""` is the weight of every other claim).
        rows: Rows of people wanted; never fewer than there are people.
    """
    groups: dict[str, list[list[Place]]] = {name: [] for name in lists}
    done = 0
    for family in families:
        for members in _parts(rng, family):
            where = _choose(rng, family, lists)
            groups[where].append(members)
            done += len(members)
    listed_twice = shuffled(rng, families)
    turn = 0
    while done < rows:
        family = listed_twice[turn % max(1, len(listed_twice) * 2 // 3)]
        turn += 1
        members = _some(rng, family)
        groups[_choose(rng, family, lists)].append(members)
        done += len(members)
    return {name: _finish(rng, name, shuffled(rng, found), families) for name, found in groups.items()}


def _choose(rng: np.random.Generator, family: Family, lists: Mapping[str, Mapping[str, float]]) -> str:
    return weighted(rng, {name: draws.get(family.claim, draws[""]) for name, draws in lists.items()})


def _as_places(family: Family, people: Sequence[Person], tags: tuple[str, ...] = ()) -> list[Place]:
    return [Place(person, family, person.relation, tags) for person in people]


def _whole(rng: np.random.Generator, family: Family) -> list[Place]:
    """Everyone, and at times a daughter who has married into another family."""
    places = _as_places(family, family.members)
    if family.daughters and chance(rng, 0.5):
        places.append(Place(pick(rng, family.daughters), family, Relation.CHILD, ("daughter-at-fathers",)))
    return places


def _parts(rng: np.random.Generator, family: Family) -> list[list[Place]]:
    """The first naming of a family: whole, or in two halves that different lists hold."""
    if len(family.members) < 4 or chance(rng, 0.75):
        return [_whole(rng, family)]
    cut = between(rng, 2, len(family.members) - 2)
    first, second = family.members[:cut], [family.members[0], *family.members[cut:]]
    return [_as_places(family, first), _as_places(family, second)]


def _some(rng: np.random.Generator, family: Family) -> list[Place]:
    """A later naming: whole, the head alone, some members, or some without the head."""
    how = weighted(rng, {"whole": 0.5, "head": 0.1, "some": 0.32, "headless": 0.08})
    head, *rest = family.members
    if how == "head" or not rest:
        return _as_places(family, [head])
    if how == "whole":
        return _whole(rng, family)
    kept = [person for person in rest if chance(rng, 0.65)] or [rest[0]]
    if how == "some":
        return _as_places(family, [head, *kept])
    places = _as_places(family, kept, ("headless",))
    first = kept[0]
    stands = {Relation.CHILD: Relation.CHILD if first.relation is Relation.SPOUSE else Relation.SIBLING}
    others = [Place(p, family, stands.get(p.relation, Relation.OTHER_RELATIVE), ("headless",)) for p in kept[1:]]
    return [Place(first, family, Relation.HEAD, places[0].tags), *others]


def _finish(
    rng: np.random.Generator, name: str, found: list[list[Place]], families: Sequence[Family]
) -> list[ListGroup]:
    """Puts colleagues under one letter, pads families with strangers, lists some people twice."""
    if name == "staff":
        found = _letters(found)
    groups: list[ListGroup] = []
    for label, places in enumerate(found, start=1):
        grown = list(places)
        if len(grown) > 2 and chance(rng, 0.025):
            home = pick(rng, families)
            if home is not places[0].family:
                relation = pick(rng, (Relation.SIBLING, Relation.NIECE_NEPHEW, Relation.CHILD))
                grown.append(Place(pick(rng, home.members), home, relation, ("stranger",)))
        if chance(rng, 0.03):
            again = pick(rng, grown)
            grown.append(Place(again.person, again.family, again.relation, ("twice-in-group",)))
        groups.append(ListGroup(label, tuple(grown), places[0].family))
    return groups


def _letters(found: list[list[Place]]) -> list[list[Place]]:
    """One group per employer's letter: up to four heads, each with those who came with them."""
    by_employer: dict[int, list[list[Place]]] = {}
    for places in found:
        by_employer.setdefault(places[0].family.employer, []).append(places)
    letters: list[list[Place]] = []
    for groups in by_employer.values():
        for start in range(0, len(groups), 4):
            letter: list[Place] = []
            for nth, places in enumerate(groups[start : start + 4]):
                tags = ("colleague",) if nth else ()
                letter += [Place(p.person, p.family, _in_letter(p.relation, nth), (*p.tags, *tags)) for p in places]
            letters.append(letter)
    return letters


def _in_letter(relation: Relation, nth: int) -> Relation:
    return Relation.COLLEAGUE if nth and relation is Relation.HEAD else relation
