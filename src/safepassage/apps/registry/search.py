"""Finding a person by a name in any script or spelling, and one more fact. A common name alone names nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from safepassage.apps.registry.models import PersonRecord
from safepassage.apps.registry.values import PERSON
from safepassage.core.dates import PartialDate
from safepassage.core.identity import Person
from safepassage.core.names import fold, skeleton

SHOWN_WITHOUT_FACT = 2
"""So many people with one name are shown without a further fact; of more only the number is told."""
LOOKED_AT = 600
"""Candidates whose facts are read; a name that more people bear needs more of it."""
SHOWN = 50
_ID = re.compile(r"[A-Z]{1,2}-[0-9A-HJKMNP-TV-Z]{8,26}")
_YEAR = 4
_FACT_DIGITS = 5
_FACT_LETTERS = 3
"""A fact of one or two letters begins a word of nearly everybody's."""
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: people, or only how many; `is_named_enough` is False where one more fact is needed."""

    persons: tuple[Person, ...]
    total: int
    is_named_enough: bool


def persons_find(text: str, *, fact: str = "") -> Found:
    """Searches by words of a name and facts (a phone, a document number, a year of birth, a father's name, a place).

    A word with a digit counts as a fact wherever it stands. Cost: one query, and the facts of 600 people at most.
    """
    words = text.translate(_DIGITS).split()
    names = [word for word in words if not any(sign.isdigit() for sign in word)]
    facts = [word for word in words if word not in names] + fact.translate(_DIGITS).split()
    by_id = [word.upper() for word in words if _ID.fullmatch(word.upper())]
    if by_id:
        people = _people(PersonRecord.objects.filter(pk__in=by_id), LOOKED_AT)
        return Found(tuple(people), len(people), is_named_enough=True)
    if not names and not facts:
        return Found((), 0, is_named_enough=False)
    candidates = PersonRecord.objects.filter(_matches(names))
    if not names and not any(_is_number(one) for one in facts):
        return Found((), candidates.exclude(content={}).count(), is_named_enough=False)
    if not facts:
        total = candidates.exclude(content={}).count()
        if total > SHOWN_WITHOUT_FACT:
            return Found((), total, is_named_enough=False)
    people = [person for person in _people(candidates, LOOKED_AT) if all(_has_fact(person, one) for one in facts)]
    people.sort(key=lambda person: (not _is_spelt_so(person, names), person.id))
    return Found(tuple(people[:SHOWN]), len(people), is_named_enough=True)


def _people(records: object, most: int) -> list[Person]:
    found = records.filter(redirects_to=None).exclude(content={}).order_by("id")  # type: ignore[attr-defined]
    return [PERSON.validate_python(content) for content in found.values_list("content", flat=True)[:most]]


def _matches(names: list[str]) -> Q:
    """Every word, as it is written or as it sounds."""
    wanted = Q()
    for name in names:
        one = Q()
        for term in (*fold(name).split(), *skeleton(name)):
            one |= Q(search_text__contains=term)
        wanted &= one
    return wanted


def _is_spelt_so(person: Person, names: list[str]) -> bool:
    spelt = set(fold(" ".join((person.name, person.name_latin, person.name_arabic, *person.other_names))).split())
    return all(set(fold(name).split()) <= spelt for name in names)


def _is_number(fact: str) -> bool:
    """Whether a fact is a phone's or a document's number: these alone name somebody; a year or a town names many."""
    return sum(sign.isdigit() for sign in fact) >= _FACT_DIGITS


def _has_fact(person: Person, fact: str) -> bool:
    digits = "".join(sign for sign in fact if sign.isdigit())
    if digits:
        numbers = [*person.phones, *(document.number for document in person.documents)]
        plain = re.sub(r"[^0-9A-Z]", "", fact.upper())
        if len(digits) == _YEAR and _born_in(person.birth, int(digits)):
            return True
        wanted = (plain, digits.lstrip("0")) if len(digits) >= _FACT_DIGITS else (plain,)
        return any(one and one in re.sub(r"[^0-9A-Z]", "", number.upper()) for one in wanted for number in numbers
                   if len(one) >= _FACT_DIGITS)  # fmt: skip
    stated = " ".join((person.father, person.mother, person.spouse, person.place, person.birth_place))
    word = fold(fact)
    is_stated = len(word) >= _FACT_LETTERS and f" {word}" in f" {fold(stated)}"
    return is_stated or bool(set(skeleton(fact)) & set(skeleton(stated)))


def _born_in(birth: PartialDate | None, year: int) -> bool:
    return birth is not None and (birth.earliest.year <= year <= birth.latest.year or str(year) in birth.text)
