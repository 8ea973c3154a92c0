"""Finding somebody in a crowd by a name and one more fact, with no network and no list of names on the phone.

A phone holds keyed hashes only, of phonetic keys of names and of facts. A name gives a number of people; people are
shown for a name **and** a fact. The twin that asks is `field/src/lookup`; `docs/gate-protocol.md` has the form.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from safepassage.core.dates import PartialDate
from safepassage.core.names import marked_skeleton, skeleton

HASH_BYTES = 4
MOST_YEARS = 3
"""A birth date that may lie in more years than these is no fact to find by."""
PHONE_DIGITS = 8
LEAST_FIGURES = 6
MOST_KEYS = 255
"""Names or facts of one person: their count is one byte."""


@dataclass(frozen=True, slots=True)
class LookupPerson:
    """Whom to find: every spelling of their name, and the facts known. Lives in memory only."""

    names: tuple[str, ...]
    fathers: tuple[str, ...] = ()
    birth: PartialDate | None = None
    phones: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookupColumns:
    """For each person, in order: hashes of name keys and of facts, one after another, and how many of each.

    Beside each hash of a name stands one byte, the marks of all its spellings (`core/names/marks.py`).
    """

    names: bytes = field(repr=False)
    name_marks: bytes = field(repr=False)
    name_counts: bytes = field(repr=False)
    facts: bytes = field(repr=False)
    fact_counts: bytes = field(repr=False)


def lookup_hash(key: bytes, kind: str, value: str) -> bytes:
    """Four bytes that say nothing without the key: HMAC-SHA-256 over kind, 0x1f, value."""
    return hmac.digest(key, f"{kind}\x1f{value}".encode(), "sha256")[:HASH_BYTES]


def build_lookup(people: Sequence[LookupPerson], *, key: bytes) -> LookupColumns:
    """The columns of an index; `key` is 32 fresh random bytes, told with the index and used for it alone."""
    known: dict[tuple[str, str], bytes] = {}

    def hashed(pairs: Iterable[tuple[str, str]]) -> list[bytes]:
        found = [known.setdefault(pair, b"") or _remember(known, key, pair) for pair in dict.fromkeys(pairs)]
        return found[:MOST_KEYS]

    keys = [dict(list(_marked(one).items())[:MOST_KEYS]) for one in people]
    names = [hashed(("name", token) for token in row) for row in keys]
    facts = [hashed(facts_of(one)) for one in people]
    return LookupColumns(
        b"".join(part for row in names for part in row),
        bytes(mark for row in keys for mark in row.values()),
        bytes(len(row) for row in names),
        b"".join(part for row in facts for part in row),
        bytes(len(row) for row in facts),
    )


def _marked(person: LookupPerson) -> dict[str, int]:
    marks: dict[str, int] = {}
    for name in person.names:
        for token, mark in marked_skeleton(name):
            marks[token] = marks.get(token, 0) | mark
    return marks


def _remember(known: dict[tuple[str, str], bytes], key: bytes, pair: tuple[str, str]) -> bytes:
    known[pair] = lookup_hash(key, *pair)
    return known[pair]


def facts_of(person: LookupPerson) -> Iterable[tuple[str, str]]:
    """What a person can be found by beside the name: kind and value, as they are hashed."""
    yield from (("father", token) for father in person.fathers for token in skeleton(father))
    yield from (("birth-year", str(year)) for year in _years(person.birth))
    yield from (
        ("phone", digits[-PHONE_DIGITS:]) for digits in map(_digits, person.phones) if len(digits) >= PHONE_DIGITS
    )
    yield from (("document", plain) for plain in map(_plain, person.documents) if plain)


def _years(birth: PartialDate | None) -> Sequence[int]:
    spans: tuple[tuple[date, date], ...] = birth.readings if birth else ()
    years = sorted({year for first, last in spans for year in range(first.year, last.year + 1)})
    return years if len(years) <= MOST_YEARS else ()


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isdigit())


def _plain(text: str) -> str:
    """A document's number as it is asked for: its figures, where there are enough; letters are often misread."""
    figures = _digits(text)
    if len(figures) >= LEAST_FIGURES:
        return figures
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())
