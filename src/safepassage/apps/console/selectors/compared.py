"""Two rows fact by fact: what differs, what is the same, and what one of them alone says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from safepassage.core.names import fold
from safepassage.core.people import Listing, Relation, Sex


@dataclass(frozen=True, slots=True)
class Differing:
    """A fact that both rows state, and differently; `name` is a code of the words for fields of a list."""

    name: str
    left: Listing
    right: Listing


@dataclass(frozen=True, slots=True)
class Compared:
    """What two rows say beside each other; every fact that either states stands in one of the three."""

    differing: tuple[Differing, ...]
    same: tuple[str, ...]
    alone: tuple[str, ...]
    """Stated by one of them only."""


def compare_rows(left: Listing, right: Listing) -> Compared:
    """Lays two rows beside each other. Names are the same if they fold to one, numbers if one of them is in both."""
    differing, same, alone = list[Differing](), list[str](), list[str]()
    for name, told in _FACTS.items():
        one, other = told(left), told(right)
        if one and other:
            if one & other:
                same.append(name)
            else:
                differing.append(Differing(name, left, right))
        elif one or other:
            alone.append(name)
    return Compared(tuple(differing), tuple(same), tuple(alone))


def _text(text: str) -> frozenset[str]:
    return frozenset(filter(None, (fold(text),)))


def _each(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, texts))


_FACTS: dict[str, Callable[[Listing], frozenset[object]]] = {
    "name": lambda one: _text(one.name),
    "father": lambda one: _text(one.father),
    "mother": lambda one: _text(one.mother),
    "spouse": lambda one: _text(one.spouse),
    "birth": lambda one: frozenset(one.birth.readings) if one.birth else frozenset(),
    "sex": lambda one: _each([] if one.sex is Sex.UNKNOWN else [one.sex.value]),
    "relation": lambda one: _each([] if one.relation is Relation.UNKNOWN else [one.relation.value]),
    "document": lambda one: _each(document.number for document in one.documents),
    "phone": lambda one: _each(one.phones),
    "place": lambda one: _text(one.place),
}
