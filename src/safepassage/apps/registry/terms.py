"""The terms by which a person is found: words for the store's own full-text engine (`search_index`).

A term is a letter for its kind and a text: `n` a word of a name as folded, `k` its skeleton in both scripts, `f` and
`q` the same of what is stated beside the name (parents, spouse, places), `d` a number as written, `e` the same number
backwards (a phone is known by its end, whatever stands before it), `y` a year of birth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from safepassage.apps.registry.models import PersonRecord
from safepassage.core.dates import PartialDate
from safepassage.core.identity import Person
from safepassage.core.names import fold, skeleton

LONGEST = 40
"""Characters of a term; longer words are cut, in the store and in what is asked."""
_YEARS_AT_MOST = 3
"""A birth date that may lie in more years than these says too little to be found by."""


def terms_of(person: Person) -> frozenset[str]:
    """All terms of a person."""
    names = (person.name, person.name_latin, person.name_arabic, *person.other_names, person.father)
    beside = (person.father, person.mother, person.spouse, person.place, person.birth_place)
    numbers = (*person.phones, *(document.number for document in person.documents))
    found = [*_words(names, "n", "k"), *_words(beside, "f", "q"), *_years(person.birth)]
    for number in filter(None, map(plain_number, numbers)):
        found += [f"d{number[:LONGEST]}", f"e{number[::-1][:LONGEST]}"]
    return frozenset(found)


def word_terms(word: str, *, spelt: str, sounding: str) -> tuple[str, ...]:
    """What one asked word may match: as it is written, or as it sounds."""
    written = [spelt + part[:LONGEST] for part in fold(word).split()]
    return tuple(dict.fromkeys([*written, *(sounding + sound[:LONGEST] for sound in skeleton(word))]))


def plain_number(text: str) -> str:
    """A phone's or a document's number without signs, capital letters."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def terms_text(person: Person) -> str:
    """The terms as one text, kept with the person to tell whether they changed; no term holds a blank."""
    return " ".join(sorted(terms_of(person)))


def texts_before() -> dict[str, str]:
    """The kept text of each person on record."""
    return dict(PersonRecord.objects.values_list("id", "search_text"))


def _words(texts: Sequence[str], spelt: str, sounding: str) -> Iterator[str]:
    for text in filter(None, texts):
        yield from word_terms(text, spelt=spelt, sounding=sounding)


def _years(birth: PartialDate | None) -> Iterator[str]:
    if birth is None:
        return
    first, last = birth.earliest.year, birth.latest.year
    if last - first < _YEARS_AT_MOST:
        yield from (f"y{year}" for year in range(first, last + 1))
    yield from (f"y{year}" for year in re.findall(r"(?<!\d)\d{4}(?!\d)", birth.text))
